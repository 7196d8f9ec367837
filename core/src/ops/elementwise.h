#pragma once

#include "ops/rule.h"
#include "tensor/broadcasting.h"

namespace backprop {

/// y = f(x) element by element. `F` gives `value(x)` and `local(x, y)` = dy/dx; both the record's local derivative and
/// the contribution come from the same `local`, so they cannot drift apart.
template <class F>
struct UnaryRule {
  template <class T>
  static void forward(const Call<T>& call, Tensor<T>& out) {
    const Tensor<T>& x = call[0];
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = F::value(x[i]);
  }
  template <class T>
  static Contributions<T> backward(const Call<T>& call, const Tensor<T>& out, const Tensor<T>& upstream,
                                   Wanted wanted) {
    if (!wants(wanted, 0)) return Contributions<T>(1);
    const Tensor<T>& x = call[0];
    Tensor<T> contribution(x.shape());
    for (std::size_t i = 0; i < out.size(); ++i) contribution[i] = upstream[i] * F::local(x[i], out[i]);
    return {std::move(contribution)};
  }
  template <class T>
  static std::optional<Tensor<T>> local(const Call<T>& call, const Tensor<T>& out, std::size_t) {
    const Tensor<T>& x = call[0];
    Tensor<T> local(x.shape());
    for (std::size_t i = 0; i < out.size(); ++i) local[i] = F::local(x[i], out[i]);
    return local;
  }
};

/// z = f(x, y) with NumPy broadcasting. `F` gives `value(x, y)`, `local_x(x, y, z)` = ∂z/∂x and `local_y(x, y, z)` =
/// ∂z/∂y.
template <class F>
struct BinaryRule {
  template <class T>
  static void forward(const Call<T>& call, Tensor<T>& out) {
    const Tensor<T>& x = call[0];
    const Tensor<T>& y = call[1];
    visit(call, out, [&](std::size_t i, std::size_t a, std::size_t b) { out[i] = F::value(x[a], y[b]); });
  }
  template <class T>
  static Contributions<T> backward(const Call<T>& call, const Tensor<T>& out, const Tensor<T>& upstream,
                                   Wanted wanted) {
    Contributions<T> contributions(2);
    for (std::size_t slot = 0; slot < 2; ++slot) {
      if (!wants(wanted, slot)) continue;
      Tensor<T> product = *local(call, out, slot);
      for (std::size_t i = 0; i < product.size(); ++i) product[i] = upstream[i] * product[i];
      contributions[slot] = sum_to(product, call[slot].shape());
    }
    return contributions;
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

[[nodiscard]] inline Shape same_shape(const ShapeCall& call) { return call[0]; }
[[nodiscard]] inline Shape broadcast_shape(const ShapeCall& call) { return broadcast(call[0], call[1]); }

/// An op of one input, element by element.
template <class F>
[[nodiscard]] Op unary(Op op) {
  op.slots = {{.name = "x", .combine = Combine::Times}};
  op.output = "y";
  op.infer_shape = same_shape;
  return with_rules<UnaryRule<F>>(std::move(op));
}

/// An op of two inputs with broadcasting. `Sum` instead of `Times` marks a slot whose local derivative is 1.
template <class F>
[[nodiscard]] Op binary(Op op, Combine x = Combine::Times, Combine y = Combine::Times) {
  op.slots = {{.name = "x", .combine = x}, {.name = "y", .combine = y}};
  op.output = "z";
  op.infer_shape = broadcast_shape;
  return with_rules<BinaryRule<F>>(std::move(op));
}

}  // namespace backprop
