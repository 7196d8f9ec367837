#include "kernels/sparse.h"

#include "kernels/pixels.h"
#include "kernels/vector.h"

#include <algorithm>
#include <array>
#include <bit>

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

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
void gradient_block(const SparseRows& x, const float* dy, std::size_t n, float* c) {
  for (std::size_t block = 0; block < x.blocks; ++block) {
    for (std::size_t r = 0; r < x.rows; ++r) {
      const std::uint32_t* range = x.starts + r * x.blocks + block;
      Float4 upstream[Vectors];
      std::memcpy(upstream, dy + r * n, sizeof upstream);
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

inline Entry entry(std::uint8_t byte, std::size_t column, std::size_t w_row) {
  return {.offset = static_cast<std::uint32_t>(column * w_row), .value = fraction(splat(byte))[0]};
}

#ifdef __wasm_simd128__

/// For every set of eight: the numbers of its members, and behind them zeros.
constexpr auto kMembers = [] {
  std::array<std::array<std::uint8_t, 8>, 256> sets{};
  for (std::size_t set = 0; set < sets.size(); ++set) {
    std::size_t count = 0;
    for (std::uint8_t each = 0; each < 8; ++each) {
      if ((set >> each & 1U) != 0) sets[set][count++] = each;
    }
  }
  return sets;
}();

/// Four entries of what lies in the lanes.
inline void store_entries(v128_t offsets, v128_t bytes, Entry* to) {
  const auto values = reinterpret_cast<v128_t>(fraction(reinterpret_cast<Float4>(wasm_f32x4_convert_i32x4(bytes))));
  wasm_v128_store(to, wasm_i32x4_shuffle(offsets, values, 0, 4, 1, 5));
  wasm_v128_store(to + 2, wasm_i32x4_shuffle(offsets, values, 2, 6, 3, 7));
}

/// The entries of those of eight bytes that are not zero: all eight are written, those first. Returns their number.
inline std::size_t eight_entries(const std::uint8_t* from, std::uint32_t offset, v128_t w_row, Entry* to) {
  const v128_t bytes = wasm_v128_load64_zero(from);
  const std::uint32_t set = wasm_i8x16_bitmask(wasm_i8x16_ne(bytes, wasm_i8x16_splat(0))) & 0xFFU;
  const v128_t members = wasm_v128_load64_zero(kMembers[set].data());
  const v128_t packed = wasm_u16x8_extend_low_u8x16(wasm_i8x16_swizzle(bytes, members));
  const v128_t columns = wasm_i16x8_mul(wasm_u16x8_extend_low_u8x16(members), w_row);
  const v128_t start = wasm_u32x4_splat(offset);
  store_entries(wasm_i32x4_add(start, wasm_u32x4_extend_low_u16x8(columns)), wasm_u32x4_extend_low_u16x8(packed), to);
  store_entries(wasm_i32x4_add(start, wasm_u32x4_extend_high_u16x8(columns)), wasm_u32x4_extend_high_u16x8(packed),
                to + 4);
  return static_cast<std::size_t>(std::popcount(set));
}

#endif

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

std::size_t sparse_row(const std::uint8_t* from, std::size_t first, std::size_t last, std::size_t w_row, Entry* to) {
  Entry* end = to;
  std::size_t i = first;
#ifdef __wasm_simd128__
  if (w_row < 0x10000 / 8) {
    const v128_t row = wasm_u16x8_splat(static_cast<std::uint16_t>(w_row));
    // Where strokes begin and end is hard to foretell: which eights have a pixel at all is noted without a branch
    // first.
    std::uint32_t eights[64];
    while (i + 8 <= last) {
      std::size_t count = 0;
      const std::size_t stop = std::min(last - 7, i + 8 * std::size(eights));
      for (; i < stop; i += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, from + i, sizeof word);
        eights[count] = static_cast<std::uint32_t>(i);
        count += word != 0 ? 1 : 0;
      }
      for (std::size_t e = 0; e < count; ++e) {
        end += eight_entries(from + eights[e], static_cast<std::uint32_t>(eights[e] * w_row), row, end);
      }
    }
  }
#endif
  for (; i < last; ++i) {
    if (from[i] != 0) *end++ = entry(from[i], i, w_row);
  }
  return static_cast<std::size_t>(end - to);
}

void sparse_product(const SparseRows& x, const float* w, const float* bias, std::size_t n, float* y) {
  // V8 loads the rows of W before it multiplies: 7 sums and 7 loads still fit its registers, 13 do not.
  for_each_block<7, 6, 4, 2, 1>(
      n, [&]<std::size_t Vectors>(std::size_t j) { product_block<Vectors>(x, w + j, bias + j, n, y + j); });
}

void sparse_gradient(const SparseRows& x, const float* dy, std::size_t n, float* c) {
  for_each_block<13, 8, 4, 2, 1>(
      n, [&]<std::size_t Vectors>(std::size_t j) { gradient_block<Vectors>(x, dy + j, n, c + j); });
}

}  // namespace backprop::kernels
