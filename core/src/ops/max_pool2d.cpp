#include "ops/images.h"
#include "ops/op_list.h"
#include "ops/rule.h"

#include <cmath>

namespace backprop {

namespace {

/// Calls `visit(result, winner)` for every window, with offsets into y and x. The first of equal numbers wins, and NaN
/// wins over all, as NumPy's argmax has it; the border never does.
template <class Visit>
void for_each_winner(const Call& call, Visit visit) {
  const Images images = pooling_of(call[0].shape(), call.attributes);
  const Patches& p = images.patches;
  std::size_t result = 0;
  for (std::size_t plane = 0; plane < images.count; ++plane) {
    const std::size_t start = plane * p.image();
    const double* x = call[0].data() + start;
    for (std::size_t oy = 0; oy < p.out_height; ++oy) {
      for (std::size_t ox = 0; ox < p.out_width; ++ox) {
        std::size_t winner = p.image();
        p.each_pixel(oy, ox, [&](std::size_t at) {
          if (winner == p.image() || x[at] > x[winner] || (std::isnan(x[at]) && !std::isnan(x[winner]))) winner = at;
        });
        visit(result++, start + winner);
      }
    }
  }
}

struct MaxPool2dRule : NoLocal {
  static void forward(const Call& call, Tensor& out) {
    for_each_winner(call, [&](std::size_t result, std::size_t winner) { out[result] = call[0][winner]; });
  }
  static Contributions backward(const Call& call, const Tensor&, const Tensor& upstream, Wanted wanted) {
    Contributions contributions(1);
    if (!wants(wanted, 0)) return contributions;
    Tensor& dx = contributions[0].emplace(call[0].shape());
    for_each_winner(call, [&](std::size_t result, std::size_t winner) { dx[winner] += upstream[result]; });
    return contributions;
  }
  static Tensor tangent(const Call& call, const Tensor& out, Tangents tangents) {
    Tensor tangent(out.shape());
    for_each_winner(call, [&](std::size_t result, std::size_t winner) { tangent[result] = (*tangents[0])[winner]; });
    return tangent;
  }
};

}  // namespace

/// y = the largest number under each window, channel by channel.
///   shapes  X [n, c, h, w] → Y [n, c, oh, ow] with oh = ⌊(h + 2 pad − size) / stride⌋ + 1
///   kink    where two numbers of a window are equal and largest: the first one wins and takes the whole gradient
///   errors  ShapeMismatch for another rank or a window that does not fit, InvalidAttribute for pad ≥ size
///   source  Saitoh (2016), §7.3
constinit const Op max_pool2d_op = with_rule<MaxPool2dRule>({
    .name = "max_pool2d",
    .symbol = "",
    .title = "Max pooling",
    .category = Category::Convolution,
    .slots = {{.name = "X", .combine = Combine::Rule, .kept = keeps_inputs(0b1)}},
    .output = "Y",
    .attributes = pooling_attributes(),
    .formulas = {.value = R"(\max_{\text{window}} X)",
                 .local = {""},
                 .backward = {R"(\sum_{\text{windows}} \frac{\partial L}{\partial Y} \, [X = Y])"}},
    .kinks = R"(x_i = x_j)",
    .keeps = "argmax",
    .infer_shape = pooled_shape,
});

}  // namespace backprop
