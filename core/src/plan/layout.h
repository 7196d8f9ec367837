#pragma once

#include "kernels/vector.h"

#include <cstddef>

namespace backprop::plan {

/// How a value of one sample lies in a buffer: pixels in rows, the channels of a pixel beside each other (NHWC), since
/// then the channels fill vectors. A plain vector is one pixel with that many channels.
struct Layout {
  std::size_t height = 1;
  std::size_t width = 1;
  std::size_t channels = 0;
  std::size_t stride = 0;  ///< floats from pixel to pixel; what is beyond the channels is 0

  [[nodiscard]] std::size_t pixels() const { return height * width; }
  /// Floats from sample to sample.
  [[nodiscard]] std::size_t row() const { return kernels::padded(pixels() * stride); }
  /// Floats of a sample from its first to its last element.
  [[nodiscard]] std::size_t extent() const { return (pixels() - 1) * stride + channels; }
  [[nodiscard]] std::size_t elements() const { return pixels() * channels; }
  /// Where element i of the graph's tensor (channel, row, column) stands.
  [[nodiscard]] std::size_t place(std::size_t i) const { return i % pixels() * stride + i / pixels(); }
  [[nodiscard]] bool dense() const { return pixels() == 1 || stride == channels; }
};

[[nodiscard]] inline Layout vector_of(std::size_t count) {
  return {.height = 1, .width = 1, .channels = count, .stride = kernels::padded(count)};
}

}  // namespace backprop::plan
