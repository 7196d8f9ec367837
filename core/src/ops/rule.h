#pragma once

#include "backprop/op.h"

namespace backprop {

/// The rules of an op, from a struct with templates `forward<T>`, `backward<T>`, `local<T>` and `tangent<T>`.
template <class R, class T>
[[nodiscard]] constexpr Rule<T> rule_of() {
  return Rule<T>{.forward = &R::template forward<T>,
                 .backward = &R::template backward<T>,
                 .local = &R::template local<T>,
                 .tangent = &R::template tangent<T>};
}

/// `op` with the rules of `R` in double. Those in float are a constant of their own (see op_list.h).
template <class R>
[[nodiscard]] constexpr Op with_rules(Op op) {
  op.f64 = rule_of<R, double>();
  return op;
}

template <class T>
using Forward = void (*)(const Call<T>& call, Tensor<T>& out);
template <class T>
using Local = std::optional<Tensor<T>> (*)(const Call<T>& call, const Tensor<T>& out, std::size_t slot);

/// upstream ⊙ local for every wanted slot, summed to the input's shape where it was broadcast. The local derivative has
/// the shape of the result, or of the input where the result is a scalar.
template <class T>
[[nodiscard]] Contributions<T> times_backward(Local<T> local, const Call<T>& call, const Tensor<T>& out,
                                              const Tensor<T>& upstream, Wanted wanted);
/// Σ local ⊙ tangent over the slots: forward mode of the same ops.
template <class T>
[[nodiscard]] Tensor<T> times_tangent(Local<T> local, const Call<T>& call, const Tensor<T>& out, Tangents<T> tangents);
/// Forward mode of a rule that is linear in its inputs together: the rule itself, of the tangents.
template <class T>
[[nodiscard]] Tensor<T> linear_tangent(Forward<T> forward, const Call<T>& call, const Tensor<T>& out,
                                       Tangents<T> tangents);
/// Forward mode of a product of slots 0 and 1 to which slot 2, where there is one, is added.
template <class T>
[[nodiscard]] Tensor<T> product_tangent(Forward<T> forward, const Call<T>& call, const Tensor<T>& out,
                                        Tangents<T> tangents);

/// For ops whose local derivative has no short form.
struct NoLocal {
  template <class T>
  static std::optional<Tensor<T>> local(const Call<T>&, const Tensor<T>&, std::size_t) {
    return std::nullopt;
  }
};

/// `backward` and `tangent` of a rule `R` whose `local` says all: contribution and record are made from one function,
/// so they cannot drift apart.
template <class R>
struct FromLocal {
  template <class T>
  static Contributions<T> backward(const Call<T>& call, const Tensor<T>& out, const Tensor<T>& upstream,
                                   Wanted wanted) {
    return times_backward<T>(&R::template local<T>, call, out, upstream, wanted);
  }
  template <class T>
  static Tensor<T> tangent(const Call<T>& call, const Tensor<T>& out, Tangents<T> tangents) {
    return times_tangent<T>(&R::template local<T>, call, out, tangents);
  }
};

template <class R>
struct LinearTangent {
  template <class T>
  static Tensor<T> tangent(const Call<T>& call, const Tensor<T>& out, Tangents<T> tangents) {
    return linear_tangent<T>(&R::template forward<T>, call, out, tangents);
  }
};

template <class R>
struct ProductTangent {
  template <class T>
  static Tensor<T> tangent(const Call<T>& call, const Tensor<T>& out, Tangents<T> tangents) {
    return product_tangent<T>(&R::template forward<T>, call, out, tangents);
  }
};

/// For `Slot::kept`.
inline constexpr Kept kKeepsOutput{.output = true};
[[nodiscard]] constexpr Kept keeps_inputs(std::uint32_t slots) { return {.inputs = slots}; }

}  // namespace backprop
