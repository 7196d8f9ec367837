#pragma once

#include "backprop/book.h"
#include "backprop/network.h"
#include "backprop/trainer.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace backprop {

/// A training run and the network that it trains, which it keeps alive.
struct OpenTrainer {
  std::shared_ptr<Network> network;
  std::unique_ptr<Trainer> trainer;
};

/// What one call of `Session::run` did.
struct TrainRun {
  std::int64_t iteration = 0;  ///< done since the trainer was made
  double epoch = 0;
  std::int64_t ran = 0;
  double loss_sum = 0;  ///< of the batches of this call
  double batch_loss = 0;
  std::optional<Error> failure;  ///< NotFinite: the weights are those of the last finite iteration
};

/// Everything the page and the JavaScript API can ask, by number. The session owns all memory; whoever holds a number
/// closes it. One thread.
class Session {
 public:
  GraphBook graphs;
  Book<std::shared_ptr<Network>> networks{"network"};
  Book<Dataset> datasets{"dataset"};
  Book<OpenTrainer> trainers{"trainer"};

  /// The network's own graph, live.
  int share_graph(int network);
  /// A graph of its own, with the network's present weights, on other samples: row-major, with labels as numbers (or
  /// targets).
  int walk_graph(int network, Tensor samples, Tensor answers);
  /// A graph of its own at the trainer's present iteration: its weights, and the batch that comes next.
  int train_graph(int trainer);

  int create_network(std::string_view spec, std::uint64_t seed);
  int load_network(std::span<const std::uint8_t> safetensors);
  /// Takes the dataset over: its number is closed.
  int create_trainer(int network, int dataset, TrainOptions options);
  /// The network keeps the weights that it had until `settle`.
  TrainRun run(int trainer, std::int64_t iterations);
  /// Gives the network that ran last the weights that it has come to. To be called before anything but `run`.
  void settle();

  [[nodiscard]] std::size_t alive() const noexcept {
    return graphs.size() + networks.size() + datasets.size() + trainers.size();
  }

 private:
  int running_ = 0;  ///< the trainer that ran last, until it is settled
};

}  // namespace backprop
