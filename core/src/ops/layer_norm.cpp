#include "backprop/error.h"

#include "ops/norm_rule.h"
#include "ops/op_list.h"

namespace backprop {

Groups layer_groups(const Shape& x) {
  if (x.rank() == 0) {
    refuse(ErrorCode::ShapeMismatch, {"X is a scalar; layer_norm takes rows, such as [n, features]. Reshape X."});
  }
  const auto features = static_cast<std::size_t>(x.back());
  return {.outer = 1, .groups = features == 0 ? 0 : static_cast<std::size_t>(x.count()) / features, .inner = features};
}

namespace {

struct Samples {
  static constexpr double kEpsilon = kLayerNormEpsilon;

  static Groups groups(const Shape& x) { return layer_groups(x); }
  static std::size_t scale(const Groups& groups, std::size_t i, std::size_t) { return i % groups.inner; }
  static bool own(const Attributes&) { return true; }
  static Moments moments(const Call& call, const Groups& groups) { return moments_of(call[0], groups); }
};

Shape layer_shape(const ShapeCall& call) {
  static_cast<void>(layer_groups(call[0]));
  const Shape features{call[0].back()};
  for (std::size_t slot = 1; slot < 3; ++slot) {
    if (call[slot] == features) continue;
    refuse(ErrorCode::ShapeMismatch,
           {slot == 1 ? "gamma" : "beta", " is ", call[slot], " but X is ", call[0], "; it needs shape ", features,
            ", one number for each feature of the last axis."});
  }
  return call[0];
}

}  // namespace

/// Y = γ (X − μ) / √(σ² + ε) + β with μ and σ² of each row along the last axis; every sample stands alone.
///   shapes  X [features] or [n, features] or more; gamma, beta [features] → Y as X
///   errors  ShapeMismatch
///   source  Ba, Kiros and Hinton (2016). A row of equal numbers gives β
constinit const Op layer_norm_op = with_rule<NormRule<Samples>>({
    .name = "layer_norm",
    .symbol = "",
    .title = "Layer Norm",
    .category = Category::Normalisation,
    .slots = {{.name = "X", .combine = Combine::Rule, .kept = keeps_inputs(0b011)},
              {.name = "gamma", .combine = Combine::Rule, .kept = keeps_inputs(0b001)},
              {.name = "beta", .combine = Combine::Sum}},
    .output = "Y",
    .attributes = {epsilon_attribute(Samples::kEpsilon)},
    .formulas = norm_formulas(0),
    .infer_shape = layer_shape,
});

}  // namespace backprop
