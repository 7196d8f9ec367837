#pragma once

#include "backprop/op.h"

namespace backprop {

/// The rule of an op, from a struct with functions `forward`, `backward`, `local` and `tangent`.
template <class R>
[[nodiscard]] constexpr Rule rule_of() {
  return Rule{.forward = &R::forward, .backward = &R::backward, .local = &R::local, .tangent = &R::tangent};
}

/// `op` with the rule of `R`.
template <class R>
[[nodiscard]] constexpr Op with_rule(Op op) {
  op.rule = rule_of<R>();
  return op;
}

using Forward = void (*)(const Call& call, Tensor& out);
using Local = std::optional<Tensor> (*)(const Call& call, const Tensor& out, std::size_t slot);

/// upstream ⊙ local for every wanted slot, summed to the input's shape where it was broadcast. The local derivative has
/// the shape of the result, or of the input where the result is a scalar.
[[nodiscard]] Contributions times_backward(Local local, const Call& call, const Tensor& out, const Tensor& upstream,
                                           Wanted wanted);
/// Σ local ⊙ tangent over the slots: forward mode of the same ops.
[[nodiscard]] Tensor times_tangent(Local local, const Call& call, const Tensor& out, Tangents tangents);
/// Forward mode of a rule that is linear in its inputs together: the rule itself, of the tangents.
[[nodiscard]] Tensor linear_tangent(Forward forward, const Call& call, const Tensor& out, Tangents tangents);
/// Forward mode of a product of slots 0 and 1 to which slot 2, where there is one, is added.
[[nodiscard]] Tensor product_tangent(Forward forward, const Call& call, const Tensor& out, Tangents tangents);

/// For ops whose local derivative has no short form.
struct NoLocal {
  static std::optional<Tensor> local(const Call&, const Tensor&, std::size_t) { return std::nullopt; }
};

/// `backward` and `tangent` of a rule `R` whose `local` says all: contribution and record are made from one function,
/// so they cannot drift apart.
template <class R>
struct FromLocal {
  static Contributions backward(const Call& call, const Tensor& out, const Tensor& upstream, Wanted wanted) {
    return times_backward(&R::local, call, out, upstream, wanted);
  }
  static Tensor tangent(const Call& call, const Tensor& out, Tangents tangents) {
    return times_tangent(&R::local, call, out, tangents);
  }
};

template <class R>
struct LinearTangent {
  static Tensor tangent(const Call& call, const Tensor& out, Tangents tangents) {
    return linear_tangent(&R::forward, call, out, tangents);
  }
};

template <class R>
struct ProductTangent {
  static Tensor tangent(const Call& call, const Tensor& out, Tangents tangents) {
    return product_tangent(&R::forward, call, out, tangents);
  }
};

/// For `Slot::kept`.
inline constexpr Kept kKeepsOutput{.output = true};
[[nodiscard]] constexpr Kept keeps_inputs(std::uint32_t slots) { return {.inputs = slots}; }

}  // namespace backprop
