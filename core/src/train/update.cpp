#include "train/update.h"

#include "backprop/error.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace backprop {

namespace {

/// AdamW's authors and everybody's programs decay by this unless told otherwise.
constexpr double kAdamWDecay = 0.01;
constexpr double kMaxAmount = 1e6;

double amount(const char* name, double value) {
  if (value >= 0 && value <= kMaxAmount) return value;
  refuse(ErrorCode::OutOfRange, {"The ", name, " must be a number from 0 to 1e6; 0 switches it off."});
}

}  // namespace

Updater::Updater(const TrainOptions& options)
    : rule_(options.rule),
      l1_(static_cast<float>(amount("L1 weight decay", options.l1))),
      clip_value_(static_cast<float>(amount("clipping value", options.clip_value))),
      clip_norm_(amount("clipping norm", options.clip_norm)),
      decoupled_(options.optimizer == "adamw") {
  rule_.name = options.optimizer;
  decay_ = static_cast<float>(amount("weight decay", options.weight_decay.value_or(decoupled_ ? kAdamWDecay : 0)));
  reset();
}

void Updater::reset() { optimizer_ = make_optimizer(rule_); }

double Updater::norm_scale(std::span<const UpdateItem> items) const {
  double squares = 0;
  for (const UpdateItem& item : items) {
    for (const float g : item.gradient) {
      const double clipped = clip_value_ > 0 ? std::clamp(g, -clip_value_, clip_value_) : g;
      squares += clipped * clipped;
    }
  }
  const double norm = std::sqrt(squares);
  return norm > clip_norm_ ? clip_norm_ / norm : 1;
}

void Updater::apply(std::int64_t iteration, double learning_rate, std::span<const UpdateItem> items) {
  const auto rate = static_cast<float>(learning_rate);
  const auto scale = static_cast<float>(clip_norm_ > 0 ? norm_scale(items) : 1);
  optimizer_->begin(iteration, rate);
  for (std::size_t index = 0; index < items.size(); ++index) {
    const auto& [w, g, decays] = items[index];
    const float l2 = decays && !decoupled_ ? decay_ : 0;
    const float l1 = decays ? l1_ : 0;
    if (decays && decoupled_ && decay_ > 0) {
      const float stays = 1 - rate * decay_;
      for (float& each : w) each *= stays;
    }
    if (clip_value_ == 0 && scale == 1 && l2 == 0 && l1 == 0) {
      optimizer_->update(index, w, g);
      continue;
    }
    changed_.resize(std::max(changed_.size(), g.size()));
    for (std::size_t i = 0; i < g.size(); ++i) {
      float each = g[i];
      if (clip_value_ > 0) each = std::clamp(each, -clip_value_, clip_value_);
      each *= scale;
      if (l2 > 0) each += l2 * w[i];
      if (l1 > 0) each += l1 * static_cast<float>((w[i] > 0) - (w[i] < 0));
      changed_[i] = each;
    }
    optimizer_->update(index, w, std::span(changed_).first(g.size()));
  }
}

}  // namespace backprop
