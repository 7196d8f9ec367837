#pragma once

#include "backprop/tensor.h"

#include <memory>
#include <string_view>
#include <vector>

namespace backprop {

/// Changes one parameter after another from its gradient. `state` tensors (velocity, moments) are made on first use and
/// belong to the optimizer, in the order of the parameters.
class Optimizer {
 public:
  virtual ~Optimizer() = default;
  /// Begins iteration `iteration` (from 1): Adam's bias correction needs to know it.
  virtual void begin(int iteration, float learning_rate) = 0;
  /// parameter ← parameter − step(gradient); both have the same shape. `index` names the parameter between calls.
  virtual void update(std::size_t index, Tensor<float>& parameter, const Tensor<float>& gradient) = 0;
};

/// "sgd", "momentum" (0.9), "nesterov" (0.9), "adagrad" (ε 1e-7), "rmsprop" (decay 0.99), "adam" (0.9, 0.999).
///   errors  InvalidAttribute for another name
///   source  Saitoh, Deep Learning from Scratch (2016), §6.1; common/optimizer.py of its repository
[[nodiscard]] std::unique_ptr<Optimizer> make_optimizer(std::string_view name);

}  // namespace backprop
