#pragma once

#include <cstddef>
#include <cstdint>

/// The products of a training plan. Rows of B, C and the base are padded to a multiple of 4 floats; what stands in the
/// padding of B comes out in the padding of C, so zeros stay zeros.
namespace backprop::kernels {

/// C = base + A · B.
struct Product {
  std::size_t m, n, k;  ///< A [m, k], B [k, n], C [m, n]; n a multiple of 4
  const float* b;
  std::size_t b_row;
  const float* base;  ///< [m, n] with rows `base_row` apart; 0 repeats one row, as a bias does. Null: zeros
  std::size_t base_row;
  float* c;  ///< may be the base; overlaps neither A nor B
  std::size_t c_row;
};

/// Element (i, p) of A stands at `a[i * row + p * step]`: a matrix or its transpose, never packed.
void product(const Product& product, const float* a, std::size_t row, std::size_t step);

/// Element (i, p) of A stands at `a[rows[i] + steps[p]]`: the windows of an image, or, with the two lists exchanged,
/// their transpose.
void product_of_windows(const Product& product, const float* a, const std::uint32_t* rows, const std::uint32_t* steps);

/// to[j][i] = from[i][j]. Rows of `to` are at least padded(rows) apart; their padding is set to 0.
///   shapes  from [rows, columns], `from_row` apart; to [columns, rows], `to_row` apart
void transpose(const float* from, std::size_t rows, std::size_t columns, std::size_t from_row, float* to,
               std::size_t to_row);

/// to[j] = base[j] + Σ of column j over the rows; n a multiple of 4. `base` may be null (zeros) or `to`.
void sum_rows(const float* matrix, std::size_t rows, std::size_t n, std::size_t row, const float* base, float* to);

/// x *= by; `count` a multiple of 4.
void multiply(float* x, std::size_t count, float by);

/// to += from; `count` a multiple of 4.
void add(const float* from, std::size_t count, float* to);

/// to = from, or zeros where it is null. For what a step copies whole: as wasm, the C library's memmove and memset took
/// a third of a step on digits.
void copy(const float* from, std::size_t count, float* to);

}  // namespace backprop::kernels
