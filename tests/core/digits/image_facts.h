#pragma once

#include "backprop/digits.h"

#include <algorithm>
#include <cstddef>

namespace backprop::test {

/// What MNIST's normalisation fixes: the box of all ink, and the centre of mass in pixel indices.
struct ImageFacts {
  int left = 28, right = -1, top = 28, bottom = -1;
  double mass = 0, mean_x = 0, mean_y = 0;

  int width() const { return right - left + 1; }
  int height() const { return bottom - top + 1; }
};

template <class Image, class Intensity>
ImageFacts facts_of(const Image& image, Intensity intensity) {
  ImageFacts f;
  for (int i = 0; i < static_cast<int>(kDigitPixels); ++i) {
    const double v = intensity(image[static_cast<std::size_t>(i)]);
    const int x = i % static_cast<int>(kDigitSide);
    const int y = i / static_cast<int>(kDigitSide);
    if (v <= 0) continue;
    f.left = std::min(f.left, x);
    f.right = std::max(f.right, x);
    f.top = std::min(f.top, y);
    f.bottom = std::max(f.bottom, y);
    f.mass += v;
    f.mean_x += v * x;
    f.mean_y += v * y;
  }
  f.mean_x /= f.mass;
  f.mean_y /= f.mass;
  return f;
}

}  // namespace backprop::test
