#include "backprop/error.h"

#include "ops/op_list.h"
#include "ops/product.h"
#include "ops/rule.h"

namespace backprop {

namespace {

struct MatMulRule : ProductTangent<MatMulRule> {
  static void forward(const Call& call, Tensor& out) {
    const Product p = product_of(call[0].shape(), call[1].shape());
    product_forward(p, call[0], call[1], out);
  }
  static Contributions backward(const Call& call, const Tensor&, const Tensor& upstream, Wanted wanted) {
    const Product p = product_of(call[0].shape(), call[1].shape());
    Contributions contributions(2);
    if (wants(wanted, 0)) contributions[0] = product_to_x(p, call[0].shape(), call[1], upstream);
    if (wants(wanted, 1)) contributions[1] = product_to_w(p, call[1].shape(), call[0], upstream);
    return contributions;
  }
  static std::optional<Tensor> local(const Call& call, const Tensor&, std::size_t slot) {
    const Product p = product_of(call[0].shape(), call[1].shape());
    return slot == 0 ? transposed(call[1], p.k, p.m) : transposed(call[0], p.n, p.k);
  }
};

}  // namespace

/// Y = X · W.
///   shapes  X [n, k] or [k], W [k, m] or [k] → Y [n, m] without the axes of vectors
///   errors  ShapeMismatch if the columns of X are not the rows of W
///   source  Saitoh (2016), §5.6
constinit const Op matmul_op = with_rule<MatMulRule>({
    .name = "matmul",
    .symbol = "·",
    .title = "Dot",
    .category = Category::Linear,
    .slots = {{.name = "X", .combine = Combine::Right, .kept = keeps_inputs(0b10)},
              {.name = "W", .combine = Combine::Left, .kept = keeps_inputs(0b01)}},
    .output = "Y",
    .formulas = {.value = R"(X \cdot W)",
                 .local = {R"(W^{\mathsf{T}})", R"(X^{\mathsf{T}})"},
                 .backward = {R"(\frac{\partial L}{\partial Y} \cdot W^{\mathsf{T}})",
                              R"(X^{\mathsf{T}} \cdot \frac{\partial L}{\partial Y})"}},
    .infer_shape = [](const ShapeCall& call) { return product_of(call[0], call[1]).result; },
});

}  // namespace backprop
