#include "ops/images.h"
#include "ops/op_list.h"
#include "ops/rule.h"

#include <algorithm>

namespace backprop {

namespace {

struct AvgPool2dRule : NoLocal, LinearTangent<AvgPool2dRule> {
  /// Calls `visit(result, element)` for every element of every window.
  template <class Visit>
  static void each(const Call& call, Visit visit) {
    const Images images = pooling_of(call[0].shape(), call.attributes);
    const Patches& p = images.patches;
    std::size_t result = 0;
    for (std::size_t plane = 0; plane < images.count; ++plane) {
      for (std::size_t oy = 0; oy < p.out_height; ++oy) {
        for (std::size_t ox = 0; ox < p.out_width; ++ox, ++result) {
          p.each_pixel(oy, ox, [&](std::size_t at) { visit(result, plane * p.image() + at); });
        }
      }
    }
  }
  static double share(const Call& call) {
    const Patches p = pooling_of(call[0].shape(), call.attributes).patches;
    return 1 / static_cast<double>(p.rows());
  }
  static void forward(const Call& call, Tensor& out) {
    const double factor = share(call);
    std::ranges::fill(out.elements(), 0.0);
    each(call, [&](std::size_t result, std::size_t at) { out[result] += call[0][at]; });
    for (double& element : out.elements()) element *= factor;
  }
  static Contributions backward(const Call& call, const Tensor&, const Tensor& upstream, Wanted wanted) {
    Contributions contributions(1);
    if (!wants(wanted, 0)) return contributions;
    const double factor = share(call);
    Tensor& dx = contributions[0].emplace(call[0].shape());
    each(call, [&](std::size_t result, std::size_t at) { dx[at] += upstream[result] * factor; });
    return contributions;
  }
};

}  // namespace

/// y = the mean of each window, channel by channel. Where a window reaches over the border, the border counts as zeros:
/// every window is divided by size², as a convolution with equal weights would do it.
///   shapes  X [n, c, h, w] → Y [n, c, oh, ow] with oh = ⌊(h + 2 pad − size) / stride⌋ + 1
///   errors  ShapeMismatch for another rank or a window that does not fit, InvalidAttribute for pad ≥ size
constinit const Op avg_pool2d_op = with_rule<AvgPool2dRule>({
    .name = "avg_pool2d",
    .symbol = "",
    .title = "Average pooling",
    .category = Category::Convolution,
    .slots = {{.name = "X", .combine = Combine::Rule}},
    .output = "Y",
    .attributes = pooling_attributes(),
    .formulas = {.value = R"(\frac{1}{n} \sum_{\text{window}} X)",
                 .local = {""},
                 .backward = {R"(\frac{1}{n} \sum_{\text{windows}} \frac{\partial L}{\partial Y})"}},
    .infer_shape = pooled_shape,
});

}  // namespace backprop
