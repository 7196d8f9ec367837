#pragma once

#include "kernels/gemm.h"
#include "kernels/tile.h"

#include <cstddef>
#include <cstring>
#include <vector>

/// The products of the ops as wasm computes them, on matrices without padding. The native tests run them too.
namespace backprop::tiled {

using kernels::Strided;

inline constexpr std::size_t kLanes = 16 / sizeof(double);

/// C = A · B for one band of columns.
template <std::size_t Vectors>
void band(std::size_t m, std::size_t k, Strided<double> a, const double* b, std::size_t b_row, double* c,
          std::size_t c_row) {
  static constexpr double kZeros[Vectors * kLanes] = {};
  kernels::band<double, Vectors>(m, a, b, b_row, k, kZeros, 0, c, c_row);
}

/// The last columns, fewer than a vector: computed on a copy of B padded with zeros.
inline void last_columns(std::size_t m, std::size_t n, std::size_t k, Strided<double> a, const double* b, std::size_t j,
                         double* c) {
  const std::size_t rest = n - j;
  std::vector<double> padded(k * kLanes);
  for (std::size_t p = 0; p < k; ++p) std::memcpy(padded.data() + p * kLanes, b + p * n + j, rest * sizeof(double));
  std::vector<double> result(m * kLanes);
  band<1>(m, k, a, padded.data(), kLanes, result.data(), kLanes);
  for (std::size_t i = 0; i < m; ++i) std::memcpy(c + i * n + j, result.data() + i * kLanes, rest * sizeof(double));
}

[[nodiscard]] inline std::vector<double> transpose(const double* matrix, std::size_t rows, std::size_t columns) {
  std::vector<double> out(rows * columns);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) out[j * rows + i] = matrix[i * columns + j];
  }
  return out;
}

inline void gemm(std::size_t m, std::size_t n, std::size_t k, const double* a, Stored a_stored, const double* b,
                 Stored b_stored, double* c) {
  // Rows of B must be contiguous; A may lie either way, since one number of it is splat at a time.
  std::vector<double> b_rows;
  if (b_stored == Stored::Transposed) {
    b_rows = transpose(b, n, k);
    b = b_rows.data();
  }
  const Strided<double> left = a_stored == Stored::AsIs ? Strided<double>{a, k, 1} : Strided<double>{a, 1, m};
  std::size_t j = 0;
  for (; j + 2 * kLanes <= n; j += 2 * kLanes) band<2>(m, k, left, b + j, n, c + j, n);
  for (; j + kLanes <= n; j += kLanes) band<1>(m, k, left, b + j, n, c + j, n);
  if (j < n) last_columns(m, n, k, left, b, j, c);
}

}  // namespace backprop::tiled
