#include "backprop/trainer.h"

#include "support/build.h"
#include "support/matchers.h"

#include <algorithm>
#include <cmath>

using namespace backprop;
using namespace backprop::test;

namespace {

NetworkSpec two_layers(std::int64_t inputs, std::int64_t hidden, std::int64_t outputs) {
  return {.input = Shape{inputs},
          .layers = {{.type = LayerType::Affine, .units = hidden},
                     {.type = LayerType::Relu},
                     {.type = LayerType::Affine, .units = outputs}},
          .loss = Loss::SoftmaxWithLoss};
}

Dataset digits(std::uint64_t seed, std::int64_t count) {
  Dataset data;
  data.count = count;
  data.pixels.resize(static_cast<std::size_t>(count) * kDigitPixels);
  std::vector<std::uint8_t> labels(static_cast<std::size_t>(count));
  handwriting(seed, 0, data.pixels, labels);
  data.labels.assign(labels.begin(), labels.end());
  return data;
}

}  // namespace

TEST_CASE("TwoLayerNet learns generated digits", "[train]") {
  Network network(two_layers(784, 50, 10), 1);
  const Dataset held_out = digits(99, 500);
  const double before = evaluate(network, held_out, 500).accuracy;
  Trainer trainer(network, digits(1, 2000), {.optimizer = "sgd", .learning_rate = 0.1, .batch_size = 50, .seed = 1});
  trainer.run(200);
  const Evaluation after = evaluate(network, held_out, 500);
  CHECK(before < 0.3);
  CHECK(after.accuracy > 0.6);
  std::int64_t total = 0;
  for (const auto& row : after.confusion) {
    for (const std::int64_t each : row) total += each;
  }
  CHECK(total == 500);
  CHECK(trainer.iteration() == 200);
  CHECK_THAT(trainer.epoch(), near(5));
}

TEST_CASE("the same seed trains to the same bits, however the run is cut into calls", "[train]") {
  const auto train = [](std::vector<int> calls, std::uint64_t seed) {
    Network network(two_layers(784, 8, 10), 3);
    Trainer trainer(network, digits(2, 130),
                    {.optimizer = "adam", .learning_rate = 0.01, .batch_size = 30, .seed = seed, .augment = true});
    for (const int call : calls) trainer.run(call);
    return network.save_weights();
  };
  CHECK(train({20}, 5) == train({1, 4, 15}, 5));
  CHECK(train({20}, 5) != train({20}, 6));
}

TEST_CASE("slices leave the network as it was until they are published, and come to the same bits", "[train]") {
  const NetworkSpec spec =
      network_preset("MultiLayerNet", {.input = Shape{784}, .hidden = {8}, .batch_norm = true, .dropout = 0.2});
  const TrainOptions options{.optimizer = "momentum", .learning_rate = 0.01, .batch_size = 30, .seed = 5};
  Network whole(spec, 3);
  Trainer(whole, digits(2, 130), options).run(11);

  Network sliced(spec, 3);
  const auto first_weights = [&] { return singles(sliced.graph().value(sliced.parameters()[0])); };
  const std::vector<float> before = first_weights();
  {
    Trainer trainer(sliced, digits(2, 130), options);
    trainer.advance(3);
    CHECK(first_weights() == before);
    trainer.advance(4);
    trainer.publish();
    CHECK(first_weights() != before);
    trainer.advance(4);
  }  // the end of a trainer publishes too
  CHECK(sliced.save_weights() == whole.save_weights());
}

