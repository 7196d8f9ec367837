#pragma once

#include "backprop/op.h"

namespace backprop {

/// What `batch_norm` uses where its attributes do not say otherwise: the book's numbers.
inline constexpr double kBatchNormEpsilon = 1e-6;
inline constexpr double kBatchNormMomentum = 0.9;

/// The statistics of one batch, or the running ones: a number for each channel.
struct BatchStatistics {
  Tensor mean;      ///< [channels]
  Tensor variance;  ///< [channels], Σ (x − μ)² / m
};

/// Over the batch, and over the positions of images.
///   shapes  x [n, channels] or [n, channels, …]
///   errors  ShapeMismatch for a vector or a scalar
[[nodiscard]] BatchStatistics batch_statistics(const Tensor& x);

/// momentum · running + (1 − momentum) · batch: the running statistics after one more training batch. Rules change no
/// input, so whoever trains writes this to the nodes at the slots `running_mean` and `running_var` after each
/// iteration. `attributes` are those of the batch_norm node, for its momentum.
///   shapes  x as above; running [channels] each
///   errors  ShapeMismatch
///   source  Saitoh (2016), §6.3 and common/layers.py
[[nodiscard]] BatchStatistics updated_running_statistics(const BatchStatistics& running, const Tensor& x,
                                                         const Attributes& attributes = {});

}  // namespace backprop
