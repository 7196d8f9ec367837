#include "kernels/winners.h"

#include "kernels/vector.h"

namespace backprop::kernels {

namespace {

/// Vectors of a window at once: their sums, an upstream and a product fit the registers.
constexpr std::size_t kPieces = 5;

/// Those of a filter's winners that send something back, without a branch that nobody could predict.
std::size_t gather(const PooledImage& p, std::size_t filter, Moved* moved) {
  const float* dy = p.dy + filter;
  const std::int32_t* winner = p.winners + filter;
  const std::uint32_t* starts = p.starts;
  std::size_t count = 0;
  for (std::size_t pixel = 0; pixel < p.pixels; ++pixel) {
    moved[count] = {starts[*winner], *dy};
    count += static_cast<std::size_t>(*dy != 0);
    dy += p.dy_pixel;
    winner += p.winners_pixel;
    starts += p.positions;
  }
  return count;
}

void add_up(const float* image, const Moved* moved, std::size_t count, const std::uint32_t* pieces, float* sums) {
  Float4 sum[kPieces] = {};
  const float* from[kPieces];
  for (std::size_t i = 0; i < kPieces; ++i) from[i] = image + pieces[i];
#if defined(__clang__)
#pragma clang loop unroll(disable)
#endif
  for (std::size_t n = 0; n < count; ++n) {
    const Float4 upstream = splat(moved[n].upstream);
    for (std::size_t i = 0; i < kPieces; ++i) sum[i] = multiply_add(upstream, load(from[i] + moved[n].at), sum[i]);
  }
  for (std::size_t i = 0; i < kPieces; ++i) store(sums + i * kLanes, sum[i]);
}

}  // namespace

WindowCover cover_window(std::span<const std::uint32_t> taps) {
  WindowCover cover;
  for (const std::uint32_t tap : taps) {
    if (cover.pieces.empty() || tap - cover.pieces.back() >= kLanes) cover.pieces.push_back(tap);
    cover.lanes.push_back(static_cast<std::uint32_t>((cover.pieces.size() - 1) * kLanes) + tap - cover.pieces.back());
  }
  while (cover.pieces.size() % kPieces != 0) cover.pieces.push_back(cover.pieces.back());
  return cover;
}

float filter_gradient(const PooledImage& pooled, std::size_t filter, const WindowCover& cover, Moved* moved,
                      float* sums) {
  const std::size_t count = gather(pooled, filter, moved);
  for (std::size_t i = 0; i < cover.pieces.size(); i += kPieces) {
    add_up(pooled.image, moved, count, cover.pieces.data() + i, sums + i * kLanes);
  }
  float total = 0;
  for (std::size_t n = 0; n < count; ++n) total += moved[n].upstream;
  return total;
}

}  // namespace backprop::kernels
