#include "backprop/error.h"

#include "ops/op_list.h"
#include "ops/reduction.h"

#include <cmath>

namespace backprop {

namespace {

Shape largest_shape(const ShapeCall& call) {
  const Shape result = reduction_shape(call);
  if (call[0].count() == 0 && result.count() > 0) {
    refuse(ErrorCode::ShapeMismatch,
           {"x is ", call[0], "; nothing is the largest of no numbers. Reduce an axis that is not empty."});
  }
  return result;
}

/// For each result, where in x its number stands: the first of equal ones, and NaN before all, as NumPy's argmax.
std::vector<std::size_t> winners(const Call& call, std::size_t results) {
  const Tensor& x = call[0];
  std::vector<std::size_t> at(results, x.size());
  for_each_broadcast(x.shape(), reduced_shape(x.shape(), call.attributes), x.shape(),
                     [&](std::size_t i, std::size_t result, std::size_t) {
                       std::size_t& best = at[result];
                       if (best == x.size() || x[i] > x[best] || (std::isnan(x[i]) && !std::isnan(x[best]))) best = i;
                     });
  return at;
}

struct MaxRule {
  static void forward(const Call& call, Tensor& out) {
    const std::vector<std::size_t> at = winners(call, out.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = call[0][at[i]];
  }
  static Contributions backward(const Call& call, const Tensor& out, const Tensor& upstream, Wanted wanted) {
    Contributions contributions(1);
    if (!wants(wanted, 0)) return contributions;
    const std::vector<std::size_t> at = winners(call, out.size());
    Tensor& dx = contributions[0].emplace(call[0].shape());
    for (std::size_t i = 0; i < at.size(); ++i) dx[at[i]] = upstream[i];
    return contributions;
  }
  /// 1 at the winners.
  static std::optional<Tensor> local(const Call& call, const Tensor& out, std::size_t) {
    Tensor local(call[0].shape());
    for (const std::size_t at : winners(call, out.size())) local[at] = 1;
    return local;
  }
  static Tensor tangent(const Call& call, const Tensor& out, Tangents tangents) {
    const std::vector<std::size_t> at = winners(call, out.size());
    Tensor tangent(out.shape());
    for (std::size_t i = 0; i < at.size(); ++i) tangent[i] = (*tangents[0])[at[i]];
    return tangent;
  }
};

}  // namespace

/// y = the largest x over `axis` (all axes without it); NaN where one of them is.
///   shapes  x [a, b, …] → y without the reduced axes (extent 1 with keepdims)
///   kink    where two numbers are equal and largest: the first one wins and takes the whole gradient
///   errors  InvalidAttribute for an axis that x does not have, ShapeMismatch for the largest of no numbers
constinit const Op max_op = with_rule<MaxRule>({
    .name = "max",
    .symbol = "max",
    .title = "Max",
    .category = Category::Reduction,
    .slots = {{.name = "x", .combine = Combine::Times, .kept = keeps_inputs(0b1)}},
    .output = "y",
    .attributes = reduction_attributes(),
    .formulas = {.value = R"(\max_i x_i)",
                 .local = {R"([x_i = y])"},
                 .backward = {R"(\frac{\partial L}{\partial y} \cdot [x_i = y])"}},
    .kinks = R"(x_i = x_j)",
    .keeps = "argmax",
    .infer_shape = largest_shape,
});

}  // namespace backprop
