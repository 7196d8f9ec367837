#pragma once

#include "ops/rule.h"
#include "tensor/broadcasting.h"

namespace backprop {

/// y = f(x) element by element, by the op's `ScalarRule`: the record's local derivative, the contribution and the
/// tangent are all made from the same `local`.
struct UnaryRule : FromLocal<UnaryRule> {
  static void forward(const Call& call, Tensor& out);
  static std::optional<Tensor> local(const Call& call, const Tensor& out, std::size_t slot);
};

/// z = f(x, y) with NumPy broadcasting, likewise.
struct BinaryRule : FromLocal<BinaryRule> {
  static void forward(const Call& call, Tensor& out);
  static std::optional<Tensor> local(const Call& call, const Tensor& out, std::size_t slot);
};

/// `F` gives `value(x)` and `local(x, y)` = dy/dx.
template <class F>
[[nodiscard]] constexpr ScalarRule unary_scalar() {
  return {.value = [](double x, double) { return F::value(x); },
          .local = {[](double x, double, double z) { return F::local(x, z); }}};
}
/// `F` gives `value(x, y)`, `local_x(x, y, z)` = ∂z/∂x and `local_y(x, y, z)` = ∂z/∂y.
template <class F>
[[nodiscard]] constexpr ScalarRule binary_scalar() {
  return {.value = [](double x, double y) { return F::value(x, y); },
          .local = {[](double x, double y, double z) { return F::local_x(x, y, z); },
                    [](double x, double y, double z) { return F::local_y(x, y, z); }}};
}

[[nodiscard]] inline Shape same_shape(const ShapeCall& call) { return call[0]; }
[[nodiscard]] inline Shape broadcast_shape(const ShapeCall& call) { return broadcast(call[0], call[1]); }

/// An op of one input, element by element. `kept` is what its local derivative reads.
template <class F>
[[nodiscard]] constexpr Op unary(Kept kept, Op op) {
  op.slots = {{.name = "x", .combine = Combine::Times, .kept = kept}};
  op.output = "y";
  op.infer_shape = same_shape;
  op.scalar = unary_scalar<F>();
  return with_rule<UnaryRule>(op);
}

/// An op of two inputs with broadcasting. `Sum` instead of `Times` marks a slot whose local derivative is 1.
template <class F>
[[nodiscard]] constexpr Op binary(Op op, Slot x, Slot y) {
  x.name = "x";
  y.name = "y";
  op.slots = {x, y};
  op.output = "z";
  op.infer_shape = broadcast_shape;
  op.scalar = binary_scalar<F>();
  return with_rule<BinaryRule>(op);
}

}  // namespace backprop
