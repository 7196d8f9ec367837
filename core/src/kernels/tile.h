#pragma once

#include "kernels/vector.h"

/// The register tile that every product is made of.
namespace backprop::kernels {
namespace {

/// Where the tile finds A. Element (i, p) stands at `data[i * row + p * step]`,
template <class T>
struct Strided {
  const T* data;
  std::size_t row;
  std::size_t step;
  [[nodiscard]] Strided from(std::size_t i) const { return {data + i * row, row, step}; }
  [[nodiscard]] const T* start(std::size_t r) const { return data + r * row; }
  [[nodiscard]] std::size_t offset(std::size_t p) const { return p * step; }
};

/// or at `data[rows[i] + steps[p]]`: the windows of a convolution without a copy of them.
template <class T>
struct Indexed {
  const T* data;
  const std::uint32_t* rows;
  const std::uint32_t* steps;
  [[nodiscard]] Indexed from(std::size_t i) const { return {data, rows + i, steps}; }
  [[nodiscard]] const T* start(std::size_t r) const { return data + rows[r]; }
  [[nodiscard]] std::size_t offset(std::size_t p) const { return steps[p]; }
};

template <class T>
struct VectorOf;
template <>
struct VectorOf<float> {
  using Type = Float4;
};
template <>
struct VectorOf<double> {
  using Type = Double2;
};

/// C = base + A · B on Rows × Vectors of C. Sums, vectors of B, a splat of A and, unless it is fused, a product
/// have to fit the 15 registers that V8 has on x86: larger tiles than these spill, 6 × 2 and 4 × 3 among them.
#ifdef __wasm_relaxed_simd__
inline constexpr std::size_t kTileRows = 3;
inline constexpr std::size_t kTileVectors = 3;
#else
inline constexpr std::size_t kTileRows = 4;
inline constexpr std::size_t kTileVectors = 2;
#endif

template <class T, std::size_t Rows, std::size_t Vectors, class Left>
inline void tile(Left a, const T* b, std::size_t b_row, std::size_t k, const T* base, std::size_t base_row, T* c,
                 std::size_t c_row) {
  using Vector = typename VectorOf<T>::Type;
  Vector sum[Rows][Vectors];
  for (std::size_t r = 0; r < Rows; ++r) std::memcpy(sum[r], base + r * base_row, sizeof sum[r]);
  const T* left[Rows];
  for (std::size_t r = 0; r < Rows; ++r) left[r] = a.start(r);
    // Unrolling this loop makes V8 spill: all loads of several rounds end up ahead of the arithmetic.
#if defined(__clang__)
#pragma clang loop unroll(disable)
#endif
  for (std::size_t p = 0; p < k; ++p) {
    Vector right[Vectors];
    std::memcpy(right, b + p * b_row, sizeof right);
    const std::size_t at = a.offset(p);
    for (std::size_t r = 0; r < Rows; ++r) {
      const Vector each = left[r][at] - Vector{};
      for (std::size_t v = 0; v < Vectors; ++v) sum[r][v] = multiply_add(each, right[v], sum[r][v]);
    }
  }
  for (std::size_t r = 0; r < Rows; ++r) std::memcpy(c + r * c_row, sum[r], sizeof sum[r]);
}

/// All rows of C for one band of columns.
template <class T, std::size_t Vectors, class Left>
inline void band(std::size_t m, Left a, const T* b, std::size_t b_row, std::size_t k, const T* base,
                 std::size_t base_row, T* c, std::size_t c_row) {
  std::size_t i = 0;
  if constexpr (Vectors == 1 && sizeof(T) == 4) {  // four sums alone would wait for one another
    for (; i + 8 <= m; i += 8) {
      tile<T, 8, 1>(a.from(i), b, b_row, k, base + i * base_row, base_row, c + i * c_row, c_row);
    }
  }
  constexpr std::size_t rows = Vectors == kTileVectors ? kTileRows : 4;
  // A row alone is slow, three sums waiting for one another: four that are left are two and two.
  for (; i + rows <= m && !(rows == 3 && m - i == 4); i += rows) {
    tile<T, rows, Vectors>(a.from(i), b, b_row, k, base + i * base_row, base_row, c + i * c_row, c_row);
  }
  for (; i + 2 <= m; i += 2) {
    tile<T, 2, Vectors>(a.from(i), b, b_row, k, base + i * base_row, base_row, c + i * c_row, c_row);
  }
  if (i < m) {
    tile<T, 1, Vectors>(a.from(i), b, b_row, k, base + i * base_row, base_row, c + i * c_row, c_row);
  }
}

}  // namespace
}  // namespace backprop::kernels
