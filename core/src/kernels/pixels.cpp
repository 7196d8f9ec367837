#include "kernels/pixels.h"

namespace backprop::kernels {

namespace {

using Byte16 [[gnu::vector_size(16)]] = std::uint8_t;
using Word8 [[gnu::vector_size(16)]] = std::uint16_t;

inline void fractions_of_words(Word8 words, float* to) {
  const Word8 zeros{};
  const auto low = reinterpret_cast<Int4>(__builtin_shufflevector(words, zeros, 0, 8, 1, 9, 2, 10, 3, 11));
  const auto high = reinterpret_cast<Int4>(__builtin_shufflevector(words, zeros, 4, 12, 5, 13, 6, 14, 7, 15));
  store(to, fraction(__builtin_convertvector(low, Float4)));
  store(to + kLanes, fraction(__builtin_convertvector(high, Float4)));
}

}  // namespace

void gather(const std::uint8_t* from, std::size_t row, std::span<const std::int64_t> rows, std::uint8_t* to) {
  for (const std::int64_t each : rows) {
    const std::uint8_t* source = from + static_cast<std::size_t>(each) * row;
    std::size_t i = 0;
    for (; i + sizeof(Byte16[4]) <= row; i += sizeof(Byte16[4])) {
      Byte16 part[4];  // all loads before all stores: compilers would call memcpy for a simpler loop
      for (std::size_t v = 0; v < 4; ++v) std::memcpy(&part[v], source + i + v * sizeof(Byte16), sizeof(Byte16));
      for (std::size_t v = 0; v < 4; ++v) std::memcpy(to + i + v * sizeof(Byte16), &part[v], sizeof(Byte16));
    }
    for (; i < row; ++i) to[i] = source[i];
    to += row;
  }
}

void fractions(const std::uint8_t* from, std::size_t count, float* to) {
  std::size_t i = 0;
  for (; i + 16 <= count; i += 16) {
    Byte16 bytes;
    std::memcpy(&bytes, from + i, sizeof bytes);
    const Byte16 zeros{};
    fractions_of_words(reinterpret_cast<Word8>(__builtin_shufflevector(bytes, zeros, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20,
                                                                       5, 21, 6, 22, 7, 23)),
                       to + i);
    fractions_of_words(reinterpret_cast<Word8>(__builtin_shufflevector(bytes, zeros, 8, 24, 9, 25, 10, 26, 11, 27, 12,
                                                                       28, 13, 29, 14, 30, 15, 31)),
                       to + i + 8);
  }
  for (; i < count; ++i) to[i] = fraction(splat(from[i]))[0];
}

}  // namespace backprop::kernels
