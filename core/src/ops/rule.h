#pragma once

#include "backprop/op.h"

namespace backprop {

/// Fills the two rules of an op from a struct with templates `forward<T>`, `backward<T>` and `local<T>`.
template <class R, class T>
[[nodiscard]] Rule<T> rule_of() {
  return Rule<T>{
      .forward = &R::template forward<T>, .backward = &R::template backward<T>, .local = &R::template local<T>};
}

/// `op` with the rules of `R`.
template <class R>
[[nodiscard]] Op with_rules(Op op) {
  op.f32 = rule_of<R, float>();
  op.f64 = rule_of<R, double>();
  return op;
}

/// For ops whose local derivative has no short form.
struct NoLocal {
  template <class T>
  static std::optional<Tensor<T>> local(const Call<T>&, const Tensor<T>&, std::size_t) {
    return std::nullopt;
  }
};

}  // namespace backprop
