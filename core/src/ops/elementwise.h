#pragma once

#include "ops/rule.h"
#include "tensor/broadcasting.h"

namespace backprop {

/// y = f(x) element by element. `F` gives `value(x)` and `local(x, y)` = dy/dx; the record's local derivative, the
/// contribution and the tangent are all made from the same `local`.
template <class F>
struct UnaryRule : FromLocal<UnaryRule<F>> {
  template <class T>
  static void forward(const Call<T>& call, Tensor<T>& out) {
    const T* x = call[0].data();
    T* y = out.data();
    for (std::size_t i = 0, n = out.size(); i < n; ++i) y[i] = F::value(x[i]);
  }
  template <class T>
  static std::optional<Tensor<T>> local(const Call<T>& call, const Tensor<T>& out, std::size_t) {
    const T* x = call[0].data();
    const T* y = out.data();
    Tensor<T> local(out.shape());
    T* to = local.data();
    for (std::size_t i = 0, n = out.size(); i < n; ++i) to[i] = F::local(x[i], y[i]);
    return local;
  }
};

/// z = f(x, y) with NumPy broadcasting. `F` gives `value(x, y)`, `local_x(x, y, z)` = ∂z/∂x and `local_y(x, y, z)` =
/// ∂z/∂y.
template <class F>
struct BinaryRule : FromLocal<BinaryRule<F>> {
  template <class T>
  static void forward(const Call<T>& call, Tensor<T>& out) {
    const Tensor<T>& x = call[0];
    const Tensor<T>& y = call[1];
    visit(call, out, [&](std::size_t i, std::size_t a, std::size_t b) { out[i] = F::value(x[a], y[b]); });
  }
  template <class T>
  static std::optional<Tensor<T>> local(const Call<T>& call, const Tensor<T>& out, std::size_t slot) {
    const Tensor<T>& x = call[0];
    const Tensor<T>& y = call[1];
    Tensor<T> local(out.shape());
    if (slot == 0) {
      visit(call, out, [&](std::size_t i, std::size_t a, std::size_t b) { local[i] = F::local_x(x[a], y[b], out[i]); });
    } else {
      visit(call, out, [&](std::size_t i, std::size_t a, std::size_t b) { local[i] = F::local_y(x[a], y[b], out[i]); });
    }
    return local;
  }

 private:
  template <class T, class Visit>
  static void visit(const Call<T>& call, const Tensor<T>& out, Visit visit) {
    if (call[0].shape() == out.shape() && call[1].shape() == out.shape()) {
      for (std::size_t i = 0; i < out.size(); ++i) visit(i, i, i);
    } else {
      for_each_broadcast(out.shape(), call[0].shape(), call[1].shape(), visit);
    }
  }
};

/// The same functions for single numbers.
template <class F>
[[nodiscard]] constexpr ScalarRule unary_scalar() {
  return {.value = [](double x, double) { return F::value(x); },
          .local = {[](double x, double, double z) { return F::local(x, z); }}};
}
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
  return with_rules<UnaryRule<F>>(op);
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
  return with_rules<BinaryRule<F>>(op);
}

}  // namespace backprop
