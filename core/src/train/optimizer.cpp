#include "backprop/optimizer.h"

#include "backprop/error.h"

#include <cmath>
#include <cstdio>

namespace backprop {

namespace {

/// Common to all: a list of zeros a parameter at first.
class WithState : public Optimizer {
 public:
  explicit WithState(const OptimizerOptions& options) : options_(options) {}
  void begin(std::int64_t iteration, float learning_rate) override {
    iteration_ = iteration;
    rate_ = learning_rate;
  }

 protected:
  using States = std::vector<std::vector<float>>;
  static float* state(States& states, std::size_t index, std::size_t size) {
    if (states.size() <= index) states.resize(index + 1);
    if (states[index].size() != size) states[index].assign(size, 0);
    return states[index].data();
  }
  OptimizerOptions options_;
  std::int64_t iteration_ = 1;
  float rate_ = 0;
};

class Sgd final : public WithState {
 public:
  using WithState::WithState;
  void update(std::size_t, std::span<float> w, std::span<const float> g) override {
    for (std::size_t i = 0; i < w.size(); ++i) w[i] -= rate_ * g[i];
  }
};

class Momentum final : public WithState {
 public:
  using WithState::WithState;
  void update(std::size_t index, std::span<float> w, std::span<const float> g) override {
    const auto stays = static_cast<float>(options_.momentum);
    float* v = state(velocity_, index, w.size());
    for (std::size_t i = 0; i < w.size(); ++i) {
      v[i] = stays * v[i] - rate_ * g[i];
      w[i] += v[i];
    }
  }

 private:
  States velocity_;
};

/// Nesterov's look-ahead in terms of the present gradient, as the book's repository has it.
class Nesterov final : public WithState {
 public:
  using WithState::WithState;
  void update(std::size_t index, std::span<float> w, std::span<const float> g) override {
    const auto stays = static_cast<float>(options_.momentum);
    float* v = state(velocity_, index, w.size());
    for (std::size_t i = 0; i < w.size(); ++i) {
      w[i] += stays * stays * v[i] - (1 + stays) * rate_ * g[i];
      v[i] = stays * v[i] - rate_ * g[i];
    }
  }

 private:
  States velocity_;
};

class AdaGrad final : public WithState {
 public:
  using WithState::WithState;
  void update(std::size_t index, std::span<float> w, std::span<const float> g) override {
    const auto epsilon = static_cast<float>(options_.epsilon);
    float* h = state(squares_, index, w.size());
    for (std::size_t i = 0; i < w.size(); ++i) {
      h[i] += g[i] * g[i];
      w[i] -= rate_ * g[i] / (std::sqrt(h[i]) + epsilon);
    }
  }

 private:
  States squares_;
};

class RmsProp final : public WithState {
 public:
  using WithState::WithState;
  void update(std::size_t index, std::span<float> w, std::span<const float> g) override {
    const auto stays = static_cast<float>(options_.decay);
    const auto epsilon = static_cast<float>(options_.epsilon);
    float* h = state(squares_, index, w.size());
    for (std::size_t i = 0; i < w.size(); ++i) {
      h[i] = stays * h[i] + (1 - stays) * g[i] * g[i];
      w[i] -= rate_ * g[i] / (std::sqrt(h[i]) + epsilon);
    }
  }

 private:
  States squares_;
};

/// The bias correction is folded into the rate, as the book writes it. AdamW's own part is done before: `Updater`.
class Adam final : public WithState {
 public:
  using WithState::WithState;
  void update(std::size_t index, std::span<float> w, std::span<const float> g) override {
    float* m = state(first_, index, w.size());
    float* v = state(second_, index, w.size());
    const auto t = static_cast<double>(iteration_);
    const auto rate =
        static_cast<float>(rate_ * std::sqrt(1 - std::pow(options_.beta2, t)) / (1 - std::pow(options_.beta1, t)));
    const auto first = static_cast<float>(options_.beta1);
    const auto second = static_cast<float>(options_.beta2);
    const auto epsilon = static_cast<float>(options_.epsilon);
    for (std::size_t i = 0; i < w.size(); ++i) {
      m[i] += (1 - first) * (g[i] - m[i]);
      v[i] += (1 - second) * (g[i] * g[i] - v[i]);
      w[i] -= rate * m[i] / (std::sqrt(v[i]) + epsilon);
    }
  }

 private:
  States first_;
  States second_;
};

void check_fraction(const char* name, double value) {
  if (value >= 0 && value < 1) return;
  refuse(ErrorCode::OutOfRange,
         {"The optimizer's ", name, " is ", value, "; it must be from 0 to below 1, such as 0.9."});
}

}  // namespace

std::unique_ptr<Optimizer> make_optimizer(const OptimizerOptions& options) {
  check_fraction("momentum", options.momentum);
  check_fraction("decay", options.decay);
  check_fraction("beta1", options.beta1);
  check_fraction("beta2", options.beta2);
  // Not below the smallest normal float: as a float it would be 0, and an element without gradient 0 / 0.
  if (!(options.epsilon >= 1e-37 && options.epsilon <= 1)) {
    refuse(ErrorCode::OutOfRange, {"The optimizer's epsilon must be from 1e-37 to 1, such as 1e-7."});
  }
  const std::string& name = options.name;
  if (name == "sgd") return std::make_unique<Sgd>(options);
  if (name == "momentum") return std::make_unique<Momentum>(options);
  if (name == "nesterov") return std::make_unique<Nesterov>(options);
  if (name == "adagrad") return std::make_unique<AdaGrad>(options);
  if (name == "rmsprop") return std::make_unique<RmsProp>(options);
  if (name == "adam" || name == "adamw") return std::make_unique<Adam>(options);
  refuse(ErrorCode::InvalidAttribute, {"There is no optimizer \"", name.substr(0, 64),
                                       "\". Choose sgd, momentum, nesterov, adagrad, rmsprop, adam or adamw."});
}

std::unique_ptr<Optimizer> make_optimizer(std::string_view name) {
  return make_optimizer(OptimizerOptions{.name = std::string(name)});
}

}  // namespace backprop
