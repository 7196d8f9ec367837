#pragma once

#include <cstddef>
#include <cstdint>

/// Max pooling of one image with the channels of a pixel beside each other.
namespace backprop::kernels {

/// Windows of `size` × `size`, `stride` apart, over an image with a border of `pad` that never wins.
struct Pooling {
  std::size_t height, width;          ///< of the image
  std::size_t out_height, out_width;  ///< of the result
  std::size_t size, stride, pad;
  std::size_t channels;
  std::size_t x_pixel;  ///< floats from pixel to pixel of the image
  std::size_t y_pixel;  ///< of the result
};

/// y = the largest of each window; `winners` receives which one it was, counted row by row: the first of equal ones,
/// and NaN before all. Whole vectors are read and written: up to 3 floats behind the last pixel of each.
///   shapes  winners [out_height · out_width, padded(channels)]
void max_pool(const Pooling& pooling, const float* x, float* y, std::int32_t* winners);
/// dx = dy at the winners, added up, and 0 elsewhere; pixels of dx are whole vectors.
void max_pool_back(const Pooling& pooling, const float* dy, const std::int32_t* winners, float* dx);

}  // namespace backprop::kernels