TEST_CASE("an epoch visits every sample once, the last batch being the smaller rest", "[train]") {
  Network network(two_layers(1, 1, 2), 1);
  Dataset data;
  data.count = 10;
  for (int i = 0; i < 10; ++i) {
    data.samples.push_back(static_cast<float>(i));
    data.labels.push_back(i % 2);
  }
  Trainer trainer(network, data, {.optimizer = "sgd", .learning_rate = 0, .batch_size = 4, .seed = 9});
  std::vector<double> seen;
  for (int i = 0; i < 3; ++i) {
    trainer.show_next_batch();
    const auto x = network.graph().value(network.x()).elements();
    seen.insert(seen.end(), x.begin(), x.end());
    trainer.run(1);
  }
  std::ranges::sort(seen);
  check_near(seen, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
}

TEST_CASE("every optimizer lowers the loss", "[train]") {
  for (const char* name : {"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw"}) {
    INFO(name);
    Network network(two_layers(784, 16, 10), 4);
    Trainer trainer(network, digits(3, 300), {.optimizer = name, .learning_rate = 0.01, .batch_size = 50, .seed = 1});
    const double first = trainer.run(5);
    trainer.run(60);
    CHECK(trainer.run(5) < first);
  }
  refused(ErrorCode::InvalidAttribute, {"\"sdg\"", "sgd"}, [] { (void)make_optimizer("sdg"); });
}

TEST_CASE("a loss that is not finite stops training with the weights of the iteration before", "[train][refusal]") {
  // Gradient descent on a parabola with far too large a rate: the error grows by a factor at every iteration.
  Network network(
      {.input = Shape{1}, .layers = {{.type = LayerType::Affine, .units = 1}}, .loss = Loss::MeanSquaredError}, 1);
  Dataset data;
  data.count = 2;
  data.samples = {1, 2};
  data.targets = {3, 5};
  Trainer trainer(network, data, {.optimizer = "sgd", .learning_rate = 100, .batch_size = 2, .seed = 1});
  refused(ErrorCode::NotFinite, {"iteration", "learning rate"}, [&] { trainer.run(100); });
  CHECK(trainer.iteration() > 3);
  CHECK(std::isfinite(trainer.last_loss()));
  for (const NodeIndex parameter : network.parameters()) {
    for (const float each : network.graph().value(parameter).elements()) REQUIRE(std::isfinite(each));
  }
  trainer.set_learning_rate(1e-9);
  CHECK(std::isfinite(trainer.run(1)));
}

TEST_CASE("a regression network learns a line", "[train]") {
  Network network(
      {.input = Shape{1}, .layers = {{.type = LayerType::Affine, .units = 1}}, .loss = Loss::MeanSquaredError}, 1);
  Dataset data;
  data.count = 20;
  for (int i = 0; i < 20; ++i) {
    const float x = static_cast<float>(i) / 10 - 1;
    data.samples.push_back(x);
    data.targets.push_back(3 * x - 1);
  }
  Trainer trainer(network, data, {.optimizer = "sgd", .learning_rate = 0.2, .batch_size = 20, .seed = 1});
  trainer.run(200);
  CHECK(evaluate(network, data, 20).loss < 1e-6);
  CHECK_THAT(network.predict(std::vector<float>{0.5F}, 1)[0], near(0.5, 1e-3));
}

TEST_CASE("data that does not fit the network is refused", "[train][refusal]") {
  Network network(two_layers(784, 8, 10), 1);
  const auto refuse = [&](ErrorCode code, const std::vector<std::string>& words, Dataset data,
                          TrainOptions options = {.batch_size = 1}) {
    refused(code, words, [&] { const Trainer trainer(network, std::move(data), std::move(options)); });
  };
  refuse(ErrorCode::ShapeMismatch, {"empty"}, Dataset{});
  Dataset short_data = digits(1, 3);
  short_data.pixels.pop_back();
  refuse(ErrorCode::ShapeMismatch, {"3 × 784", "2351"}, short_data);
  Dataset wrong_label = digits(1, 3);
  wrong_label.labels[1] = 10;
  refuse(ErrorCode::InvalidValue, {"Label 1 is 10", "0 to 9"}, wrong_label);
  refuse(ErrorCode::OutOfRange, {"batch size", "4", "3"}, digits(1, 3), {.batch_size = 4});
  refuse(ErrorCode::OutOfRange, {"learning rate"}, digits(1, 3), {.learning_rate = -1, .batch_size = 1});
  refuse(ErrorCode::OutOfRange, {"cosine"}, digits(1, 3), {.batch_size = 1, .schedule = Schedule::Cosine});
  Dataset nan;
  nan.count = 1;
  nan.samples.assign(784, std::nanf(""));
  nan.labels = {1};
  refuse(ErrorCode::InvalidValue, {"not finite"}, nan);
}

TEST_CASE("a batch whose layers would not fit is refused with its size, before anything is made", "[train][refusal]") {
  Network network(two_layers(1, 4'000'000 / 2, 2), 1);
  Dataset data;
  data.count = 100;
  data.samples.resize(100);
  data.labels.resize(100);
  refused(ErrorCode::TooLarge, {"batch of 100", "Use a batch of 14 or fewer"},
          [&] { const Trainer trainer(network, data, {.batch_size = 100}); });
  Trainer trainer(network, data, {.batch_size = 2});
  refused(ErrorCode::TooLarge, {"batch of 15"}, [&] { trainer.set_batch_size(15); });
  CHECK(trainer.options().batch_size == 2);
}

TEST_CASE("a network with several sigmoid outputs learns targets of 0 and 1", "[train]") {
  // Two questions about a point: is it right of 0, is it above 0?
  Network network(
      {.input = Shape{2}, .layers = {{.type = LayerType::Affine, .units = 2}}, .loss = Loss::SigmoidWithLoss}, 1);
  Dataset data;
  data.count = 40;
  Random random(3);
  for (int i = 0; i < 40; ++i) {
    for (int k = 0; k < 2; ++k) {
      data.samples.push_back(static_cast<float>(random.uniform(-1, 1)));
      data.targets.push_back(data.samples.back() > 0 ? 1.0F : 0.0F);
    }
  }
  Trainer trainer(network, data, {.optimizer = "adam", .learning_rate = 0.1, .batch_size = 40, .seed = 1});
  trainer.run(300);
  const Evaluation after = evaluate(network, data, 40);
  CHECK(after.accuracy > 0.97);
  CHECK(after.confusion.empty());
  const Tensor y = network.predict(std::vector<float>{0.9F, -0.9F}, 1);
  CHECK(y[0] > 0.9);
  CHECK(y[1] < 0.1);
  refused(ErrorCode::ShapeMismatch, {"40 × 2 targets"}, [&] {
    Dataset labelled;
    labelled.count = 40;
    labelled.samples = data.samples;
    labelled.labels.resize(40);
    (void)evaluate(network, labelled, 40);
  });
}

TEST_CASE("one sigmoid output takes labels of 0 and 1 for targets", "[train]") {
  Network network(
      {.input = Shape{1}, .layers = {{.type = LayerType::Affine, .units = 1}}, .loss = Loss::SigmoidWithLoss}, 1);
  Dataset data;
  data.count = 4;
  data.samples = {-2, -1, 1, 2};
  data.labels = {0, 0, 1, 1};
  Trainer trainer(network, data, {.optimizer = "sgd", .learning_rate = 1, .batch_size = 4, .seed = 1});
  trainer.run(50);
  CHECK(evaluate(network, data, 4).accuracy == 1);
  data.labels[2] = 2;
  refused(ErrorCode::InvalidValue, {"Label 2 is 2", "0 to 1"}, [&] { (void)evaluate(network, data, 4); });
}

TEST_CASE("a regression with several outputs learns them all", "[train]") {
  Network network(
      {.input = Shape{2}, .layers = {{.type = LayerType::Affine, .units = 3}}, .loss = Loss::MeanSquaredError}, 1);
  Dataset data;
  data.count = 50;
  Random random(4);
  for (int i = 0; i < 50; ++i) {
    const auto a = static_cast<float>(random.uniform(-1, 1));
    const auto b = static_cast<float>(random.uniform(-1, 1));
    data.samples.insert(data.samples.end(), {a, b});
    data.targets.insert(data.targets.end(), {a + b, a - b, 2 * a + 1});
  }
  Trainer trainer(network, data, {.optimizer = "sgd", .learning_rate = 0.5, .batch_size = 50, .seed = 1});
  trainer.run(300);
  CHECK(evaluate(network, data, 50).loss < 1e-6);
  const Tensor y = network.predict(std::vector<float>{0.5F, 0.25F}, 1);
  check_near({y[0], y[1], y[2]}, {0.75, 0.25, 2}, 1e-3);
}

TEST_CASE("batch norm remembers the batches it trained on: 0.9 of before and 0.1 of the batch", "[train]") {
  Network network({.input = Shape{1},
                   .layers = {{.type = LayerType::BatchNorm}, {.type = LayerType::Affine, .units = 1}},
                   .loss = Loss::MeanSquaredError},
                  1);
  Dataset data;
  data.count = 4;
  data.samples = {1, 3, 5, 7};  // mean 4, variance 5
  data.targets = {0, 0, 1, 1};
  Trainer trainer(network, data, {.learning_rate = 0.01, .batch_size = 4});
  const Graph& graph = network.graph();
  const auto running = [&](const char* id) { return graph.node(graph.index_of(id)).value[0]; };
  trainer.run(1);
  CHECK_THAT(running("batch_norm1.running_mean"), near(0.4, 1e-6));
  CHECK_THAT(running("batch_norm1.running_var"), near(0.9 + 0.5, 1e-6));
  trainer.run(1);
  CHECK_THAT(running("batch_norm1.running_mean"), near(0.9 * 0.4 + 0.4, 1e-6));
  (void)evaluate(network, data, 4);
  CHECK_THAT(running("batch_norm1.running_mean"), near(0.76, 1e-6));  // looking teaches nothing
  CHECK_FALSE(network.training());
  // Predictions use what is remembered: one sample gives what a batch gives.
  const float alone = network.predict(std::vector<float>{3}, 1)[0];
  CHECK_THAT(network.predict(data.samples, 4)[1], near(alone, 1e-6));
  CHECK(Network::load(network.save_weights()).predict(std::vector<float>{3}, 1)[0] == alone);
}

TEST_CASE("dropout drops other places in every iteration and layer, the same for the same seed", "[train]") {
  const NetworkSpec spec = network_preset("MultiLayerNet", {.input = Shape{8}, .hidden = {64, 64}, .dropout = 0.5});
  const auto zeros = [&](std::uint64_t seed) {
    Network network(spec, 2);
    Dataset data;
    data.count = 8;
    data.samples.assign(64, 1);
    data.labels.assign(8, 1);
    Trainer trainer(network, data, {.learning_rate = 0, .batch_size = 8, .seed = seed});
    std::vector<std::vector<bool>> masks;
    for (int i = 0; i < 2; ++i) {
      trainer.show_next_batch();
      network.graph().forward(network.loss());
      for (const char* id : {"dropout1", "dropout2"}) {
        const Node& node = network.graph().node(network.graph().index_of(id));
        const Tensor& input = network.graph().value(node.inputs[0]);
        std::vector<bool>& mask = masks.emplace_back();
        for (std::size_t k = 0; k < input.size(); ++k) mask.push_back(node.value[k] == 0 && input[k] != 0);
      }
      trainer.run(1);
    }
    return masks;
  };
  const auto masks = zeros(5);
  CHECK(masks == zeros(5));
  CHECK(masks != zeros(6));
  CHECK(masks[0] != masks[2]);
  CHECK(std::ranges::count(masks[0], true) > 50);
}
