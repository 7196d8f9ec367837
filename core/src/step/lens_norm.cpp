#include "backprop/batch_norm.h"

#include "ops/attributes.h"
#include "ops/norm_rule.h"
#include "step/lens.h"

#include <cmath>
#include <map>

namespace backprop {

namespace {

using Id = ScalarGraph::Id;

/// The elements of batch_norm and layer_norm in their groups, with the nodes for μ and √(σ² + ε) of a group made once.
class NormLens {
 public:
  NormLens(ScalarGraph& scalars, const Seen& node) : scalars_(scalars), node_(node) {
    const bool batch = node.op.name == "batch_norm";
    const Shape& x = node.inputs[0].shape();
    const double fallback = batch ? kBatchNormEpsilon : kLayerNormEpsilon;
    epsilon_ = number(node.attributes, "eps", fallback);
    own_ = !batch || boolean(node.attributes, "training", true);
    layout_ = batch ? batch_groups(x) : layer_groups(x);
    by_feature_ = !batch;
    Tensor copy(x);
    for (std::size_t i = 0; i < copy.size(); ++i) copy[i] = node.inputs[0].at(i);
    if (own_) {
      moments_ = moments_of(copy, layout_);
    } else {
      for (std::size_t g = 0; g < layout_.groups; ++g) {
        moments_.mean.push_back(node.inputs[3].at(g));
        moments_.variance.push_back(node.inputs[4].at(g));
      }
    }
    normal_ = normalised(copy, layout_, moments_, epsilon_);
  }

  Id value(std::size_t offset) {
    const std::size_t s = scale(offset);
    const Id normal = normal_of(offset);
    const Id scaled = scalars_.apply("mul", {node_.inputs[1].leaf(scalars_, s), normal});
    return scalars_.apply("add", {scaled, node_.inputs[2].leaf(scalars_, s)});
  }

  /// To γ: Σ g x̂; to β: Σ g, over the elements that they scale and shift.
  Id to_scale(const Sent& sent) {
    std::vector<std::size_t> members;
    std::vector<double> values;
    for (std::size_t i = 0; i < normal_.size(); ++i) {
      if (scale(i) != sent.offset) continue;
      members.push_back(i);
      values.push_back(sent.upstream.at(i) * normal_[i]);
    }
    if (sent.slot == 2) return sum_of(scalars_, sent.upstream, members);
    return scalars_.sum(values, [&](std::size_t i) {
      const Id up = sent.upstream.leaf(scalars_, members[i]);
      return scalars_.apply("mul", {up, normal_of(members[i])});
    });
  }

  /// (γ g − mean(γ g) − x̂ mean(γ g x̂)) / √(σ² + ε), the means only where the moments are X's own.
  Id to_x(const Sent& sent) {
    const std::size_t g = group(sent.offset);
    const auto scaled = [&](std::size_t i) {
      return scalars_.apply("mul", {sent.upstream.leaf(scalars_, i), node_.inputs[1].leaf(scalars_, scale(i))});
    };
    Id inner = scaled(sent.offset);
    if (own_) {
      const std::vector<std::size_t> members = members_of(g);
      std::vector<double> plain;
      std::vector<double> along;
      for (const std::size_t i : members) {
        plain.push_back(sent.upstream.at(i) * node_.inputs[1].at(scale(i)));
        along.push_back(plain.back() * normal_[i]);
      }
      const Id mean = over(scalars_.sum(plain, [&](std::size_t i) { return scaled(members[i]); }), members.size());
      inner = scalars_.apply("sub", {inner, mean});
      const auto product = [&](std::size_t i) {
        const Id up = scaled(members[i]);
        return scalars_.apply("mul", {up, normal_of(members[i])});
      };
      const Id stretch = over(scalars_.sum(along, product), members.size());
      const Id normal = normal_of(sent.offset);
      inner = scalars_.apply("sub", {inner, scalars_.apply("mul", {normal, stretch})});
    }
    return scalars_.apply("div", {inner, deviation_of(g)});
  }

 private:
  [[nodiscard]] std::size_t group(std::size_t i) const { return i / layout_.inner % layout_.groups; }
  [[nodiscard]] std::size_t scale(std::size_t i) const { return by_feature_ ? i % layout_.inner : group(i); }
  [[nodiscard]] std::vector<std::size_t> members_of(std::size_t wanted) const {
    std::vector<std::size_t> members;
    layout_.each([&](std::size_t i, std::size_t g) {
      if (g == wanted) members.push_back(i);
    });
    return members;
  }
  Id over(Id sum, std::size_t count) {
    return scalars_.apply("div", {sum, scalars_.constant(static_cast<double>(count))});
  }

  Id mean_of(std::size_t g) {
    if (!own_) return node_.inputs[3].leaf(scalars_, g);
    if (const auto found = means_.find(g); found != means_.end()) return found->second;
    const auto members = members_of(g);
    return means_[g] = over(sum_of(scalars_, node_.inputs[0], members), members.size());
  }

  Id variance_of(std::size_t g) {
    if (!own_) return node_.inputs[4].leaf(scalars_, g);
    const Id mean = mean_of(g);
    const auto members = members_of(g);
    std::vector<double> values;
    for (const std::size_t i : members) values.push_back(std::pow(node_.inputs[0].at(i) - moments_.mean[g], 2));
    const auto square = [&](std::size_t i) {
      return scalars_.apply("square", {scalars_.apply("sub", {node_.inputs[0].leaf(scalars_, members[i]), mean})});
    };
    return over(scalars_.sum(values, square), members.size());
  }

  Id deviation_of(std::size_t g) {
    if (const auto found = deviations_.find(g); found != deviations_.end()) return found->second;
    const Id variance = variance_of(g);
    const Id sum = scalars_.apply("add", {variance, scalars_.constant(epsilon_)});
    return deviations_[g] = scalars_.apply("sqrt", {sum});
  }

  Id normal_of(std::size_t i) {
    const std::size_t g = group(i);
    const Id mean = mean_of(g);
    const Id centred = scalars_.apply("sub", {node_.inputs[0].leaf(scalars_, i), mean});
    return scalars_.apply("div", {centred, deviation_of(g)});
  }

  ScalarGraph& scalars_;
  const Seen& node_;
  Groups layout_;
  Moments moments_;
  Tensor normal_;
  double epsilon_ = 0;
  bool own_ = true;
  bool by_feature_ = false;
  std::map<std::size_t, Id> means_;
  std::map<std::size_t, Id> deviations_;
};

}  // namespace

Id norm_value(ScalarGraph& scalars, const Seen& node, std::size_t offset) {
  return NormLens(scalars, node).value(offset);
}

Id norm_contribution(ScalarGraph& scalars, const Sent& sent) {
  NormLens lens(scalars, sent.node);
  return sent.slot == 0 ? lens.to_x(sent) : lens.to_scale(sent);
}

}  // namespace backprop
