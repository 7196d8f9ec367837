#pragma once

#include "backprop/trainer.h"

#include <span>

namespace backprop {

/// One sample as floats; bytes are divided by 255.
void gather_sample(const Dataset& data, std::int64_t sample, std::span<float> to);

/// The targets of some samples in the shape that the network's loss takes: [n] labels or [n, outputs].
[[nodiscard]] Tensor<float> gather_targets(const Network& network, const Dataset& data,
                                           std::span<const std::int64_t> samples);

}  // namespace backprop
