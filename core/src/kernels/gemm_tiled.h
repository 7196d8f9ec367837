#pragma once

#include "kernels/gemm.h"

#include <cstddef>
#include <cstring>
#include <vector>

/// The kernel that wasm uses. It is written with the compilers' vector extension, so that the native tests run it too.
namespace backprop::tiled {

/// 128 bits: 4 floats or 2 doubles. (GCC ignores the attribute on a dependent type, so each is spelled out.)
template <class T>
struct VectorOf;
template <>
struct VectorOf<float> {
  using Type [[gnu::vector_size(16)]] = float;
};
template <>
struct VectorOf<double> {
  using Type [[gnu::vector_size(16)]] = double;
};
template <class T>
using Vector = typename VectorOf<T>::Type;
template <class T>
inline constexpr std::size_t kLanes = 16 / sizeof(T);

/// Element (i, p) of A stands at `data[i * row + p * column]`.
template <class T>
struct Left {
  const T* data;
  std::size_t row;
  std::size_t column;
};

/// Rows × (Vectors · lanes) of C at once. 4 × 2 accumulators, 2 vectors of B and a splat of A fit the 16 registers of
/// x86; larger tiles spill.
template <class T, std::size_t Rows, std::size_t Vectors>
void tile(Left<T> a, const T* b, std::size_t b_row, T* c, std::size_t c_row, std::size_t k) {
  Vector<T> sum[Rows][Vectors] = {};
  // Unrolling this loop makes V8 spill: all loads of several rounds end up ahead of the arithmetic.
#if defined(__clang__)
#pragma clang loop unroll(disable)
#endif
  for (std::size_t p = 0; p < k; ++p) {
    Vector<T> right[Vectors];
    std::memcpy(right, b + p * b_row, sizeof right);
    for (std::size_t r = 0; r < Rows; ++r) {
      const T left = a.data[r * a.row + p * a.column];
      for (std::size_t v = 0; v < Vectors; ++v) sum[r][v] += left * right[v];
    }
  }
  for (std::size_t r = 0; r < Rows; ++r) std::memcpy(c + r * c_row, sum[r], sizeof sum[r]);
}

/// All rows of C for one band of columns.
template <class T, std::size_t Vectors>
void band(std::size_t m, std::size_t k, Left<T> a, const T* b, std::size_t b_row, T* c, std::size_t c_row) {
  std::size_t i = 0;
  for (; i + 4 <= m; i += 4) {
    tile<T, 4, Vectors>({a.data + i * a.row, a.row, a.column}, b, b_row, c + i * c_row, c_row, k);
  }
  for (; i < m; ++i) {
    tile<T, 1, Vectors>({a.data + i * a.row, a.row, a.column}, b, b_row, c + i * c_row, c_row, k);
  }
}

/// The last columns, fewer than a vector: computed on a copy of B padded with zeros.
template <class T>
void last_columns(std::size_t m, std::size_t n, std::size_t k, Left<T> a, const T* b, std::size_t j, T* c) {
  const std::size_t rest = n - j;
  std::vector<T> padded(k * kLanes<T>);
  for (std::size_t p = 0; p < k; ++p) std::memcpy(padded.data() + p * kLanes<T>, b + p * n + j, rest * sizeof(T));
  std::vector<T> result(m * kLanes<T>);
  band<T, 1>(m, k, a, padded.data(), kLanes<T>, result.data(), kLanes<T>);
  for (std::size_t i = 0; i < m; ++i) std::memcpy(c + i * n + j, result.data() + i * kLanes<T>, rest * sizeof(T));
}

template <class T>
[[nodiscard]] std::vector<T> transpose(const T* matrix, std::size_t rows, std::size_t columns) {
  std::vector<T> out(rows * columns);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) out[j * rows + i] = matrix[i * columns + j];
  }
  return out;
}

template <class T>
void gemm(std::size_t m, std::size_t n, std::size_t k, const T* a, Stored a_stored, const T* b, Stored b_stored, T* c) {
  // Rows of B must be contiguous; A may lie either way, since one number of it is splat at a time.
  std::vector<T> b_rows;
  if (b_stored == Stored::Transposed) {
    b_rows = transpose(b, n, k);
    b = b_rows.data();
  }
  const Left<T> left = a_stored == Stored::AsIs ? Left<T>{a, k, 1} : Left<T>{a, 1, m};
  std::size_t j = 0;
  for (; j + 2 * kLanes<T> <= n; j += 2 * kLanes<T>) band<T, 2>(m, k, left, b + j, n, c + j, n);
  for (; j + kLanes<T> <= n; j += kLanes<T>) band<T, 1>(m, k, left, b + j, n, c + j, n);
  if (j < n) last_columns(m, n, k, left, b, j, c);
}

}  // namespace backprop::tiled
