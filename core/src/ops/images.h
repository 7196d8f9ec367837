#pragma once

#include "backprop/op.h"

#include "kernels/im2col.h"

namespace backprop {

/// A batch of images [n, c, h, w] under sliding windows. Throws ShapeMismatch where no window fits.
struct Images {
  std::size_t count;
  Patches patches;
};

/// The windows of `kernel_height` × `kernel_width` over all channels of X.
[[nodiscard]] Images images_of(const Shape& x, std::size_t kernel_height, std::size_t kernel_width, std::size_t stride,
                               std::size_t pad);
/// The same for convolution, by the shape of its filters and the attributes `stride` and `pad`.
[[nodiscard]] Images convolution_of(const Shape& x, const Shape& w, const Attributes& attributes);
/// For pooling, by the attributes `size`, `stride` and `pad`: one channel at a time, so `patches.channels` is 1 and
/// `count` counts the channels of all images.
[[nodiscard]] Images pooling_of(const Shape& x, const Attributes& attributes);

/// Attributes of windows are no larger than this, so that no product of them overflows.
inline constexpr double kMaxWindow = 4096;

/// [n, channels, out_height, out_width]
[[nodiscard]] Shape pooled_shape(const ShapeCall& call);
[[nodiscard]] constexpr Few<AttributeInfo, kMaxAttributes> pooling_attributes() {
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
