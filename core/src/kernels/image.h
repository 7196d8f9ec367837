#pragma once

#include <cstddef>

/// Small moves of images with the channels of a pixel beside each other.
namespace backprop::kernels {

/// Rows of an image into the middle of a larger one, or out of it: `count` floats a row.
void copy_rows(const float* from, std::size_t from_row, float* to, std::size_t to_row, std::size_t rows,
               std::size_t count);

/// image += the gradients of one row of windows: the way back of a convolution's windows (col2im).
struct Windows {
  std::size_t count;            ///< windows in the row
  std::size_t step;             ///< floats from window to window in the image
  std::size_t rows;             ///< of a window
  std::size_t pixels;           ///< of a row of a window
  std::size_t channels;         ///< of a pixel
  std::size_t pixel;            ///< floats from pixel to pixel
  std::size_t image_row;        ///< floats from row to row
  std::size_t gradient_window;  ///< floats from window to window in the gradients
};
void add_windows(const Windows& windows, const float* gradients, float* image);

}  // namespace backprop::kernels
