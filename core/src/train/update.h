#pragma once

#include "backprop/trainer.h"

#include <memory>
#include <span>
#include <vector>

namespace backprop {

/// A parameter and its gradient, as an update sees them.
struct UpdateItem {
  std::span<float> parameter;
  std::span<const float> gradient;
  bool decays;  ///< weight decay applies: weights do, biases, γ and β do not
};

/// The way of all gradients of one iteration to their parameters, in this order:
///   1. clip_value   every element into [−c, c]
///   2. clip_norm    all gradients scaled together, where their common norm is over c, to norm c
///   3. decay        g + λ w + λ₁ sign(w) on weights; with adamw w ← w − η λ w instead, past the optimizer
///   4. the optimizer's rule
class Updater {
 public:
  /// Throws OutOfRange or InvalidAttribute for options outside their ranges.
  explicit Updater(const TrainOptions& options);

  /// `iteration` counts from 1. Items come in the same order at every call.
  void apply(std::int64_t iteration, double learning_rate, std::span<const UpdateItem> items);
  /// w ← w − η g and nothing else: whoever computes g may do it in the same pass.
  [[nodiscard]] bool is_plain_descent() const noexcept {
    return rule_.name == "sgd" && decay_ == 0 && l1_ == 0 && clip_value_ == 0 && clip_norm_ == 0;
  }
  /// Forgets velocities and moments.
  void reset();

 private:
  [[nodiscard]] double norm_scale(std::span<const UpdateItem> items) const;

  OptimizerOptions rule_;
  std::unique_ptr<Optimizer> optimizer_;
  float decay_ = 0;
  float l1_ = 0;
  float clip_value_ = 0;
  double clip_norm_ = 0;
  bool decoupled_ = false;
  std::vector<float> changed_;  ///< a gradient after steps 1 to 3, where they change it
};

/// Learning rate at `iteration` (from 0) of the options' schedule, given the present base rate.
[[nodiscard]] double scheduled_rate(const TrainOptions& options, std::int64_t iteration);

/// Throws OutOfRange for a schedule that lacks what it needs.
void check_schedule(const TrainOptions& options);

}  // namespace backprop
