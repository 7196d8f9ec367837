#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __wasm_relaxed_simd__
#include <wasm_simd128.h>
#endif

/// 128 bits at once, by the compilers' vector extension: one source for wasm SIMD, wasm relaxed SIMD and native code.
/// Everything here has internal linkage: the kernels are compiled twice for wasm, and the linker must not mix the two.
namespace backprop::kernels {
namespace {

using Float4 [[gnu::vector_size(16)]] = float;
using Int4 [[gnu::vector_size(16)]] = std::int32_t;
using Double2 [[gnu::vector_size(16)]] = double;

inline constexpr std::size_t kLanes = 4;

inline Float4 load(const float* from) {
  Float4 v;
  std::memcpy(&v, from, sizeof v);
  return v;
}
inline void store(float* to, Float4 v) { std::memcpy(to, &v, sizeof v); }
inline Float4 splat(float v) { return Float4{v, v, v, v}; }
inline Int4 bits_of(Float4 v) { return reinterpret_cast<Int4>(v); }
inline Float4 floats_of(Int4 v) { return reinterpret_cast<Float4>(v); }
/// Lane by lane: `yes` where the mask is set, else `no`.
inline Float4 select(Int4 mask, Float4 yes, Float4 no) {
  return floats_of((mask & bits_of(yes)) | (~mask & bits_of(no)));
}
/// All bits of the first `count` lanes.
inline Int4 first_lanes(std::size_t count) {
  const auto n = static_cast<std::int32_t>(count);
  return Int4{0, 1, 2, 3} < Int4{n, n, n, n};
}

/// a · b + c: rounded once where the processor can (relaxed SIMD), else twice. The only fused products of the core.
inline Float4 multiply_add(Float4 a, Float4 b, Float4 c) {
#ifdef __wasm_relaxed_simd__
  return reinterpret_cast<Float4>(
      wasm_f32x4_relaxed_madd(reinterpret_cast<v128_t>(a), reinterpret_cast<v128_t>(b), reinterpret_cast<v128_t>(c)));
#else
  return a * b + c;
#endif
}
/// Lessons compute in double: the same bits on every machine.
inline Double2 multiply_add(Double2 a, Double2 b, Double2 c) { return a * b + c; }

inline float sum_of(Float4 v) { return (v[0] + v[1]) + (v[2] + v[3]); }

/// The next multiple of the lanes: every row of a plan's matrices is as long.
[[nodiscard]] constexpr std::size_t padded(std::size_t count) { return (count + kLanes - 1) / kLanes * kLanes; }

}  // namespace
}  // namespace backprop::kernels
