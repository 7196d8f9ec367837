#include "backprop/error.h"

#include "ops/op_list.h"
#include "ops/rule.h"

#include <algorithm>
#include <cmath>

namespace backprop {

namespace {

Shape answers_shape(const ShapeCall& call) {
  if (!(call[0] == call[1])) {
    refuse(ErrorCode::ShapeMismatch, {"x is ", call[0], " but t is ", call[1],
                                      "; every score needs one answer from 0 to 1. Reshape one of them."});
  }
  return Shape{};
}

double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

double answer_at(const Tensor& t, std::size_t i) {
  if (t[i] >= 0 && t[i] <= 1) return t[i];
  refuse(ErrorCode::InvalidValue,
         {"the answer of element ", i, " is ", t[i], "; answers are numbers from 0 (no) to 1 (yes)."});
}

struct SigmoidWithLossRule : FromLocal<SigmoidWithLossRule> {
  static void forward(const Call& call, Tensor& out) {
    double total = 0;
    for (std::size_t i = 0; i < call[0].size(); ++i) {
      const double x = call[0][i];
      const double t = answer_at(call[1], i);
      // Each part only where it counts: 0 · ∞ would be NaN where a certain answer meets an infinite score.
      if (t != 0) total += t * softplus(-x);
      if (t != 1) total += (1 - t) * softplus(x);
    }
    out[0] = total / static_cast<double>(call[0].size());
  }
  static std::optional<Tensor> local(const Call& call, const Tensor&, std::size_t slot) {
    if (slot == 1) return std::nullopt;
    Tensor local(call[0].shape());
    for (std::size_t i = 0; i < local.size(); ++i) {
      const double decay = std::exp(-std::abs(call[0][i]));  // never of a positive number
      const double y = (call[0][i] >= 0 ? 1 : decay) / (1 + decay);
      local[i] = (y - call[1][i]) / static_cast<double>(local.size());
    }
    return local;
  }
};

}  // namespace

/// L = −(1/n) Σ (t ln y + (1 − t) ln(1 − y)) with y = sigmoid(x): sigmoid and cross-entropy of yes or no in one layer,
/// computed from the scores, so that no ε is needed. n counts all elements.
///   shapes  x any, t the same with answers from 0 to 1 → L a scalar
///   errors  ShapeMismatch; InvalidValue for an answer outside 0 to 1 (at the forward step)
///   source  Saitoh, Deep Learning from Scratch 2 (2018), §4.2.4: y − t, divided by the batch size
constinit const Op sigmoid_with_loss_op = with_rule<SigmoidWithLossRule>({
    .name = "sigmoid_with_loss",
    .symbol = "",
    .title = "Sigmoid-with-Loss",
    .category = Category::Loss,
    .slots = {{.name = "x", .combine = Combine::Times, .kept = keeps_inputs(0b11)},
              {.name = "t", .combine = Combine::None}},
    .output = "L",
    .formulas = {.value = R"(-\frac{1}{n} \sum_k \left( t_k \ln y_k + (1 - t_k) \ln (1 - y_k) \right))",
                 .local = {R"(\frac{1}{n} (y - t))", ""},
                 .backward = {R"(\frac{\partial L}{\partial L} \cdot \frac{1}{n} (y - t))", ""}},
    .infer_shape = answers_shape,
});

}  // namespace backprop
