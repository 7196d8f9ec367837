#include "backprop/session.h"

#include <utility>

namespace backprop {

namespace {

DocumentNode& find(GraphDocument& document, const std::string& id) {
  for (DocumentNode& node : document.nodes) {
    if (node.id == id) return node;
  }
  refuse(ErrorCode::UnknownNode, {"the network's graph has no node \"", id, "\""}, {id});
}

}  // namespace

int Session::share_graph(int network) {
  const std::shared_ptr<Network>& owner = networks[network];
  return graphs.add(std::make_unique<OpenGraph>(std::shared_ptr<Graph>(owner, &owner->graph()), owner->loss()));
}

int Session::walk_graph(int network, Tensor samples, Tensor answers) {
  const Graph& graph = networks[network]->graph();
  GraphDocument document = graph.to_document();
  // Both leaves change at once here: one after the other, `set` would meet a batch of one size with answers of another.
  find(document, graph.node(networks[network]->x()).id).value = std::move(samples);
  find(document, graph.node(networks[network]->t()).id).value = std::move(answers);
  document.output = graph.node(networks[network]->loss()).id;
  return graphs.open(document, Dtype::Float32);
}

int Session::train_graph(int trainer) {
  const OpenTrainer& open_trainer = trainers[trainer];
  open_trainer.trainer->show_next_batch();
  GraphDocument document = open_trainer.network->graph().to_document();
  open_trainer.network->set_training(false);
  document.output = open_trainer.network->graph().node(open_trainer.network->loss()).id;
  return graphs.open(document, Dtype::Float32);
}

int Session::create_network(std::string_view spec, std::uint64_t seed) {
  return networks.add(std::make_shared<Network>(parse_network_spec(spec), seed));
}

int Session::load_network(std::span<const std::uint8_t> safetensors) {
  return networks.add(std::make_shared<Network>(Network::load(safetensors)));
}

int Session::create_trainer(int network, int dataset, TrainOptions options) {
  std::shared_ptr<Network> trained = networks[network];
  check_dataset(*trained, datasets[dataset]);  // before the dataset is taken: a refusal leaves it where it is
  auto trainer = std::make_unique<Trainer>(*trained, datasets.take(dataset), std::move(options));
  return trainers.add({std::move(trained), std::move(trainer)});
}

void Session::settle() {
  // One that was closed has published at its end.
  if (trainers.contains(running_)) trainers[running_].trainer->publish();
  running_ = 0;
}

TrainRun Session::run(int trainer, std::int64_t iterations) {
  Trainer& running = *trainers[trainer].trainer;
  if (running_ != trainer) settle();
  running_ = trainer;
  TrainRun result;
  const std::int64_t before = running.iteration();
  try {
    const double mean = running.advance(iterations);
    result.ran = running.iteration() - before;
    result.loss_sum = mean * static_cast<double>(result.ran);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::NotFinite) throw;
    result.failure = error;
  }
  result.iteration = running.iteration();
  result.epoch = running.epoch();
  result.batch_loss = running.last_loss();
  return result;
}

}  // namespace backprop
