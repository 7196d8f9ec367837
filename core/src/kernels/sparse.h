#pragma once

#include <cstddef>
#include <cstdint>

/// A first layer on rows that are mostly zeros, such as images of digits: only what is not zero is multiplied.
namespace backprop::kernels {

/// A number of a row that is not zero, and where the weights that it meets begin: column · row length of W.
struct Entry {
  std::uint32_t offset;
  float value;
};

/// Rows cut into blocks of columns, so that the weights of a block stay in the first cache while all rows pass by. The
/// entries of block b of row r are `entries[starts[r * blocks + b]]` up to `entries[starts[r * blocks + b + 1]]`.
struct SparseRows {
  std::size_t rows;
  std::size_t blocks;
  const Entry* entries;
  const std::uint32_t* starts;
};

/// Columns of a block for weights with rows of n: a multiple of 8.
[[nodiscard]] std::size_t block_columns(std::size_t n);

/// Entries beyond the last of a row that `sparse_row` may write to.
inline constexpr std::size_t kSpareEntries = 8;

/// Writes the entries of columns `first` up to `last` of a row and returns their number.
std::size_t sparse_row(const float* from, std::size_t first, std::size_t last, std::size_t w_row, Entry* to);
/// The same for bytes, divided by 255 each.
std::size_t sparse_row(const std::uint8_t* from, std::size_t first, std::size_t last, std::size_t w_row, Entry* to);

/// Y = bias + X · W.
///   shapes  X sparse [rows, k]; W [k, n] and Y [rows, n], rows `n` apart; bias [n]; n a multiple of 4
void sparse_product(const SparseRows& x, const float* w, const float* bias, std::size_t n, float* y);

/// C += Xᵀ · dY.
///   shapes  X sparse [rows, k]; dY [rows, n] and C [k, n], rows `n` apart; n a multiple of 4
void sparse_gradient(const SparseRows& x, const float* dy, std::size_t n, float* c);

}  // namespace backprop::kernels
