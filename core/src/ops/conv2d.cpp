#include "backprop/error.h"

#include "kernels/gemm.h"
#include "ops/images.h"
#include "ops/op_list.h"
#include "ops/rule.h"

namespace backprop {

namespace {

Shape convolved_shape(const ShapeCall& call) {
  const Patches p = convolution_of(call[0], call[1], call.attributes).patches;
  if (!(call[2] == Shape{call[1][0]})) {
    refuse(ErrorCode::ShapeMismatch,
           {"B is ", call[2], " but W is ", call[1], "; B needs shape [", call[1][0], "], one bias for each filter."});
  }
  // The windows of one image are laid out as a matrix, which must not be larger than any tensor may be.
  static_cast<void>(Shape{static_cast<std::int64_t>(p.rows()), static_cast<std::int64_t>(p.columns())});
  return Shape{call[0][0], call[1][0], static_cast<std::int64_t>(p.out_height), static_cast<std::int64_t>(p.out_width)};
}

/// Image by image: Y = W · im2col(X) + B with the filters as rows.
struct Conv2dRule : NoLocal, ProductTangent<Conv2dRule> {
  static void forward(const Call& call, Tensor& out) {
    const Images images = convolution_of(call[0].shape(), call[1].shape(), call.attributes);
    const Patches& p = images.patches;
    const std::size_t filters = call[2].size();
    std::vector<double> columns(p.rows() * p.columns());
    for (std::size_t i = 0; i < images.count; ++i) {
      double* y = out.data() + i * filters * p.columns();
      im2col(p, call[0].data() + i * p.image(), columns.data());
      gemm(filters, p.columns(), p.rows(), call[1].data(), Stored::AsIs, columns.data(), Stored::AsIs, y);
      for (std::size_t f = 0; f < filters; ++f) {
        const double bias = call[2][f];
        for (std::size_t j = 0; j < p.columns(); ++j) *y++ += bias;
      }
    }
  }
  static Contributions backward(const Call& call, const Tensor&, const Tensor& upstream, Wanted wanted) {
    const Images images = convolution_of(call[0].shape(), call[1].shape(), call.attributes);
    const Patches& p = images.patches;
    const std::size_t filters = call[2].size();
    Contributions contributions(3);
    for (std::size_t slot = 0; slot < 3; ++slot) {
      if (wants(wanted, slot)) contributions[slot].emplace(call[slot].shape());
    }
    std::optional<Tensor>& dx = contributions[0];
    std::optional<Tensor>& dw = contributions[1];
    std::optional<Tensor>& db = contributions[2];
    std::vector<double> columns(p.rows() * p.columns());
    Tensor part(call[1].shape());
    for (std::size_t i = 0; i < images.count; ++i) {
      const double* dy = upstream.data() + i * filters * p.columns();
      if (dx) {
        gemm(p.rows(), p.columns(), filters, call[1].data(), Stored::Transposed, dy, Stored::AsIs, columns.data());
        col2im(p, columns.data(), dx->data() + i * p.image());
      }
      if (dw) {
        im2col(p, call[0].data() + i * p.image(), columns.data());
        gemm(filters, p.rows(), p.columns(), dy, Stored::AsIs, columns.data(), Stored::Transposed, part.data());
        accumulate(*dw, part);
      }
      for (std::size_t f = 0; db && f < filters; ++f) {
        double sum = 0;
        for (std::size_t j = 0; j < p.columns(); ++j) sum += *dy++;
        (*db)[f] += sum;
      }
    }
    return contributions;
  }
};

}  // namespace

/// Y = the filters W slid over the images X, plus a bias for each filter (a cross-correlation: W is not flipped).
///   shapes  X [n, channels, h, w], W [filters, channels, kh, kw], B [filters] → Y [n, filters, oh, ow] with
///           oh = ⌊(h + 2 pad − kh) / stride⌋ + 1; the border of width pad is 0
///   errors  ShapeMismatch for other ranks, channels that differ, or a filter larger than the image with its border;
///           TooLarge where the windows of one image would exceed kMaxElements
///   source  Saitoh (2016), §7.2 and §7.4: im2col, a product, and col2im on the way back
constinit const Op conv2d_op = with_rule<Conv2dRule>({
    .name = "conv2d",
    .symbol = "",
    .title = "Convolution",
    .category = Category::Convolution,
    .slots = {{.name = "X", .combine = Combine::Rule, .kept = keeps_inputs(0b010)},
              {.name = "W", .combine = Combine::Rule, .kept = keeps_inputs(0b001)},
              {.name = "B", .combine = Combine::Rule}},
    .output = "Y",
    .attributes = {{.name = "stride",
                    .type = AttributeType::Integer,
                    .required = false,
                    .meaning = "how far the filters move",
                    .min = 1,
                    .max = kMaxWindow,
                    .fallback = 1},
                   {.name = "pad",
                    .type = AttributeType::Integer,
                    .required = false,
                    .meaning = "width of the border of zeros around each image",
                    .min = 0,
                    .max = kMaxWindow,
                    .fallback = 0}},
    .formulas = {.value = R"(\operatorname{im2col}(X) \cdot W + B)",
                 .local = {"", "", ""},
                 .backward = {R"(\operatorname{col2im}\left(\frac{\partial L}{\partial Y} \cdot W^{\mathsf{T}}\right))",
                              R"(\operatorname{im2col}(X)^{\mathsf{T}} \cdot \frac{\partial L}{\partial Y})",
                              R"(\sum_{n, y, x} \frac{\partial L}{\partial Y})"}},
    .infer_shape = convolved_shape,
});

}  // namespace backprop
