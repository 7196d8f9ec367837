#include "kernels/sparse.h"

#include "kernels/vector.h"

#include <algorithm>

namespace backprop::kernels {

namespace {

/// Some columns of Y for all rows: their accumulators stay in registers while the entries pass by.
template <std::size_t Vectors>
void product_block(const SparseRows& x, const float* w, const float* bias, std::size_t n, float* y) {
  for (std::size_t block = 0; block < x.blocks; ++block) {
    for (std::size_t r = 0; r < x.rows; ++r) {
      const std::uint32_t* range = x.starts + r * x.blocks + block;
      Float4 sum[Vectors];
      std::memcpy(sum, block == 0 ? bias : y + r * n, sizeof sum);
#if defined(__clang__)
#pragma clang loop unroll(disable)
#endif
      for (const Entry* e = x.entries + range[0]; e != x.entries + range[1]; ++e) {
        const float* row = w + e->offset;
        const Float4 value = splat(e->value);
        for (std::size_t v = 0; v < Vectors; ++v) sum[v] = multiply_add(value, load(row + v * kLanes), sum[v]);
      }
      std::memcpy(y + r * n, sum, sizeof sum);
    }
  }
}

template <std::size_t Vectors>
void gradient_block(const SparseRows& x, const float* dy, std::size_t n, float scale, float* c) {
  for (std::size_t block = 0; block < x.blocks; ++block) {
    for (std::size_t r = 0; r < x.rows; ++r) {
      const std::uint32_t* range = x.starts + r * x.blocks + block;
      Float4 upstream[Vectors];
      std::memcpy(upstream, dy + r * n, sizeof upstream);
      for (Float4& each : upstream) each *= scale;
#if defined(__clang__)
#pragma clang loop unroll(disable)
#endif
      for (const Entry* e = x.entries + range[0]; e != x.entries + range[1]; ++e) {
        float* row = c + e->offset;
        const Float4 value = splat(e->value);
        for (std::size_t v = 0; v < Vectors; ++v) {
          store(row + v * kLanes, multiply_add(value, upstream[v], load(row + v * kLanes)));
        }
      }
    }
  }
}

/// Calls block<vectors>(first column) until all columns are covered, by the first of the widths that fits.
template <std::size_t... Widths, class Block>
void for_each_block(std::size_t n, Block block) {
  std::size_t j = 0;
  const auto take = [&]<std::size_t Vectors>() {
    for (; n - j >= Vectors * kLanes; j += Vectors * kLanes) block.template operator()<Vectors>(j);
  };
  (take.template operator()<Widths>(), ...);
}

}  // namespace

std::size_t block_columns(std::size_t n) {
  constexpr std::size_t kFirstCache = 8192;  // floats: 32 kB
  return std::max<std::size_t>(32, kFirstCache / std::min<std::size_t>(n, 64) / 8 * 8);
}

std::size_t sparse_row(const float* from, std::size_t first, std::size_t last, std::size_t w_row, Entry* to) {
  Entry* end = to;
  std::size_t i = first;
  const auto keep = [&](std::size_t column) {
    *end = {.offset = static_cast<std::uint32_t>(column * w_row), .value = from[column]};
    end += from[column] != 0 ? 1 : 0;
  };
  for (; i + kLanes <= last; i += kLanes) {
    std::uint64_t words[2];
    std::memcpy(words, from + i, sizeof words);
    if ((words[0] | words[1]) == 0) continue;
    for (std::size_t lane = 0; lane < kLanes; ++lane) keep(i + lane);
  }
  for (; i < last; ++i) keep(i);
  return static_cast<std::size_t>(end - to);
}

std::size_t sparse_row(const std::uint8_t* from, std::size_t first, std::size_t last, std::size_t w_row,
                       const float* values, Entry* to) {
  Entry* end = to;
  std::size_t i = first;
  const auto keep = [&](std::size_t column) {
    *end = {.offset = static_cast<std::uint32_t>(column * w_row), .value = values[from[column]]};
    end += from[column] != 0 ? 1 : 0;
  };
  for (; i + 8 <= last; i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, from + i, sizeof word);
    if (word == 0) continue;
    for (std::size_t byte = 0; byte < 8; ++byte) keep(i + byte);
  }
  for (; i < last; ++i) keep(i);
  return static_cast<std::size_t>(end - to);
}

void sparse_product(const SparseRows& x, const float* w, const float* bias, std::size_t n, float* y) {
  // V8 loads the rows of W before it multiplies: 7 sums and 7 loads still fit its registers, 13 do not.
  for_each_block<7, 6, 4, 2, 1>(
      n, [&]<std::size_t Vectors>(std::size_t j) { product_block<Vectors>(x, w + j, bias + j, n, y + j); });
}

void sparse_gradient(const SparseRows& x, const float* dy, std::size_t n, float scale, float* c) {
  for_each_block<13, 8, 4, 2, 1>(
      n, [&]<std::size_t Vectors>(std::size_t j) { gradient_block<Vectors>(x, dy + j, n, scale, c + j); });
}

}  // namespace backprop::kernels
