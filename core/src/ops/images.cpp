#include "ops/images.h"

#include "backprop/error.h"

#include "ops/attributes.h"

namespace backprop {

namespace {

/// Positions of a window along one axis. Throws where it does not fit once.
std::size_t positions(std::size_t extent, std::size_t window, std::size_t stride, std::size_t pad, const Shape& x) {
  if (extent == 0 || window == 0 || extent + 2 * pad < window) {
    refuse(ErrorCode::ShapeMismatch,
           {"X is ", x, ", with ", extent, " numbers along an axis and a border of ", pad,
            " on each side; a window of ", window, " does not fit. Take a smaller window or a wider border."});
  }
  return (extent + 2 * pad - window) / stride + 1;
}

}  // namespace

Images images_of(const Shape& x, std::size_t kernel_height, std::size_t kernel_width, std::size_t stride,
                 std::size_t pad) {
  if (x.rank() != 4) {
    refuse(ErrorCode::ShapeMismatch, {"X is ", x,
                                      "; images are [n, channels, height, width], such as [100, 1, 28, 28]. "
                                      "Reshape X."});
  }
  const auto extent = [&](std::size_t axis) { return static_cast<std::size_t>(x[axis]); };
  return {.count = extent(0),
          .patches = {.channels = extent(1),
                      .height = extent(2),
                      .width = extent(3),
                      .kernel_height = kernel_height,
                      .kernel_width = kernel_width,
                      .stride = stride,
                      .pad = pad,
                      .out_height = positions(extent(2), kernel_height, stride, pad, x),
                      .out_width = positions(extent(3), kernel_width, stride, pad, x)}};
}

Images convolution_of(const Shape& x, const Shape& w, const Attributes& attributes) {
  if (w.rank() != 4) {
    refuse(ErrorCode::ShapeMismatch,
           {"W is ", w, "; filters are [filters, channels, height, width], such as [30, 1, 5, 5]."});
  }
  const Images images = images_of(x, static_cast<std::size_t>(w[2]), static_cast<std::size_t>(w[3]),
                                  count(attributes, "stride", 1), count(attributes, "pad", 0));
  if (x[1] != w[1]) {
    refuse(ErrorCode::ShapeMismatch, {"X is ", x, " with ", x[1], " channels but W is ", w, ", for images of ", w[1],
                                      "; W needs shape [", w[0], ", ", x[1], ", ", w[2], ", ", w[3], "]."});
  }
  return images;
}

Images pooling_of(const Shape& x, const Attributes& attributes) {
  const std::size_t size = count(attributes, "size", 2);
  const std::size_t pad = count(attributes, "pad", 0);
  Images images = images_of(x, size, size, count(attributes, "stride", size), pad);
  if (pad >= size) {
    refuse(ErrorCode::InvalidAttribute, {"attribute \"pad\" is ", pad, " but \"size\" is ", size,
                                         "; a window may not lie wholly on the border: pad is less than size."});
  }
  images.count *= images.patches.channels;
  images.patches.channels = 1;
  return images;
}

Shape pooled_shape(const ShapeCall& call) {
  const Patches patches = pooling_of(call[0], call.attributes).patches;
  return Shape{call[0][0], call[0][1], static_cast<std::int64_t>(patches.out_height),
               static_cast<std::int64_t>(patches.out_width)};
}

}  // namespace backprop
