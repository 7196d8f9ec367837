#include "backprop/error.h"

#include "ops/op_list.h"
#include "ops/product.h"
#include "ops/rule.h"

namespace backprop {

Product product_of(const Shape& x, const Shape& w) {
  if (x.rank() < 1 || x.rank() > 2 || w.rank() < 1 || w.rank() > 2) {
    refuse(ErrorCode::ShapeMismatch, {"X is ", x, " and W is ", w,
                                      "; a matrix product takes vectors and matrices (rank 1 or 2). Reshape first."});
  }
  const std::int64_t k = x.back();
  if (w[0] != k) {
    refuse(ErrorCode::ShapeMismatch, {"X is ", x, " but W is ", w, "; W needs ", k, " rows.",
                                      (w.rank() == 2 && w[1] == k ? " Transpose W or connect it to another node."
                                                                  : " Change one of the two shapes.")});
  }
  std::vector<std::int64_t> result;
  if (x.rank() == 2) result.push_back(x[0]);
  if (w.rank() == 2) result.push_back(w[1]);
  return {.n = static_cast<std::size_t>(x.rank() == 2 ? x[0] : 1),
          .k = static_cast<std::size_t>(k),
          .m = static_cast<std::size_t>(w.rank() == 2 ? w[1] : 1),
          .result = Shape(result)};
}

namespace {

struct MatMulRule : ProductTangent<MatMulRule> {
  template <class T>
  static void forward(const Call<T>& call, Tensor<T>& out) {
    const Product p = product_of(call[0].shape(), call[1].shape());
    product_forward(p, call[0], call[1], out);
  }
  template <class T>
  static Contributions<T> backward(const Call<T>& call, const Tensor<T>&, const Tensor<T>& upstream, Wanted wanted) {
    const Product p = product_of(call[0].shape(), call[1].shape());
    Contributions<T> contributions(2);
    if (wants(wanted, 0)) contributions[0] = product_to_x(p, call[0].shape(), call[1], upstream);
    if (wants(wanted, 1)) contributions[1] = product_to_w(p, call[1].shape(), call[0], upstream);
    return contributions;
  }
  template <class T>
  static std::optional<Tensor<T>> local(const Call<T>& call, const Tensor<T>&, std::size_t slot) {
    const Product p = product_of(call[0].shape(), call[1].shape());
    return slot == 0 ? transposed(call[1], p.k, p.m) : transposed(call[0], p.n, p.k);
  }
};

}  // namespace

/// Y = X · W.
///   shapes  X [n, k] or [k], W [k, m] or [k] → Y [n, m] without the axes of vectors
///   errors  ShapeMismatch if the columns of X are not the rows of W
///   source  Saitoh (2016), §5.6
constinit const Op matmul_op = with_rules<MatMulRule>({
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
constinit const Rule<float> matmul_f32 = rule_of<MatMulRule, float>();

}  // namespace backprop
