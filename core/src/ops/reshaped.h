#pragma once

#include "ops/rule.h"

namespace backprop {

/// The same elements in the same order, in the shape that the op's shape rule says; the gradient goes back into x's.
template <class Derived>
struct ReshapedRule : NoLocal, LinearTangent<Derived> {
  static void forward(const Call& call, Tensor& out) { out = call[0].reshaped(out.shape()); }
  static Contributions backward(const Call& call, const Tensor&, const Tensor& upstream, Wanted wanted) {
    Contributions contributions(1);
    if (wants(wanted, 0)) contributions[0] = upstream.reshaped(call[0].shape());
    return contributions;
  }
};

}  // namespace backprop
