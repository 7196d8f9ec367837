#include "ops/op_list.h"
#include "ops/rows.h"
#include "ops/rule.h"

namespace backprop {

namespace {

struct LogSoftmaxRule : NoLocal {
  static void forward(const Call& call, Tensor& out) {
    const Rows rows = rows_of(call[0].shape());
    for (std::size_t r = 0; r < rows.count; ++r) {
      const double* x = call[0].data() + r * rows.classes;
      double* y = out.data() + r * rows.classes;
      const double normaliser = log_sum_exp(x, rows.classes);
      for (std::size_t c = 0; c < rows.classes; ++c) y[c] = x[c] - normaliser;
    }
  }
  static Contributions backward(const Call& call, const Tensor& out, const Tensor& upstream, Wanted wanted) {
    Contributions contributions(1);
    if (!wants(wanted, 0)) return contributions;
    const Rows rows = rows_of(call[0].shape());
    Tensor& dx = contributions[0].emplace(upstream);
    for (std::size_t r = 0; r < rows.count; ++r) {
      const std::size_t start = r * rows.classes;
      double sum = 0;
      for (std::size_t c = 0; c < rows.classes; ++c) sum += upstream[start + c];
      for (std::size_t c = 0; c < rows.classes; ++c) dx[start + c] -= std::exp(out[start + c]) * sum;
    }
    return contributions;
  }
  static Tensor tangent(const Call& call, const Tensor& out, Tangents tangents) {
    const Rows rows = rows_of(call[0].shape());
    Tensor tangent(*tangents[0]);
    for (std::size_t r = 0; r < rows.count; ++r) {
      const std::size_t start = r * rows.classes;
      double mean = 0;
      for (std::size_t c = 0; c < rows.classes; ++c) mean += std::exp(out[start + c]) * (*tangents[0])[start + c];
      for (std::size_t c = 0; c < rows.classes; ++c) tangent[start + c] -= mean;
    }
    return tangent;
  }
};

}  // namespace

/// y = x − ln Σ eˣ along the last axis: the logarithms of softmax, where its numbers would be too small to hold.
///   shapes  x [classes] or [n, classes] or more → y the same
///   errors  ShapeMismatch for a scalar or an empty last axis
constinit const Op log_softmax_op = with_rule<LogSoftmaxRule>({
    .name = "log_softmax",
    .symbol = "",
    .title = "Log-Softmax",
    .category = Category::Function,
    .slots = {{.name = "x", .combine = Combine::Rule, .kept = kKeepsOutput}},
    .output = "y",
    .formulas = {.value = R"(x_k - \ln \sum_i e^{x_i})",
                 .local = {""},
                 .backward = {R"(\frac{\partial L}{\partial y_k} - e^{y_k} \sum_i \frac{\partial L}{\partial y_i})"}},
    .infer_shape =
        [](const ShapeCall& call) {
          static_cast<void>(rows_of(call[0]));
          return call[0];
        },
});

}  // namespace backprop
