#include "backprop/simd.h"

namespace backprop {

const char* simd() {
#if defined(__wasm_relaxed_simd__)
  return "relaxed-simd";
#elif defined(__wasm_simd128__)
  return "simd128";
#else
  return "native";
#endif
}

}  // namespace backprop
