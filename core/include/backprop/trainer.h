#pragma once

#include "backprop/digits.h"
#include "backprop/network.h"
#include "backprop/optimizer.h"
#include "backprop/random.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

/// Samples with their labels (or regression targets). Pixels given as bytes stay bytes and are divided by 255 as they
/// are gathered: a quarter of the memory.
struct Dataset {
  std::vector<float> samples;        ///< count × sample size, or empty
  std::vector<std::uint8_t> pixels;  ///< count × sample size, or empty
  std::vector<std::int32_t> labels;  ///< count, for softmax_with_loss; 0 or 1 for sigmoid_with_loss with one output
  std::vector<float> targets;        ///< count × outputs, for the other losses
  std::int64_t count = 0;
};

/// The learning rate η at iteration i (from 0), after `warm_up` iterations w in which it rises as η (i + 1) / w.
enum class Schedule {
  Constant,     ///< η
  Cosine,       ///< η ½ (1 + cos π p), p the fraction of the iterations after the warm-up
  Step,         ///< η γ^⌊(i − w) / decay_steps⌋
  Exponential,  ///< η γ^((i − w) / decay_steps)
};

/// "constant", "cosine", "step", "exponential". Throws InvalidAttribute for another name.
[[nodiscard]] Schedule find_schedule(std::string_view name);

struct TrainOptions {
  std::string optimizer = "sgd";  ///< a name of `make_optimizer`
  double learning_rate = 0.1;
  std::int64_t batch_size = 100;
  std::int64_t iterations = 0;  ///< length of the run as schedules see it; `Trainer::run` decides how far to go
  std::uint64_t seed = 0;
  /// λ of ½ λ Σ W² over weights (tensors of rank 2 and more); with adamw decoupled. Unless said, 0, with adamw 0.01.
  std::optional<double> weight_decay{};
  Schedule schedule = Schedule::Constant;
  bool augment = false;
  AugmentOptions augmentation{};
  OptimizerOptions rule{};       ///< hyper-parameters; the name is `optimizer`
  double l1 = 0;                 ///< λ₁ of λ₁ Σ |W| over the same weights
  double clip_norm = 0;          ///< largest norm of all gradients together; 0: any
  double clip_value = 0;         ///< largest magnitude of a gradient's element; 0: any
  std::int64_t warm_up = 0;      ///< iterations
  double decay_rate = 0.1;       ///< γ of Step and Exponential, above 0, at most 1
  std::int64_t decay_steps = 0;  ///< iterations; 0: a third of `iterations`
};

struct Evaluation {
  double loss = 0;
  double accuracy = 0;  ///< share of right classes; sigmoid_with_loss: of right outputs; 0 for mean_squared_error
  std::vector<std::vector<std::int64_t>> confusion;  ///< [label][prediction]; empty without classes, or with over 1,000
};

class Updater;

/// Trains a network's own graph, mini-batch by mini-batch. Every epoch visits every sample once in an order drawn from
/// the seed.
class Trainer {
 public:
  /// The network must outlive the trainer. Throws ShapeMismatch / InvalidValue if the data does not fit the network.
  Trainer(Network& network, Dataset data, TrainOptions options);
  ~Trainer();

  /// Runs `iterations` mini-batches and returns the mean of their losses.
  ///   errors  NotFinite if a loss is inf or NaN: the weights are those of the last finite iteration
  double run(std::int64_t iterations);
  /// The same, but the network keeps the weights that it had: for runs that are cut into slices of milliseconds, where
  /// handing over a large network's weights after each costs a few hundredths of the time.
  double advance(std::int64_t iterations);
  /// Gives the network the weights that `advance` has come to.
  void publish();

  [[nodiscard]] std::int64_t iteration() const noexcept { return iteration_; }
  [[nodiscard]] double epoch() const noexcept;
  [[nodiscard]] double last_loss() const noexcept { return last_loss_; }
  [[nodiscard]] const TrainOptions& options() const noexcept { return options_; }
  /// Of the iteration that comes next, after schedule and warm-up.
  [[nodiscard]] double learning_rate() const;
  [[nodiscard]] const Dataset& data() const noexcept { return data_; }
  /// Take effect at the next iteration. Throw OutOfRange.
  void set_learning_rate(double learning_rate);
  void set_batch_size(std::int64_t batch_size);

  /// Puts the batch that comes next into the network's `x` and `t` without moving on, and the network into training:
  /// what a pause opens. `Network::set_training(false)` ends it, as every other call does.
  void show_next_batch();

 private:
  void start_epoch();
  [[nodiscard]] std::span<const std::int64_t> next_indices() const;
  void gather(std::int64_t sample, std::int64_t place, std::span<float> to) const;
  void load_batch(std::span<const std::int64_t> indices);
  void load_plan(std::span<const std::int64_t> indices);
  [[nodiscard]] double loss_of(std::span<const std::int64_t> indices);
  void begin_iteration();
  void remember_statistics();
  void update();
  void restore();

  Network& network_;
  Dataset data_;
  TrainOptions options_;
  std::unique_ptr<Updater> updater_;
  std::vector<std::int64_t> order_;  ///< this epoch's permutation
  std::int64_t position_ = 0;        ///< next entry of order_
  std::int64_t iteration_ = 0;
  std::int64_t seen_ = 0;  ///< samples so far
  double last_loss_ = 0;
  std::unique_ptr<plan::Plan> plan_;  ///< the graph compiled for training
  bool ahead_ = false;                ///< the plan has been where the network has not
  std::vector<float> moved_;          ///< an augmented batch
  std::vector<std::int64_t> places_;  ///< 0, 1, 2, …: its samples
  std::vector<NodeIndex> dropouts_;
  std::vector<NodeIndex> batch_norms_;
};

/// Loss and, for classes, accuracy and confusion over the first `count` samples, in batches. x and t of the network
/// change.
[[nodiscard]] Evaluation evaluate(Network& network, const Dataset& data, std::int64_t count);

/// Throws ShapeMismatch or InvalidValue unless the data fits the network (sizes, labels within the classes, finite).
void check_dataset(const Network& network, const Dataset& data);

}  // namespace backprop
