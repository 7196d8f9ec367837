#pragma once

#include "ops/rule.h"

namespace backprop {

/// The same elements in the same order, in the shape that the op's shape rule says; the gradient goes back into x's.
template <class Derived>
struct ReshapedRule : NoLocal, LinearTangent<Derived> {
  template <class T>
  static void forward(const Call<T>& call, Tensor<T>& out) {
    out = call[0].reshaped(out.shape());
  }
  template <class T>
  static Contributions<T> backward(const Call<T>& call, const Tensor<T>&, const Tensor<T>& upstream, Wanted wanted) {
    Contributions<T> contributions(1);
    if (wants(wanted, 0)) contributions[0] = upstream.reshaped(call[0].shape());
    return contributions;
  }
};

}  // namespace backprop
