#include "backprop/error.h"

#include "ops/op_list.h"
#include "ops/product.h"
#include "ops/rule.h"

namespace backprop {

namespace {

Shape affine_shape(const ShapeCall& call) {
  if (call[1].rank() != 2) {
    refuse(ErrorCode::ShapeMismatch, {"W is ", call[1], "; the weights of Affine are a matrix [k, m]. Reshape W."});
  }
  const Product p = product_of(call[0], call[1]);
  if (!(call[2] == Shape{call[1][1]})) {
    refuse(ErrorCode::ShapeMismatch,
           {"B is ", call[2], " but W is ", call[1], "; B needs shape [", p.m, "], one bias for each column of W."});
  }
  return p.result;
}

struct AffineRule : ProductTangent<AffineRule> {
  static void forward(const Call& call, Tensor& out) {
    const Product p = product_of(call[0].shape(), call[1].shape());
    product_forward(p, call[0], call[1], out);
    const double* bias = call[2].data();
    for (std::size_t row = 0; row < p.n; ++row) {
      double* y = out.data() + row * p.m;
      for (std::size_t j = 0; j < p.m; ++j) y[j] += bias[j];
    }
  }
  static Contributions backward(const Call& call, const Tensor&, const Tensor& upstream, Wanted wanted) {
    const Product p = product_of(call[0].shape(), call[1].shape());
    Contributions contributions(3);
    if (wants(wanted, 0)) contributions[0] = product_to_x(p, call[0].shape(), call[1], upstream);
    if (wants(wanted, 1)) contributions[1] = product_to_w(p, call[1].shape(), call[0], upstream);
    if (wants(wanted, 2)) contributions[2] = sum_to(upstream, call[2].shape());
    return contributions;
  }
  static std::optional<Tensor> local(const Call& call, const Tensor&, std::size_t slot) {
    const Product p = product_of(call[0].shape(), call[1].shape());
    if (slot == 0) return transposed(call[1], p.k, p.m);
    if (slot == 1) return transposed(call[0], p.n, p.k);
    return std::nullopt;
  }
};

}  // namespace

/// Y = X · W + B, the bias added to every row.
///   shapes  X [n, k] or [k], W [k, m], B [m] → Y [n, m] or [m]
///   errors  ShapeMismatch if the columns of X are not the rows of W, or B is not one bias a column
///   source  Saitoh (2016), §5.6: dX = dY · Wᵀ, dW = Xᵀ · dY, dB = the sum of dY over the batch
constinit const Op affine_op = with_rule<AffineRule>({
    .name = "affine",
    .symbol = "",
    .title = "Affine",
    .category = Category::Linear,
    .slots = {{.name = "X", .combine = Combine::Right, .kept = keeps_inputs(0b010)},
              {.name = "W", .combine = Combine::Left, .kept = keeps_inputs(0b001)},
              {.name = "B", .combine = Combine::Sum}},
    .output = "Y",
    .formulas = {.value = R"(X \cdot W + B)",
                 .local = {R"(W^{\mathsf{T}})", R"(X^{\mathsf{T}})", ""},
                 .backward = {R"(\frac{\partial L}{\partial Y} \cdot W^{\mathsf{T}})",
                              R"(X^{\mathsf{T}} \cdot \frac{\partial L}{\partial Y})",
                              R"(\sum_{\text{batch}} \frac{\partial L}{\partial Y})"}},
    .infer_shape = affine_shape,
});

}  // namespace backprop
