#pragma once

#include <cstddef>

namespace backprop {

/// Windows that slide over the channels of one image, row-major [channels, height, width], with zeros around it.
struct Patches {
  std::size_t channels, height, width;
  std::size_t kernel_height, kernel_width;
  std::size_t stride, pad;
  std::size_t out_height, out_width;

  /// Numbers under one window, over all channels: rows of the matrix of columns.
  [[nodiscard]] std::size_t rows() const { return channels * kernel_height * kernel_width; }
  /// Windows: its columns.
  [[nodiscard]] std::size_t columns() const { return out_height * out_width; }
  [[nodiscard]] std::size_t image() const { return channels * height * width; }
  /// Calls `visit(offset)` for every pixel of one channel under window (y, x), without the border.
  template <class Visit>
  void each_pixel(std::size_t y, std::size_t x, Visit visit) const {
    for (std::size_t ky = 0; ky < kernel_height; ++ky) {
      const std::size_t row = y * stride + ky - pad;  // unsigned: beyond the end where it lies above the image
      if (row >= height) continue;
      for (std::size_t kx = 0; kx < kernel_width; ++kx) {
        const std::size_t column = x * stride + kx - pad;
        if (column < width) visit(row * width + column);
      }
    }
  }
};

/// One image as the matrix [rows, columns] of its windows: column (y, x) holds what lies under the window there, in the
/// order of a filter's weights. (Saitoh's im2col, §7.4.2, transposed.)
void im2col(const Patches& patches, const double* image, double* columns);
/// The way back: every number of the matrix is added to the pixel it came from; what came from the border is dropped.
void col2im(const Patches& patches, const double* columns, double* image);

}  // namespace backprop
