#pragma once

#include "backprop/trainer.h"

#include "plan/plan.h"

#include <span>

namespace backprop {

/// Throws TooLarge, before anything is made, where the layers would not fit with a batch of that size.
void check_batch(const Network& network, std::int64_t rows);

/// One sample as floats; bytes are divided by 255.
void gather_sample(const Dataset& data, std::int64_t sample, std::span<float> to);

/// The samples of a data set as a plan gathers them.
[[nodiscard]] inline plan::Samples samples_of(const Dataset& data) {
  return data.pixels.empty() ? plan::Samples{.numbers = data.samples.data()}
                             : plan::Samples{.bytes = data.pixels.data()};
}
/// Labels or targets of some samples, into the plan.
void load_answers(plan::Plan& plan, const Network& network, const Dataset& data, std::span<const std::int64_t> samples);

/// The targets of some samples in the shape that the network's loss takes: [n] labels or [n, outputs] targets.
[[nodiscard]] Tensor gather_targets(const Network& network, const Dataset& data, std::span<const std::int64_t> samples);

}  // namespace backprop
