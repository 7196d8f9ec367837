#pragma once

namespace backprop {

/// What the training kernels of this build are made of: "simd128" or "relaxed-simd" as wasm, else "native". Relaxed
/// SIMD rounds a product and its sum once where the processor can, so that other machines may differ in the last bits.
[[nodiscard]] const char* simd();

}  // namespace backprop
