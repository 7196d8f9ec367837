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
  template <class T>
  static T factor(const Call<T>& call, const Tensor<T>& out) {
    return F::template factor<T>(call[0].size(), out.size());
  }
  template <class T>
  static void forward(const Call<T>& call, Tensor<T>& out) {
    const Shape shape = out.shape();
    out = sum_to(call[0], reduced_shape(call[0].shape(), call.attributes)).reshaped(shape);
    const T scale = factor(call, out);
    for (T& element : out.elements()) element *= scale;
  }
  template <class T>
  static Contributions<T> backward(const Call<T>& call, const Tensor<T>& out, const Tensor<T>& upstream,
                                   Wanted wanted) {
    Contributions<T> contributions(1);
    if (wants(wanted, 0)) contributions[0] = spread(call, upstream, factor(call, out));
    return contributions;
  }
  template <class T>
  static std::optional<Tensor<T>> local(const Call<T>& call, const Tensor<T>& out, std::size_t) {
    return Tensor<T>(call[0].shape(), factor(call, out));
  }

 private:
  /// Every element that went into a sum receives its gradient.
  template <class T>
  static Tensor<T> spread(const Call<T>& call, const Tensor<T>& upstream, T factor) {
    const Shape& shape = call[0].shape();
    Tensor<T> contribution(shape);
    for_each_broadcast(
        shape, reduced_shape(shape, call.attributes), shape,
        [&](std::size_t i, std::size_t from, std::size_t) { contribution[i] = upstream[from] * factor; });
    return contribution;
  }
};

}  // namespace backprop
