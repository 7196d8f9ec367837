#include "kernels/matrix.h"

#include "kernels/tile.h"

#include <algorithm>

namespace backprop::kernels {

namespace {

constexpr float kZeros[kTileVectors * kLanes] = {};

template <class Left>
void all_bands(const Product& p, Left a) {
  const auto base_at = [&](std::size_t j) { return p.base ? p.base + j : kZeros; };
  const std::size_t base_row = p.base ? p.base_row : 0;
  std::size_t j = 0;
  if constexpr (kTileVectors > 2) {
    constexpr std::size_t wide = kTileVectors * kLanes;
    for (; j + wide <= p.n; j += wide) {
      band<float, kTileVectors>(p.m, a, p.b + j, p.b_row, p.k, base_at(j), base_row, p.c + j, p.c_row);
    }
  }
  for (; j + 2 * kLanes <= p.n; j += 2 * kLanes) {
    band<float, 2>(p.m, a, p.b + j, p.b_row, p.k, base_at(j), base_row, p.c + j, p.c_row);
  }
  if (j < p.n) band<float, 1>(p.m, a, p.b + j, p.b_row, p.k, base_at(j), base_row, p.c + j, p.c_row);
}

/// Numbers of A or B that stay in the second cache while they are used again and again.
constexpr std::size_t kCached = std::size_t{1} << 16;

/// Rows of C that are finished at a time where that saves memory traffic: whole tiles of three rows and of four.
constexpr std::size_t kRows = 24;

/// 4 × 4 numbers.
inline void transpose_block(const float* from, std::size_t from_row, float* to, std::size_t to_row) {
  const Float4 a = load(from);
  const Float4 b = load(from + from_row);
  const Float4 c = load(from + 2 * from_row);
  const Float4 d = load(from + 3 * from_row);
  const Float4 ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  const Float4 ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Float4 cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  const Float4 cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  store(to, __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5));
  store(to + to_row, __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7));
  store(to + 2 * to_row, __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5));
  store(to + 3 * to_row, __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7));
}

}  // namespace

void product(const Product& p, const float* a, std::size_t row, std::size_t step) {
  Product part = p;
  if (step != 1 && p.m * p.k > kCached) {
    // A lies across: a few of its columns at a time, so that the lines they share are fetched once.
    for (std::size_t i = 0; i < p.m; i += kRows) {
      part.m = std::min(kRows, p.m - i);
      part.base = p.base ? p.base + i * p.base_row : nullptr;
      part.c = p.c + i * p.c_row;
      all_bands(part, Strided<float>{a + i * row, row, step});
    }
    return;
  }
  // Long sums in pieces: a band of B, a line of the cache for each of its rows, is read again for every tile of C.
  constexpr std::size_t piece = 256;
  for (std::size_t first = 0; first == 0 || first < p.k; first += piece) {
    part.k = std::min(piece, p.k - first);
    part.b = p.b + first * p.b_row;
    all_bands(part, Strided<float>{a + first * step, row, step});
    part.base = p.c;
    part.base_row = p.c_row;
  }
}

void product_of_windows(const Product& p, const float* a, const std::uint32_t* rows, const std::uint32_t* steps) {
  if (p.m <= p.k) return all_bands(p, Indexed<float>{a, rows, steps});
  // More rows than sums are long: C is what is large, so a few of its rows are finished at a time.
  Product part = p;
  for (std::size_t i = 0; i < p.m; i += kRows) {
    part.m = std::min(kRows, p.m - i);
    part.base = p.base ? p.base + i * p.base_row : nullptr;
    part.c = p.c + i * p.c_row;
    all_bands(part, Indexed<float>{a, rows + i, steps});
  }
}

void transpose(const float* from, std::size_t rows, std::size_t columns, std::size_t from_row, float* to,
               std::size_t to_row) {
  const std::size_t whole_rows = rows / kLanes * kLanes;
  const std::size_t whole_columns = columns / kLanes * kLanes;
  for (std::size_t j = 0; j < whole_columns; j += kLanes) {
    for (std::size_t i = 0; i < whole_rows; i += kLanes) {
      transpose_block(from + i * from_row + j, from_row, to + j * to_row + i, to_row);
    }
  }
  for (std::size_t j = 0; j < columns; ++j) {
    const std::size_t first = j < whole_columns ? whole_rows : 0;
    for (std::size_t i = first; i < rows; ++i) to[j * to_row + i] = from[i * from_row + j];
    for (std::size_t i = rows; i < padded(rows); ++i) to[j * to_row + i] = 0;
  }
}

void copy(const float* from, std::size_t count, float* to) {
  // All loads before all stores: compilers take simpler loops for memmove and memset, and call those.
  constexpr std::size_t kAtOnce = 4 * kLanes;
  std::size_t i = 0;
  for (; i + kAtOnce <= count; i += kAtOnce) {
    Float4 part[4] = {};
    if (from) {
      for (std::size_t v = 0; v < 4; ++v) part[v] = load(from + i + v * kLanes);
    }
    for (std::size_t v = 0; v < 4; ++v) store(to + i + v * kLanes, part[v]);
  }
  for (; i < count; ++i) to[i] = from ? from[i] : 0;
}

void multiply(float* x, std::size_t count, float by) {
  for (std::size_t i = 0; i < count; i += kLanes) store(x + i, load(x + i) * by);
}

void add(const float* from, std::size_t count, float* to) {
  for (std::size_t i = 0; i < count; i += kLanes) store(to + i, load(to + i) + load(from + i));
}

void sum_rows(const float* matrix, std::size_t rows, std::size_t n, std::size_t row, const float* base, float* to) {
  for (std::size_t j = 0; j < n; j += kLanes) {
    Float4 sum{};
    for (std::size_t i = 0; i < rows; ++i) sum += load(matrix + i * row + j);
    store(to + j, (base ? load(base + j) : Float4{}) + sum);
  }
}

}  // namespace backprop::kernels
