#include "kernels/image.h"

#include <algorithm>

namespace backprop::kernels {

void copy_rows(const float* from, std::size_t from_row, float* to, std::size_t to_row, std::size_t rows,
               std::size_t count) {
  for (std::size_t r = 0; r < rows; ++r) std::copy_n(from + r * from_row, count, to + r * to_row);
}

void add_windows(const Windows& w, const float* gradients, float* image) {
  // Where pixels touch, a row of a window is one run.
  const bool runs = w.pixel == w.channels;
  const std::size_t pieces = runs ? 1 : w.pixels;
  const std::size_t length = runs ? w.pixels * w.channels : w.channels;
  for (std::size_t window = 0; window < w.count; ++window) {
    const float* from = gradients + window * w.gradient_window;
    float* to = image + window * w.step;
    for (std::size_t r = 0; r < w.rows; ++r) {
      for (std::size_t piece = 0; piece < pieces; ++piece, from += length) {
        float* at = to + r * w.image_row + piece * w.pixel;
        for (std::size_t i = 0; i < length; ++i) at[i] += from[i];
      }
    }
  }
}

}  // namespace backprop::kernels
