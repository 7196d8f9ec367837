#pragma once

#include "ops/attributes.h"
#include "ops/normalise.h"
#include "ops/rule.h"

namespace backprop {

inline constexpr double kLayerNormEpsilon = 1e-5;

/// How the two ops lay out their input. Each throws ShapeMismatch for what it does not take.
[[nodiscard]] Groups batch_groups(const Shape& x);
[[nodiscard]] Groups layer_groups(const Shape& x);

/// Of X, gamma and beta, and of as many further slots without a gradient.
[[nodiscard]] constexpr Formulas norm_formulas(std::size_t further) {
  Formulas formulas{
      .value = R"(\gamma \, \hat{X} + \beta, \quad \hat{X} = \frac{X - \mu}{\sqrt{\sigma^2 + \varepsilon}})",
      .local = {"", "", ""},
      .backward = {R"(\frac{1}{\sqrt{\sigma^2 + \varepsilon}} \left( g - \operatorname{mean}(g) - )"
                   R"(\hat{X} \operatorname{mean}(g \hat{X}) \right), \quad g = \gamma \frac{\partial L}{\partial Y})",
                   R"(\sum_{\text{batch}} \frac{\partial L}{\partial Y} \, \hat{X})",
                   R"(\sum_{\text{batch}} \frac{\partial L}{\partial Y})"}};
  formulas.local.resize(3 + further);
  formulas.backward.resize(3 + further);
  return formulas;
}

[[nodiscard]] constexpr AttributeInfo epsilon_attribute(double fallback) {
  return {.name = "eps",
          .type = AttributeType::Number,
          .required = false,
          .meaning = "added to the variance, so that nothing is divided by 0",
          .min = 0,
          .max = 1,
          .fallback = fallback};
}

/// y = γ x̂ + β, the rule of batch_norm and layer_norm. `L` says how the tensor is laid out:
///   `groups(shape)`        which elements are normalised together
///   `scale(groups, i, g)`  which element of γ and β belongs to element i of group g
///   `moments(call, groups)` the mean and variance to use
///   `own(attributes)`      whether those are the moments of x itself, and so move with it
///   `kEpsilon`
template <class L>
struct NormRule : NoLocal {
  struct Parts {
    explicit Parts(const Call& call)
        : groups(L::groups(call[0].shape())),
          moments(L::moments(call, groups)),
          epsilon(number(call.attributes, "eps", L::kEpsilon)),
          own(L::own(call.attributes)) {}
    [[nodiscard]] Tensor normal(const Tensor& x) const { return normalised(x, groups, moments, epsilon); }
    /// How x̂ moves with x; the same forward and backward.
    [[nodiscard]] Tensor through(const Call& call, const Tensor& v) const {
      return own ? moved_with(v, normal(call[0]), groups, moments, epsilon) : scaled_by(v, groups, moments, epsilon);
    }
    Groups groups;
    Moments moments;
    double epsilon;
    bool own;
  };

  static void forward(const Call& call, Tensor& out) {
    const Parts parts(call);
    out = parts.normal(call[0]);
    parts.groups.each([&](std::size_t i, std::size_t g) {
      const std::size_t s = L::scale(parts.groups, i, g);
      out[i] = call[1][s] * out[i] + call[2][s];
    });
  }
  static Contributions backward(const Call& call, const Tensor&, const Tensor& upstream, Wanted wanted) {
    Contributions contributions(call.inputs.size());
    const Parts parts(call);
    const auto scale = [&](std::size_t i, std::size_t g) { return L::scale(parts.groups, i, g); };
    if (wants(wanted, 0)) {
      Tensor to_normal(upstream);
      parts.groups.each([&](std::size_t i, std::size_t g) { to_normal[i] *= call[1][scale(i, g)]; });
      contributions[0] = parts.through(call, to_normal);
    }
    if (wants(wanted, 1)) {
      const Tensor normal = parts.normal(call[0]);
      Tensor& sum = contributions[1].emplace(call[1].shape());
      parts.groups.each([&](std::size_t i, std::size_t g) { sum[scale(i, g)] += upstream[i] * normal[i]; });
    }
    if (wants(wanted, 2)) {
      Tensor& sum = contributions[2].emplace(call[2].shape());
      parts.groups.each([&](std::size_t i, std::size_t g) { sum[scale(i, g)] += upstream[i]; });
    }
    return contributions;
  }
  static Tensor tangent(const Call& call, const Tensor& out, Tangents tangents) {
    const Parts parts(call);
    const auto scale = [&](std::size_t i, std::size_t g) { return L::scale(parts.groups, i, g); };
    Tensor tangent(out.shape());
    if (tangents[0] != nullptr) {
      tangent = parts.through(call, *tangents[0]);
      parts.groups.each([&](std::size_t i, std::size_t g) { tangent[i] *= call[1][scale(i, g)]; });
    }
    if (tangents[1] != nullptr) {
      const Tensor normal = parts.normal(call[0]);
      parts.groups.each([&](std::size_t i, std::size_t g) { tangent[i] += (*tangents[1])[scale(i, g)] * normal[i]; });
    }
    if (tangents[2] != nullptr) {
      parts.groups.each([&](std::size_t i, std::size_t g) { tangent[i] += (*tangents[2])[scale(i, g)]; });
    }
    return tangent;
  }
};

}  // namespace backprop
