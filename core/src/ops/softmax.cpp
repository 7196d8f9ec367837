#include "ops/op_list.h"
#include "ops/rows.h"
#include "ops/rule.h"

namespace backprop {

namespace {

struct SoftmaxRule : NoLocal {
  template <class T>
  static void forward(const Call<T>& call, Tensor<T>& out) {
    const Rows rows = rows_of(call[0].shape());
    for (std::size_t r = 0; r < rows.count; ++r) {
      const T* x = call[0].data() + r * rows.classes;
      T* y = out.data() + r * rows.classes;
      const T shift = log_sum_exp(x, rows.classes);
      for (std::size_t c = 0; c < rows.classes; ++c) y[c] = std::exp(x[c] - shift);
    }
  }
  template <class T>
  static Contributions<T> backward(const Call<T>& call, const Tensor<T>& out, const Tensor<T>& upstream,
                                   Wanted wanted) {
    Contributions<T> contributions(1);
    if (!wants(wanted, 0)) return contributions;
    const Rows rows = rows_of(call[0].shape());
    Tensor<T> dx(call[0].shape());
    for (std::size_t r = 0; r < rows.count; ++r) {
      const std::size_t start = r * rows.classes;
      T dot = 0;
      for (std::size_t c = 0; c < rows.classes; ++c) dot += upstream[start + c] * out[start + c];
      for (std::size_t c = 0; c < rows.classes; ++c) dx[start + c] = out[start + c] * (upstream[start + c] - dot);
    }
    contributions[0] = std::move(dx);
    return contributions;
  }
  /// The Jacobian diag(y) − y yᵀ is symmetric: J · v and Jᵀ · v are one.
  template <class T>
  static Tensor<T> tangent(const Call<T>& call, const Tensor<T>& out, Tangents<T> tangents) {
    return std::move(*backward(call, out, *tangents[0], kAllSlots)[0]);
  }
};

}  // namespace

/// y = eˣ / Σ eˣ along the last axis, shifted so that nothing overflows.
///   shapes  x [classes] or [n, classes] or more → y the same
///   errors  ShapeMismatch for a scalar or an empty last axis
///   source  Saitoh (2016), §3.5
constinit const Op softmax_op = with_rules<SoftmaxRule>({
    .name = "softmax",
    .symbol = "",
    .title = "Softmax",
    .category = Category::Function,
    .slots = {{.name = "x", .combine = Combine::Rule, .kept = kKeepsOutput}},
    .output = "y",
    .formulas =
        {.value = R"(\frac{e^{x_k}}{\sum_i e^{x_i}})",
         .local = {""},
         .backward =
             {R"(y_k \left( \frac{\partial L}{\partial y_k} - \sum_i \frac{\partial L}{\partial y_i} y_i \right))"}},
    .infer_shape =
        [](const ShapeCall& call) {
          static_cast<void>(rows_of(call[0]));
          return call[0];
        },
});
constinit const Rule<float> softmax_f32 = rule_of<SoftmaxRule, float>();

}  // namespace backprop
