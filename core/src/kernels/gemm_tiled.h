#pragma once

#include "kernels/gemm.h"
#include "kernels/tile.h"

#include <cstddef>
#include <cstring>
#include <vector>

/// The products of the ops as wasm computes them, on matrices without padding. The native tests run them too.
namespace backprop::tiled {

using kernels::Strided;

template <class T>
inline constexpr std::size_t kLanes = 16 / sizeof(T);

/// C = A · B for one band of columns.
template <class T, std::size_t Vectors>
void band(std::size_t m, std::size_t k, Strided<T> a, const T* b, std::size_t b_row, T* c, std::size_t c_row) {
  static constexpr T kZeros[Vectors * kLanes<T>] = {};
  kernels::band<T, Vectors>(m, a, b, b_row, k, kZeros, 0, c, c_row);
}

/// The last columns, fewer than a vector: computed on a copy of B padded with zeros.
template <class T>
void last_columns(std::size_t m, std::size_t n, std::size_t k, Strided<T> a, const T* b, std::size_t j, T* c) {
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
  const Strided<T> left = a_stored == Stored::AsIs ? Strided<T>{a, k, 1} : Strided<T>{a, 1, m};
  std::size_t j = 0;
  for (; j + 2 * kLanes<T> <= n; j += 2 * kLanes<T>) band<T, 2>(m, k, left, b + j, n, c + j, n);
  for (; j + kLanes<T> <= n; j += kLanes<T>) band<T, 1>(m, k, left, b + j, n, c + j, n);
  if (j < n) last_columns(m, n, k, left, b, j, c);
}

}  // namespace backprop::tiled
