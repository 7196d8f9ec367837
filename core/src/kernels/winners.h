#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

/// The gradient of filters under max pooling: of every window of the pool one number won, so of every four windows of
/// an image (2 × 2) one is multiplied, and the zeros of the others are not.
namespace backprop::kernels {

/// How vectors cover a window of an image: vector i begins `pieces[i]` floats from the window's first number; the
/// number at tap t stands in lane `lanes[t]`, counted through all vectors. Lanes without a tap hold what lies between.
struct WindowCover {
  std::vector<std::uint32_t> pieces{};
  std::vector<std::uint32_t> lanes{};
};
/// For taps in rising order. Up to 3 floats behind the last tap are read.
[[nodiscard]] WindowCover cover_window(std::span<const std::uint32_t> taps);

/// One pooled image and where its winners' windows are.
struct PooledImage {
  const float* image;
  std::size_t pixels;  ///< of the pooled result
  const float* dy;     ///< its gradient: filter f of pixel p at dy[p · dy_pixel + f]
  std::size_t dy_pixel;
  const std::int32_t* winners;  ///< as max_pool leaves them: at winners[p · winners_pixel + f]
  std::size_t winners_pixel;
  const std::uint32_t* starts;  ///< where the window of winner w of pixel p begins: starts[p · positions + w]
  std::size_t positions;
};

/// What one filter receives of one image.
struct Moved {
  std::uint32_t at;
  float upstream;
};

/// sums[lane] = Σ upstream · image over the filter's winners, for every lane of the cover; returns Σ upstream.
/// `moved` has room for one more than there are pixels.
float filter_gradient(const PooledImage& pooled, std::size_t filter, const WindowCover& cover, Moved* moved,
                      float* sums);

}  // namespace backprop::kernels
