#include "ops/images.h"

#include "backprop/error.h"

#include "ops/attributes.h"

namespace backprop {

namespace {

/// Positions of a window along one axis. Throws where it does not fit once.
std::size_t positions(std::size_t extent, std::size_t window, std::size_t stride, std::size_t pad, const Shape& x) {
  if (extent == 0 || window == 0 || extent + 2 * pad < window) {
    throw Error(ErrorCode::ShapeMismatch, "X is " + x.text() + ", with " + std::to_string(extent) +
                                              " numbers along an axis and a border of " + std::to_string(pad) +
                                              " on each side; a window of " + std::to_string(window) +
                                              " does not fit. Take a smaller window or a wider border.");
  }
  return (extent + 2 * pad - window) / stride + 1;
}

}  // namespace

Images images_of(const Shape& x, std::size_t kernel_height, std::size_t kernel_width, std::size_t stride,
                 std::size_t pad) {
  if (x.rank() != 4) {
    throw Error(ErrorCode::ShapeMismatch, "X is " + x.text() +
                                              "; images are [n, channels, height, width], such as [100, 1, 28, 28]. "
                                              "Reshape X.");
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
    throw Error(ErrorCode::ShapeMismatch,
                "W is " + w.text() + "; filters are [filters, channels, height, width], such as [30, 1, 5, 5].");
  }
  const Images images = images_of(x, static_cast<std::size_t>(w[2]), static_cast<std::size_t>(w[3]),
                                  count(attributes, "stride", 1), count(attributes, "pad", 0));
  if (x[1] != w[1]) {
    throw Error(ErrorCode::ShapeMismatch, "X is " + x.text() + " with " + std::to_string(x[1]) + " channels but W is " +
                                              w.text() + ", for images of " + std::to_string(w[1]) +
                                              "; W needs shape [" + std::to_string(w[0]) + ", " + std::to_string(x[1]) +
                                              ", " + std::to_string(w[2]) + ", " + std::to_string(w[3]) + "].");
  }
  return images;
}

Images pooling_of(const Shape& x, const Attributes& attributes) {
  const std::size_t size = count(attributes, "size", 2);
  const std::size_t pad = count(attributes, "pad", 0);
  Images images = images_of(x, size, size, count(attributes, "stride", size), pad);
  if (pad >= size) {
    throw Error(ErrorCode::InvalidAttribute, "attribute \"pad\" is " + std::to_string(pad) + " but \"size\" is " +
                                                 std::to_string(size) +
                                                 "; a window may not lie wholly on the border: pad is less than size.");
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

std::vector<AttributeInfo> pooling_attributes() {
  return {{.name = "size",
           .type = AttributeType::Integer,
           .required = true,
           .meaning = "height and width of the window",
           .min = 1,
           .max = kMaxWindow},
          {.name = "stride",
           .type = AttributeType::Integer,
           .required = false,
           .meaning = "how far the window moves; without it, its size",
           .min = 1,
           .max = kMaxWindow},
          {.name = "pad",
           .type = AttributeType::Integer,
           .required = false,
           .meaning = "width of the border around each image; less than size",
           .min = 0,
           .max = kMaxWindow,
           .fallback = 0}};
}

}  // namespace backprop
