#include "backprop/optimizer.h"

#include "backprop/error.h"

#include <cmath>
#include <string>

namespace backprop {

namespace {

/// Common to all: a state tensor a parameter, zero at first.
class WithState : public Optimizer {
 public:
  void begin(int iteration, float learning_rate) override {
    iteration_ = iteration;
    rate_ = learning_rate;
  }

 protected:
  static Tensor<float>& state(std::vector<Tensor<float>>& states, std::size_t index, const Shape& shape) {
    if (states.size() <= index) states.resize(index + 1);
    if (!(states[index].shape() == shape)) states[index] = Tensor<float>(shape);
    return states[index];
  }
  int iteration_ = 1;
  float rate_ = 0;
};

/// w ← w − η g
class Sgd final : public WithState {
 public:
  void update(std::size_t, Tensor<float>& w, const Tensor<float>& g) override {
    for (std::size_t i = 0; i < w.size(); ++i) w[i] -= rate_ * g[i];
  }
};

/// v ← 0.9 v − η g;  w ← w + v
class Momentum final : public WithState {
 public:
  void update(std::size_t index, Tensor<float>& w, const Tensor<float>& g) override {
    Tensor<float>& v = state(velocity_, index, w.shape());
    for (std::size_t i = 0; i < w.size(); ++i) {
      v[i] = kMomentum * v[i] - rate_ * g[i];
      w[i] += v[i];
    }
  }

 private:
  static constexpr float kMomentum = 0.9F;
  std::vector<Tensor<float>> velocity_;
};

/// w ← w + 0.81 v − 1.9 η g;  v ← 0.9 v − η g: Nesterov's look-ahead in terms of the present gradient.
class Nesterov final : public WithState {
 public:
  void update(std::size_t index, Tensor<float>& w, const Tensor<float>& g) override {
    Tensor<float>& v = state(velocity_, index, w.shape());
    for (std::size_t i = 0; i < w.size(); ++i) {
      w[i] += kMomentum * kMomentum * v[i] - (1 + kMomentum) * rate_ * g[i];
      v[i] = kMomentum * v[i] - rate_ * g[i];
    }
  }

 private:
  static constexpr float kMomentum = 0.9F;
  std::vector<Tensor<float>> velocity_;
};

/// h ← h + g²;  w ← w − η g / (√h + ε)
class AdaGrad final : public WithState {
 public:
  void update(std::size_t index, Tensor<float>& w, const Tensor<float>& g) override {
    Tensor<float>& h = state(squares_, index, w.shape());
    for (std::size_t i = 0; i < w.size(); ++i) {
      h[i] += g[i] * g[i];
      w[i] -= rate_ * g[i] / (std::sqrt(h[i]) + 1e-7F);
    }
  }

 private:
  std::vector<Tensor<float>> squares_;
};

/// h ← 0.99 h + 0.01 g²;  w ← w − η g / (√h + ε)
class RmsProp final : public WithState {
 public:
  void update(std::size_t index, Tensor<float>& w, const Tensor<float>& g) override {
    Tensor<float>& h = state(squares_, index, w.shape());
    for (std::size_t i = 0; i < w.size(); ++i) {
      h[i] = kDecay * h[i] + (1 - kDecay) * g[i] * g[i];
      w[i] -= rate_ * g[i] / (std::sqrt(h[i]) + 1e-7F);
    }
  }

 private:
  static constexpr float kDecay = 0.99F;
  std::vector<Tensor<float>> squares_;
};

/// First and second moments with the bias correction folded into the rate, as the book writes it.
class Adam final : public WithState {
 public:
  void update(std::size_t index, Tensor<float>& w, const Tensor<float>& g) override {
    Tensor<float>& m = state(first_, index, w.shape());
    Tensor<float>& v = state(second_, index, w.shape());
    const auto t = static_cast<double>(iteration_);
    const auto rate = static_cast<float>(rate_ * std::sqrt(1 - std::pow(0.999, t)) / (1 - std::pow(0.9, t)));
    for (std::size_t i = 0; i < w.size(); ++i) {
      m[i] += (1 - kFirst) * (g[i] - m[i]);
      v[i] += (1 - kSecond) * (g[i] * g[i] - v[i]);
      w[i] -= rate * m[i] / (std::sqrt(v[i]) + 1e-7F);
    }
  }

 private:
  static constexpr float kFirst = 0.9F;
  static constexpr float kSecond = 0.999F;
  std::vector<Tensor<float>> first_;
  std::vector<Tensor<float>> second_;
};

}  // namespace

std::unique_ptr<Optimizer> make_optimizer(std::string_view name) {
  if (name == "sgd") return std::make_unique<Sgd>();
  if (name == "momentum") return std::make_unique<Momentum>();
  if (name == "nesterov") return std::make_unique<Nesterov>();
  if (name == "adagrad") return std::make_unique<AdaGrad>();
  if (name == "rmsprop") return std::make_unique<RmsProp>();
  if (name == "adam") return std::make_unique<Adam>();
  throw Error(ErrorCode::InvalidAttribute, "There is no optimizer \"" + std::string(name.substr(0, 64)) +
                                               "\". Choose sgd, momentum, nesterov, adagrad, rmsprop or adam.");
}

}  // namespace backprop
