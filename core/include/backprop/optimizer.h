#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

/// A rule and its hyper-parameters; the defaults are the book's. A rule looks only at those that it has.
struct OptimizerOptions {
  std::string name = "sgd";  ///< sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw
  double momentum = 0.9;     ///< momentum, nesterov: how much of the velocity stays, 0 to below 1
  double decay = 0.99;       ///< rmsprop: how much of the mean square stays, 0 to below 1
  double beta1 = 0.9;        ///< adam, adamw: the same of the first moment
  double beta2 = 0.999;      ///< adam, adamw: and of the second
  double epsilon = 1e-7;     ///< adagrad, rmsprop, adam, adamw: added to the root, above 0
};

/// Changes one parameter after another from its gradient. State (velocity, moments) is made on first use and belongs
/// to the optimizer.
class Optimizer {
 public:
  virtual ~Optimizer() = default;
  /// Begins iteration `iteration` (from 1): Adam's bias correction needs to know it.
  virtual void begin(std::int64_t iteration, float learning_rate) = 0;
  /// parameter ← parameter − step(gradient), element by element; both have the same size. `index` names the parameter
  /// between calls.
  virtual void update(std::size_t index, std::span<float> parameter, std::span<const float> gradient) = 0;
};

/// η is the learning rate, g the gradient:
///   sgd       w ← w − η g
///   momentum  v ← μ v − η g;  w ← w + v
///   nesterov  w ← w + μ² v − (1 + μ) η g;  v ← μ v − η g
///   adagrad   h ← h + g²;  w ← w − η g / (√h + ε)
///   rmsprop   h ← ρ h + (1 − ρ) g²;  w ← w − η g / (√h + ε)
///   adam      m ← m + (1 − β₁)(g − m);  v ← v + (1 − β₂)(g² − v);  w ← w − η √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)
///   adamw     as adam; the weight decay goes past it (see `Updater`)
///   errors  InvalidAttribute for another name; OutOfRange for a hyper-parameter outside its range
///   source  Saitoh, Deep Learning from Scratch (2016), §6.1; adamw: Loshchilov, Hutter (2019). ε is added outside the
///           root and, in adam, after the bias correction: TensorFlow.js adds it inside the root (rmsprop, adagrad)
[[nodiscard]] std::unique_ptr<Optimizer> make_optimizer(const OptimizerOptions& options);
/// With the default hyper-parameters.
[[nodiscard]] std::unique_ptr<Optimizer> make_optimizer(std::string_view name);

}  // namespace backprop
