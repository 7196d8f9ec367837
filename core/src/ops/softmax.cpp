#include "ops/op_list.h"
#include "ops/rows.h"
#include "ops/rule.h"

namespace backprop {

namespace {

struct SoftmaxRule : NoLocal {
  static void forward(const Call& call, Tensor& out) {
    const Rows rows = rows_of(call[0].shape());
    for (std::size_t r = 0; r < rows.count; ++r) {
      const double* x = call[0].data() + r * rows.classes;
      double* y = out.data() + r * rows.classes;
      const double shift = log_sum_exp(x, rows.classes);
      for (std::size_t c = 0; c < rows.classes; ++c) y[c] = std::exp(x[c] - shift);
    }
  }
  static Contributions backward(const Call& call, const Tensor& out, const Tensor& upstream, Wanted wanted) {
    Contributions contributions(1);
    if (!wants(wanted, 0)) return contributions;
    const Rows rows = rows_of(call[0].shape());
    Tensor dx(call[0].shape());
    for (std::size_t r = 0; r < rows.count; ++r) {
      const std::size_t start = r * rows.classes;
      double dot = 0;
      for (std::size_t c = 0; c < rows.classes; ++c) dot += upstream[start + c] * out[start + c];
      for (std::size_t c = 0; c < rows.classes; ++c) dx[start + c] = out[start + c] * (upstream[start + c] - dot);
    }
    contributions[0] = std::move(dx);
    return contributions;
  }
  /// The Jacobian diag(y) − y yᵀ is symmetric: J · v and Jᵀ · v are one.
  static Tensor tangent(const Call& call, const Tensor& out, Tangents tangents) {
    return std::move(*backward(call, out, *tangents[0], kAllSlots)[0]);
  }
};

}  // namespace

/// y = eˣ / Σ eˣ along the last axis, shifted so that nothing overflows.
///   shapes  x [classes] or [n, classes] or more → y the same
///   errors  ShapeMismatch for a scalar or an empty last axis
///   source  Saitoh (2016), §3.5
constinit const Op softmax_op = with_rule<SoftmaxRule>({
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

}  // namespace backprop
