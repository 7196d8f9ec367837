#include "backprop/error.h"

#include "ops/op_list.h"
#include "ops/rule.h"

namespace backprop {

namespace {

Shape error_shape(const ShapeCall& call) {
  if (!(call[0] == call[1])) {
    refuse(ErrorCode::ShapeMismatch, {"y is ", call[0], " but t is ", call[1],
                                      "; prediction and target need the same shape. Reshape one of them."});
  }
  return Shape{};
}

struct MeanSquaredErrorRule : FromLocal<MeanSquaredErrorRule> {
  static void forward(const Call& call, Tensor& out) {
    double total = 0;
    for (std::size_t i = 0; i < call[0].size(); ++i) {
      const double difference = call[0][i] - call[1][i];
      total += difference * difference;
    }
    out[0] = total / static_cast<double>(call[0].size());
  }
  static std::optional<Tensor> local(const Call& call, const Tensor&, std::size_t slot) {
    const double factor = (slot == 0 ? 2.0 : -2.0) / static_cast<double>(call[0].size());
    Tensor local(call[0].shape());
    for (std::size_t i = 0; i < local.size(); ++i) local[i] = factor * (call[0][i] - call[1][i]);
    return local;
  }
};

}  // namespace

/// L = (1/n) Σ (y − t)², the mean over all elements.
///   shapes  y any, t the same → L a scalar
///   errors  ShapeMismatch if the shapes differ
constinit const Op mean_squared_error_op = with_rule<MeanSquaredErrorRule>({
    .name = "mean_squared_error",
    .symbol = "",
    .title = "Mean squared error",
    .category = Category::Loss,
    .slots = {{.name = "y", .combine = Combine::Times, .kept = keeps_inputs(0b11)},
              {.name = "t", .combine = Combine::Times, .kept = keeps_inputs(0b11)}},
    .output = "L",
    .formulas = {.value = R"(\frac{1}{n} \sum_k (y_k - t_k)^2)",
                 .local = {R"(\frac{2}{n} (y - t))", R"(-\frac{2}{n} (y - t))"},
                 .backward = {R"(\frac{\partial L}{\partial L} \cdot \frac{2}{n} (y - t))",
                              R"(-\frac{\partial L}{\partial L} \cdot \frac{2}{n} (y - t))"}},
    .infer_shape = error_shape,
});

}  // namespace backprop
