#include "kernels/im2col.h"

namespace backprop {

namespace {

/// Calls `visit(pixel)` for every entry of the matrix, row by row; `pixel` is null on the border.
template <class Pixel, class Visit>
void for_each_entry(const Patches& p, Pixel* image, Visit visit) {
  for (std::size_t channel = 0; channel < p.channels; ++channel) {
    for (std::size_t ky = 0; ky < p.kernel_height; ++ky) {
      for (std::size_t kx = 0; kx < p.kernel_width; ++kx) {
        for (std::size_t oy = 0; oy < p.out_height; ++oy) {
          // Unsigned: left of or above the image is far beyond its end.
          const std::size_t y = oy * p.stride + ky - p.pad;
          Pixel* line = y < p.height ? image + (channel * p.height + y) * p.width : nullptr;
          for (std::size_t ox = 0; ox < p.out_width; ++ox) {
            const std::size_t x = ox * p.stride + kx - p.pad;
            visit(line != nullptr && x < p.width ? line + x : nullptr);
          }
        }
      }
    }
  }
}

}  // namespace

void im2col(const Patches& patches, const double* image, double* columns) {
  for_each_entry(patches, image, [&](const double* pixel) { *columns++ = pixel != nullptr ? *pixel : 0; });
}

void col2im(const Patches& patches, const double* columns, double* image) {
  for_each_entry(patches, image, [&](double* pixel) {
    if (pixel != nullptr) *pixel += *columns;
    ++columns;
  });
}

}  // namespace backprop
