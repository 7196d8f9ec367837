#include "ops/op_list.h"
#include "ops/rows.h"
#include "ops/rule.h"

namespace backprop {

namespace {

struct LogSoftmaxRule : NoLocal {
  template <class T>
  static void forward(const Call<T>& call, Tensor<T>& out) {
    const Rows rows = rows_of(call[0].shape());
    for (std::size_t r = 0; r < rows.count; ++r) {
      const T* x = call[0].data() + r * rows.classes;
      T* y = out.data() + r * rows.classes;
      const T normaliser = log_sum_exp(x, rows.classes);
      for (std::size_t c = 0; c < rows.classes; ++c) y[c] = x[c] - normaliser;
    }
  }
  template <class T>
  static Contributions<T> backward(const Call<T>& call, const Tensor<T>& out, const Tensor<T>& upstream,
                                   Wanted wanted) {
    Contributions<T> contributions(1);
    if (!wants(wanted, 0)) return contributions;
    const Rows rows = rows_of(call[0].shape());
    Tensor<T>& dx = contributions[0].emplace(upstream);
    for (std::size_t r = 0; r < rows.count; ++r) {
      const std::size_t start = r * rows.classes;
      T sum = 0;
      for (std::size_t c = 0; c < rows.classes; ++c) sum += upstream[start + c];
      for (std::size_t c = 0; c < rows.classes; ++c) dx[start + c] -= std::exp(out[start + c]) * sum;
    }
    return contributions;
  }
  template <class T>
  static Tensor<T> tangent(const Call<T>& call, const Tensor<T>& out, Tangents<T> tangents) {
    const Rows rows = rows_of(call[0].shape());
    Tensor<T> tangent(*tangents[0]);
    for (std::size_t r = 0; r < rows.count; ++r) {
      const std::size_t start = r * rows.classes;
      T mean = 0;
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
constinit const Op log_softmax_op = with_rules<LogSoftmaxRule>({
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
constinit const Rule<float> log_softmax_f32 = rule_of<LogSoftmaxRule, float>();

}  // namespace backprop
