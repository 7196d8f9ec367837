#include "backprop/digits.h"
#include "backprop/error.h"

#include "portable_math.h"
#include "split_mix.h"

#include <cmath>
#include <string>

namespace backprop {
namespace {

constexpr int kSide = static_cast<int>(kDigitSide);

void check_length(const char* which, std::size_t length) {
  if (length == kDigitPixels) return;
  refuse(ErrorCode::ShapeMismatch, {"augment: ", which, " has ", length, " values; an image is 28 × 28 = 784."});
}

void check_bound(const char* name, float bound, float largest) {
  if (bound >= 0 && bound <= largest) return;  // false for NaN too
  refuse(ErrorCode::OutOfRange, {"augment: ", name, " is ", bound, "; give a bound from 0 to ", largest, "."});
}

float pixel(std::span<const float> image, int x, int y) {
  if (x < 0 || y < 0 || x >= kSide || y >= kSide) return 0;
  return image[static_cast<std::size_t>(y) * kSide + static_cast<std::size_t>(x)];
}

float bilinear(std::span<const float> image, float x, float y) {
  const float floor_x = std::floor(x);
  const float floor_y = std::floor(y);
  const int left = static_cast<int>(floor_x);
  const int top = static_cast<int>(floor_y);
  const float u = x - floor_x;
  const float v = y - floor_y;
  const float upper = pixel(image, left, top) * (1 - u) + pixel(image, left + 1, top) * u;
  const float lower = pixel(image, left, top + 1) * (1 - u) + pixel(image, left + 1, top + 1) * u;
  return upper * (1 - v) + lower * v;
}

}  // namespace

void augment(std::span<const float> in, std::span<float> out, const AugmentOptions& options, std::uint64_t seed) {
  check_length("in", in.size());
  check_length("out", out.size());
  check_bound("shift", options.shift, static_cast<float>(kDigitSide));
  check_bound("rotate", options.rotate, 2 * std::numbers::pi_v<float>);
  check_bound("scale", options.scale, 2);
  check_bound("shear", options.shear, 2);

  digits::SplitMix random(seed, 0);
  const float shift_x = random.spread(options.shift);
  const float shift_y = random.spread(options.shift);
  const float angle = random.spread(options.rotate);
  const float factor = digits::portable_exp(random.spread(options.scale));
  const float shear = random.spread(options.shear);
  const float c = digits::portable_cos(angle) * factor;
  const float s = digits::portable_sin(angle) * factor;

  // Each output pixel looks up where it comes from; which of a map and its inverse is the random one does not matter.
  constexpr float kMiddle = (kSide - 1) / 2.0F;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      const float dy = static_cast<float>(y) - kMiddle;
      const float dx = static_cast<float>(x) - kMiddle + shear * dy;
      const float from_x = kMiddle + c * dx - s * dy + shift_x;
      const float from_y = kMiddle + s * dx + c * dy + shift_y;
      out[static_cast<std::size_t>(y) * kSide + static_cast<std::size_t>(x)] = bilinear(in, from_x, from_y);
    }
  }
}

}  // namespace backprop
