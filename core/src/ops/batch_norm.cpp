#include "backprop/batch_norm.h"

#include "backprop/error.h"

#include "ops/norm_rule.h"
#include "ops/op_list.h"

namespace backprop {

Groups batch_groups(const Shape& x) {
  if (x.rank() < 2) {
    refuse(ErrorCode::ShapeMismatch,
           {"X is ", x, "; batch_norm takes [n, channels] or [n, channels, height, width]. Reshape X."});
  }
  Groups groups{.outer = static_cast<std::size_t>(x[0]), .groups = static_cast<std::size_t>(x[1]), .inner = 1};
  for (std::size_t axis = 2; axis < x.rank(); ++axis) groups.inner *= static_cast<std::size_t>(x[axis]);
  return groups;
}

namespace {

struct Channels {
  static constexpr double kEpsilon = kBatchNormEpsilon;

  static Groups groups(const Shape& x) { return batch_groups(x); }
  static std::size_t scale(const Groups&, std::size_t, std::size_t g) { return g; }
  static bool own(const Attributes& attributes) { return boolean(attributes, "training", true); }
  static Moments moments(const Call& call, const Groups& groups) {
    if (own(call.attributes)) return moments_of(call[0], groups);
    const auto mean = call[3].elements();
    const auto variance = call[4].elements();
    return {{mean.begin(), mean.end()}, {variance.begin(), variance.end()}};
  }
};

Shape norm_shape(const ShapeCall& call) {
  const Shape channels{static_cast<std::int64_t>(Channels::groups(call[0]).groups)};
  constexpr std::array<std::string_view, 5> kNames{"X", "gamma", "beta", "running_mean", "running_var"};
  for (std::size_t slot = 1; slot < 5; ++slot) {
    if (call[slot] == channels) continue;
    refuse(ErrorCode::ShapeMismatch, {kNames[slot], " is ", call[slot], " but X is ", call[0], "; it needs shape ",
                                      channels, ", one number for each channel."});
  }
  return call[0];
}

}  // namespace

BatchStatistics batch_statistics(const Tensor& x) {
  const Groups groups = Channels::groups(x.shape());
  Moments moments = moments_of(x, groups);
  const Shape channels{x.shape()[1]};
  return {Tensor(channels, std::move(moments.mean)), Tensor(channels, std::move(moments.variance))};
}

BatchStatistics updated_running_statistics(const BatchStatistics& running, const Tensor& x,
                                           const Attributes& attributes) {
  BatchStatistics next = batch_statistics(x);
  if (!(running.mean.shape() == next.mean.shape()) || !(running.variance.shape() == next.mean.shape())) {
    refuse(ErrorCode::ShapeMismatch,
           {"The running statistics are ", running.mean.shape(), " and ", running.variance.shape(), " but X is ",
            x.shape(), "; they need one number for each channel."});
  }
  const double momentum = number(attributes, "momentum", kBatchNormMomentum);
  const auto blend = [&](Tensor& batch, const Tensor& before) {
    for (std::size_t i = 0; i < batch.size(); ++i) batch[i] = momentum * before[i] + (1 - momentum) * batch[i];
  };
  blend(next.mean, running.mean);
  blend(next.variance, running.variance);
  return next;
}

/// Y = γ (X − μ) / √(σ² + ε) + β, channel by channel.
///   training      μ and σ² of this batch (over the positions of images too); the gradient flows through them
///   not training  μ and σ² are the running statistics: two more inputs, so that they are nodes like weights, saved
///   with
///                 them and visible. The rule changes no input: see updated_running_statistics
///   shapes  X [n, c] or [n, c, h, w]; gamma, beta, running_mean, running_var [c] → Y as X
///   errors  ShapeMismatch
///   source  Saitoh (2016), §6.3; ε = 10e-7 and momentum 0.9 as in its program. A channel of one number gives β, and
///           gradient 0
constinit const Op batch_norm_op = with_rule<NormRule<Channels>>({
    .name = "batch_norm",
    .symbol = "",
    .title = "Batch Norm",
    .category = Category::Normalisation,
    .slots = {{.name = "X", .combine = Combine::Rule, .kept = keeps_inputs(0b11011)},
              {.name = "gamma", .combine = Combine::Rule, .kept = keeps_inputs(0b11001)},
              {.name = "beta", .combine = Combine::Rule},
              {.name = "running_mean", .combine = Combine::None},
              {.name = "running_var", .combine = Combine::None}},
    .output = "Y",
    .attributes = {epsilon_attribute(kBatchNormEpsilon),
                   {.name = "momentum",
                    .type = AttributeType::Number,
                    .required = false,
                    .meaning = "share of the running statistics that each training batch leaves as it was",
                    .min = 0,
                    .max = 1,
                    .fallback = kBatchNormMomentum},
                   {.name = "training",
                    .type = AttributeType::Boolean,
                    .required = false,
                    .meaning = "use the statistics of the batch instead of the running ones",
                    .fallback = 1}},
    .formulas = norm_formulas(2),
    .infer_shape = norm_shape,
});

}  // namespace backprop
