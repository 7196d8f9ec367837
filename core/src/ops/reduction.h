#pragma once

#include "ops/attributes.h"
#include "ops/rule.h"
#include "tensor/broadcasting.h"

namespace backprop {

/// The input's shape with extent 1 along the reduced axes. Throws InvalidAttribute for an axis that is not there or
/// named twice.
[[nodiscard]] Shape reduced_shape(const Shape& input, const Attributes& attributes);
/// The shape of the result: without the reduced axes, unless `keepdims`.
[[nodiscard]] Shape reduction_shape(const ShapeCall& call);
[[nodiscard]] constexpr Few<AttributeInfo, kMaxAttributes> reduction_attributes() {
  return {{.name = "axis",
           .type = AttributeType::Integers,
           .required = false,
           .meaning = "axes to reduce; without it, all"},
          {.name = "keepdims",
           .type = AttributeType::Boolean,
           .required = false,
           .meaning = "keep reduced axes with extent 1",
           .fallback = 0}};
}

/// Sum over the axes, times `factor(elements per result)`. Both rules of sum and mean.
template <class F>
struct ReductionRule : LinearTangent<ReductionRule<F>> {
  static double factor(const Call& call, const Tensor& out) { return F::factor(call[0].size(), out.size()); }
  static void forward(const Call& call, Tensor& out) {
    const Shape shape = out.shape();
    out = sum_to(call[0], reduced_shape(call[0].shape(), call.attributes)).reshaped(shape);
    const double scale = factor(call, out);
    for (double& element : out.elements()) element *= scale;
  }
  static Contributions backward(const Call& call, const Tensor& out, const Tensor& upstream, Wanted wanted) {
    Contributions contributions(1);
    if (wants(wanted, 0)) contributions[0] = spread(call, upstream, factor(call, out));
    return contributions;
  }
  static std::optional<Tensor> local(const Call& call, const Tensor& out, std::size_t) {
    return Tensor(call[0].shape(), factor(call, out));
  }

 private:
  /// Every element that went into a sum receives its gradient.
  static Tensor spread(const Call& call, const Tensor& upstream, double factor) {
    const Shape& shape = call[0].shape();
    Tensor contribution(shape);
    for_each_broadcast(
        shape, reduced_shape(shape, call.attributes), shape,
        [&](std::size_t i, std::size_t from, std::size_t) { contribution[i] = upstream[from] * factor; });
    return contribution;
  }
};

}  // namespace backprop
