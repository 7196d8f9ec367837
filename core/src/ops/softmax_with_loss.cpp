#include "ops/op_list.h"
#include "ops/rows.h"
#include "ops/rule.h"

namespace backprop {

namespace {

/// Targets of the scores' own shape are one-hot (or any distribution); one axis less, they are class indices.
bool is_one_hot(const Shape& scores, const Shape& t) { return scores == t; }

Shape loss_shape(const ShapeCall& call) {
  const Shape& x = call[0];
  const Shape& t = call[1];
  static_cast<void>(rows_of(x));
  if (x.rank() > 2) {
    refuse(ErrorCode::ShapeMismatch,
           {"x is ", x, "; Softmax-with-Loss takes scores [classes] or [n, classes]. Reshape x."});
  }
  const Shape labels = x.rank() == 2 ? Shape{x[0]} : Shape{};
  if (!is_one_hot(x, t) && !(t == labels)) {
    refuse(ErrorCode::ShapeMismatch, {"x is ", x, " but t is ", t, "; t needs shape ", labels, " for class indices or ",
                                      x, " for one-hot targets."});
  }
  return Shape{};
}

std::size_t label_at(const Tensor& t, std::size_t row, std::size_t classes) {
  const double label = t[row];
  if (!(label >= 0 && label < static_cast<double>(classes)) || std::floor(label) != label) {
    refuse(ErrorCode::InvalidValue,
           {"the label of sample ", row, " is ", label, "; labels are whole numbers from 0 to ", classes - 1, "."});
  }
  return static_cast<std::size_t>(label);
}

struct SoftmaxWithLossRule : FromLocal<SoftmaxWithLossRule> {
  static void forward(const Call& call, Tensor& out) {
    const Tensor& x = call[0];
    const Tensor& t = call[1];
    const Rows rows = rows_of(x.shape());
    double total = 0;
    for (std::size_t r = 0; r < rows.count; ++r) {
      const double* scores = x.data() + r * rows.classes;
      const double normaliser = log_sum_exp(scores, rows.classes);
      if (is_one_hot(x.shape(), t.shape())) {
        for (std::size_t c = 0; c < rows.classes; ++c) {
          const double target = t[r * rows.classes + c];
          // 0 · ∞ would be NaN where a target of 0 meets a score of −∞.
          if (target != 0) total += target * (normaliser - scores[c]);
        }
      } else {
        total += normaliser - scores[label_at(t, r, rows.classes)];
      }
    }
    out[0] = total / static_cast<double>(rows.count);
  }
  /// (y · Σt − t) / n; Σt is 1 for labels and one-hot targets.
  static std::optional<Tensor> local(const Call& call, const Tensor&, std::size_t slot) {
    if (slot == 1) return std::nullopt;
    const Tensor& x = call[0];
    const Tensor& t = call[1];
    const Rows rows = rows_of(x.shape());
    const double samples = static_cast<double>(rows.count);
    Tensor local(x.shape());
    for (std::size_t r = 0; r < rows.count; ++r) {
      const std::size_t start = r * rows.classes;
      const double normaliser = log_sum_exp(x.data() + start, rows.classes);
      const bool one_hot = is_one_hot(x.shape(), t.shape());
      double mass = one_hot ? 0.0 : 1.0;
      for (std::size_t c = 0; one_hot && c < rows.classes; ++c) mass += t[start + c];
      for (std::size_t c = 0; c < rows.classes; ++c) local[start + c] = mass * std::exp(x[start + c] - normaliser);
      if (one_hot) {
        for (std::size_t c = 0; c < rows.classes; ++c) local[start + c] -= t[start + c];
      } else {
        local[start + label_at(t, r, rows.classes)] -= 1;
      }
      for (std::size_t c = 0; c < rows.classes; ++c) local[start + c] /= samples;
    }
    return local;
  }
};

}  // namespace

/// L = −(1/n) Σ t ln softmax(x): softmax and cross-entropy in one layer, through log-softmax, so that no ε is needed.
///   shapes  x [n, classes] or [classes]; t labels [n] or [], or one-hot in the shape of x → L a scalar
///   errors  ShapeMismatch; InvalidValue for a label outside the classes (at the forward step)
///   source  Saitoh (2016), §5.6.3 and appendix A: y − t, divided by the batch size; here the upstream is honoured too
constinit const Op softmax_with_loss_op = with_rule<SoftmaxWithLossRule>({
    .name = "softmax_with_loss",
    .symbol = "",
    .title = "Softmax-with-Loss",
    .category = Category::Loss,
    .slots = {{.name = "x", .combine = Combine::Times, .kept = keeps_inputs(0b11)},
              {.name = "t", .combine = Combine::None}},
    .output = "L",
    .formulas = {.value = R"(-\frac{1}{n} \sum_k t_k \ln y_k, \quad y = \operatorname{softmax}(x))",
                 .local = {R"(\frac{1}{n} (y - t))", ""},
                 .backward = {R"(\frac{\partial L}{\partial L} \cdot \frac{1}{n} (y - t))", ""}},
    .infer_shape = loss_shape,
});

}  // namespace backprop
