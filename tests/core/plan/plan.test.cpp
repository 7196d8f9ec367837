/// A plan against the graph that it was compiled from: the same losses, gradients, weights and predictions.
#include "plan/plan.h"

#include "backprop/digits.h"
#include "backprop/trainer.h"

#include "plan/arena.h"
#include "support/build.h"
#include "support/matchers.h"
#include "train/dataset.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <catch2/generators/catch_generators.hpp>

using namespace backprop;
using namespace backprop::test;

namespace {

/// float rounding over a few layers.
constexpr double kTolerance = 2e-5;

NetworkSpec random_spec(Random& random) {
  NetworkSpec spec;
  spec.input = Shape{static_cast<std::int64_t>(1 + random.below(90))};
  const Loss losses[] = {Loss::SoftmaxWithLoss, Loss::MeanSquaredError, Loss::SigmoidWithLoss};
  spec.loss = losses[random.below(3)];
  const LayerType others[] = {LayerType::Relu, LayerType::Sigmoid, LayerType::Tanh};
  if (random.below(4) == 0) spec.layers.push_back({.type = others[random.below(3)]});
  const std::uint32_t layers = 1 + random.below(4);
  for (std::uint32_t i = 0; i < layers; ++i) {
    spec.layers.push_back({.type = LayerType::Affine, .units = 1 + random.below(19), .init = Initializer::Xavier});
    for (std::uint32_t more = random.below(3); more > 0; --more)
      spec.layers.push_back({.type = others[random.below(3)]});
  }
  return spec;
}

/// Numbers of which about `density` are not zero.
Dataset draw_data(const Network& network, std::int64_t count, double density, Random& random) {
  Dataset data;
  data.count = count;
  for (std::int64_t i = 0; i < count * network.sample_size(); ++i) {
    data.samples.push_back(random.uniform() < density ? static_cast<float>(random.uniform(-1, 1)) : 0);
  }
  for (std::int64_t i = 0; i < count; ++i) {
    data.labels.push_back(static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(network.outputs()))));
  }
  for (std::int64_t i = 0; i < count * network.outputs(); ++i) {
    const bool shares = network.spec().loss == Loss::SigmoidWithLoss;
    data.targets.push_back(static_cast<float>(random.uniform(shares ? 0 : -1, 1)));
  }
  return data;
}

plan::Ends ends_of(const Network& network) { return {.x = network.x(), .t = network.t(), .loss = network.loss()}; }

std::unique_ptr<plan::Plan> plan_of(const Network& network, std::size_t rows) {
  auto plan = plan::Plan::compile(network.graph(), ends_of(network), plan::Purpose::Training);
  REQUIRE(plan);
  plan->reserve(rows);
  plan->read_parameters(network.graph());
  return plan;
}

double planned_loss(plan::Plan& plan, const Network& network, const Dataset& data,
                    const std::vector<std::int64_t>& samples) {
  plan.load_samples(samples_of(data), samples);
  load_answers(plan, network, data, samples);
  plan.forward();
  return plan.loss();
}

/// Loss, and gradients in the graph.
double graph_loss(Network& network, const Dataset& data, const std::vector<std::int64_t>& samples) {
  const auto width = static_cast<std::size_t>(network.sample_size());
  Tensor x(network.batch_shape(static_cast<std::int64_t>(samples.size())));
  std::vector<float> sample(width);
  for (std::size_t row = 0; row < samples.size(); ++row) {
    gather_sample(data, samples[row], sample);
    std::ranges::copy(sample, x.data() + row * width);
  }
  network.graph().set_together({{network.x(), std::move(x)}, {network.t(), gather_targets(network, data, samples)}});
  network.graph().backward(network.loss(), std::nullopt, GradientFor::Parameters);
  return network.graph().value(network.loss())[0];
}

void check_same(std::span<const double> actual, std::span<const double> expected) {
  REQUIRE(actual.size() == expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    INFO("element " << i);
    REQUIRE_THAT(actual[i], near(expected[i], kTolerance));
  }
}

/// The plan's gradients, laid out as the graph's by way of a network with the gradients as weights.
void check_gradients(plan::Plan& plan, Network& network) {
  std::vector<Tensor> expected;
  for (const plan::Parameter& p : plan.parameters()) expected.push_back(network.graph().grad(p.node()));
  std::vector<std::vector<float>> weights;
  for (plan::Parameter& p : plan.parameters()) {
    weights.push_back(p.now);
    p.now = p.gradient;
  }
  std::vector<Tensor> kept;
  for (const plan::Parameter& p : plan.parameters()) kept.push_back(network.graph().node(p.node()).value);
  plan.write_parameters(network.graph());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    plan::Parameter& p = plan.parameters()[i];
    INFO(network.graph().node(p.node()).id);
    check_same(network.graph().node(p.node()).value.elements(), expected[i].elements());
    network.graph().leaf_value(p.node()) = kept[i];
    p.now = weights[i];
  }
}

std::vector<std::int64_t> some(std::int64_t count, std::size_t rows, Random& random) {
  std::vector<std::int64_t> samples(rows);
  for (std::int64_t& each : samples) each = random.below(static_cast<std::uint32_t>(count));
  return samples;
}

}  // namespace

TEST_CASE("buffers that live at the same time never overlap, others share", "[plan]") {
  Random random(1);
  for (int round = 0; round < 50; ++round) {
    std::vector<plan::Lifetime> buffers;
    std::size_t sum = 0;
    for (int i = 0; i < 12; ++i) {
      const std::size_t from = random.below(20);
      buffers.push_back({1 + random.below(100), from, from + random.below(6)});
      sum += buffers.back().size;
    }
    std::size_t total = 0;
    const auto offsets = plan::place(buffers, total);
    for (std::size_t i = 0; i < buffers.size(); ++i) {
      CHECK(offsets[i] + buffers[i].size <= total);
      for (std::size_t j = 0; j < i; ++j) {
        if (buffers[i].from > buffers[j].to || buffers[j].from > buffers[i].to) continue;
        REQUIRE((offsets[i] + buffers[i].size <= offsets[j] || offsets[j] + buffers[j].size <= offsets[i]));
      }
    }
    CHECK(total < sum);
  }
}

TEST_CASE("planned equals unplanned on random networks: losses and all gradients", "[plan]") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    INFO("seed " << seed);
    Random random(seed);
    Network network(random_spec(random), seed);
    INFO(to_json(network.spec()));
    const Dataset data = draw_data(network, 20, random.below(2) == 0 ? 1 : 0.15, random);
    const auto plan = plan_of(network, 13);
    for (const std::size_t rows : {13U, 1U, 4U}) {  // batches may shrink and grow
      const auto samples = some(data.count, rows, random);
      const double loss = planned_loss(*plan, network, data, samples);
      plan->differentiate();
      CHECK_THAT(loss, near(graph_loss(network, data, samples), kTolerance));
      check_gradients(*plan, network);
    }
  }
}

TEST_CASE("every network has a plan, wherever its layers stand and whatever its samples are", "[plan]") {
  const auto* spec = GENERATE(
      R"({"input": [2, 5, 4], "layers": [{"type": "conv2d", "filters": 3, "kernel": 2}], "loss": "mean_squared_error"})",
      R"({"input": [2, 4, 4], "layers": [{"type": "conv2d", "filters": 3, "kernel": 3}, {"type": "flatten"},
          {"type": "relu"}], "loss": "softmax_with_loss"})",
      R"({"input": [2, 4, 4], "layers": [{"type": "conv2d", "filters": 3, "kernel": 3}, {"type": "flatten"},
          {"type": "layer_norm"}], "loss": "softmax_with_loss"})",
      R"({"input": [2, 4, 4], "layers": [{"type": "conv2d", "filters": 3, "kernel": 3}, {"type": "batch_norm"},
          {"type": "leaky_relu"}, {"type": "avg_pool2d", "size": 2}], "loss": "sigmoid_with_loss"})",
      R"({"input": [2, 4, 4], "layers": [{"type": "max_pool2d", "size": 2}], "loss": "mean_squared_error"})",
      R"({"input": [2, 4, 4], "layers": [{"type": "flatten"}, {"type": "batch_norm"}, {"type": "affine", "units": 3}],
          "loss": "softmax_with_loss"})",
      R"({"input": [4, 5], "layers": [{"type": "layer_norm"}, {"type": "affine", "units": 3}],
          "loss": "softmax_with_loss"})",
      R"({"input": [4, 5], "layers": [{"type": "tanh"}], "loss": "sigmoid_with_loss"})",
      R"({"input": [6], "layers": [{"type": "gelu"}], "loss": "softmax_with_loss"})");
  INFO(spec);
  Random random(9);
  Network network(parse_network_spec(spec), 3);
  const Dataset data = draw_data(network, 9, 1, random);
  const auto plan = plan_of(network, 5);
  for (const std::size_t rows : {5U, 2U}) {
    const auto samples = some(data.count, rows, random);
    const double loss = planned_loss(*plan, network, data, samples);
    plan->differentiate();
    CHECK_THAT(loss, near(graph_loss(network, data, samples), kTolerance));
    check_gradients(*plan, network);
  }
  Trainer trainer(network, data, {.learning_rate = 0.01, .batch_size = 4, .seed = 1});
  CHECK(std::isfinite(trainer.run(3)));
  CHECK(std::isfinite(evaluate(network, data, data.count).loss));
}

TEST_CASE("zeros of the first layer's input are skipped where there are many, to the same result", "[plan]") {
  Random random(3);
  Network network({.input = Shape{100},
                   .layers = {{.type = LayerType::Affine, .units = 13},
                              {.type = LayerType::Relu},
                              {.type = LayerType::Affine, .units = 5}}},
                  1);
  const auto plan = plan_of(network, 8);
  for (const double density : {0.0, 0.2, 0.6, 1.0}) {
    INFO(density);
    const Dataset data = draw_data(network, 30, density, random);
    const auto samples = some(data.count, 8, random);
    const double loss = planned_loss(*plan, network, data, samples);
    CHECK(plan->is_sparse() == (density < 0.4));
    plan->differentiate();
    CHECK_THAT(loss, near(graph_loss(network, data, samples), kTolerance));
    check_gradients(*plan, network);
  }
}

TEST_CASE("bytes are gathered as their fraction of 255, whole or as a list", "[plan]") {
  Random random(4);
  Network network({.input = Shape{80}, .layers = {{.type = LayerType::Affine, .units = 3}}}, 1);
  const auto plan = plan_of(network, 6);
  for (const bool sparse : {false, true}) {
    Dataset bytes = draw_data(network, 6, 1, random);
    for (float& each : bytes.samples) {
      bytes.pixels.push_back(static_cast<std::uint8_t>(sparse && random.below(5) > 0 ? 0 : random.below(256)));
      each = static_cast<float>(bytes.pixels.back()) / 255.0F;
    }
    Dataset numbers = bytes;
    numbers.pixels.clear();
    const std::vector<std::int64_t> samples{5, 0, 3, 1, 2};
    const double loss = planned_loss(*plan, network, bytes, samples);
    CHECK(plan->is_sparse() == sparse);
    CHECK(planned_loss(*plan, network, numbers, samples) == loss);
  }
}

TEST_CASE("gradient descent in the pass of the gradient takes the same steps as the graph", "[plan]") {
  for (const double density : {0.15, 1.0}) {
    Random random(5);
    Network network({.input = Shape{70},
                     .layers = {{.type = LayerType::Affine, .units = 10},
                                {.type = LayerType::Tanh},
                                {.type = LayerType::Affine, .units = 3}}},
                    2);
    const Dataset data = draw_data(network, 30, density, random);
    const auto plan = plan_of(network, 7);
    for (int step = 0; step < 20; ++step) {
      const auto samples = some(data.count, step % 4 == 3 ? 3 : 7, random);
      const double loss = planned_loss(*plan, network, data, samples);
      plan->descend(0.1F);
      CHECK_THAT(loss, near(graph_loss(network, data, samples), kTolerance));
      for (const NodeIndex parameter : network.parameters()) {
        const Tensor gradient = network.graph().grad(parameter);
        Tensor& value = network.graph().leaf_value(parameter);
        for (std::size_t i = 0; i < value.size(); ++i) value[i] = rounded(Dtype::Float32, value[i] - 0.1 * gradient[i]);
      }
    }
  }
}

TEST_CASE("a restored plan has the weights from before its latest step", "[plan]") {
  Random random(6);
  Network network({.input = Shape{3}, .layers = {{.type = LayerType::Affine, .units = 2}}}, 2);
  const Dataset data = draw_data(network, 5, 1, random);
  const auto plan = plan_of(network, 5);
  const std::vector<float> first = plan->parameters()[0].now;
  plan->restore();
  CHECK(plan->parameters()[0].now == first);
  (void)planned_loss(*plan, network, data, {0, 1, 2});
  plan->descend(0.5F);
  CHECK(plan->parameters()[0].now != first);
  plan->restore();
  CHECK(plan->parameters()[0].now == first);
  (void)planned_loss(*plan, network, data, {0, 1});
  plan->differentiate();
  plan->parameters()[0].now[0] = 7;
  plan->restore();
  CHECK(plan->parameters()[0].now == first);
}

TEST_CASE("predictions and evaluations follow weights that are loaded in between", "[plan]") {
  Random random(7);
  for (const Loss loss : {Loss::SoftmaxWithLoss, Loss::MeanSquaredError, Loss::SigmoidWithLoss}) {
    const NetworkSpec spec{.input = Shape{66},
                           .layers = {{.type = LayerType::Affine, .units = 9},
                                      {.type = LayerType::Sigmoid},
                                      {.type = LayerType::Affine, .units = 4}},
                           .loss = loss};
    Network network(spec, 1);
    const Network other(spec, 2);
    const Dataset data = draw_data(network, 300, 0.2, random);
    for (const bool loaded : {false, true}) {
      if (loaded) network.load_weights(other.save_weights());
      const Tensor all = network.predict(data.samples, data.count);
      const Tensor one = network.predict(std::span(data.samples).first(66), 1);
      check_same(one.elements(), all.elements().first(4));
      Tensor x(Shape{data.count, 66}, {data.samples.begin(), data.samples.end()});
      Tensor blank(loss == Loss::SoftmaxWithLoss ? Shape{data.count} : Shape{data.count, 4});
      network.graph().set_together({{network.x(), std::move(x)}, {network.t(), std::move(blank)}});
      network.graph().forward(network.prediction());
      check_same(all.elements(), network.graph().value(network.prediction()).elements());
      std::vector<std::int64_t> every(300);
      std::iota(every.begin(), every.end(), 0);
      CHECK_THAT(evaluate(network, data, 300).loss, near(graph_loss(network, data, every), kTolerance));
    }
    CHECK(network.predict({}, 0).size() == 0);
  }
}

TEST_CASE("every optimizer takes the same way on the plan and on the graph, ragged batches included", "[plan][train]") {
  for (const char* name : {"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"}) {
    for (const double decay : {0.0, 0.01}) {
      INFO(name << " with decay " << decay);
      Random random(8);
      const NetworkSpec spec{.input = Shape{5},
                             .layers = {{.type = LayerType::Affine, .units = 7},
                                        {.type = LayerType::Sigmoid},
                                        {.type = LayerType::Affine, .units = 3}}};
      Network network(spec, 3);
      Network reference(spec, 3);
      const Dataset data = draw_data(network, 10, 1, random);
      Trainer trainer(network, data,
                      {.optimizer = name, .learning_rate = 0.05, .batch_size = 4, .seed = 1, .weight_decay = decay});
      const auto optimizer = make_optimizer(name);
      for (int i = 1; i <= 12; ++i) {
        if (i == 6) trainer.set_batch_size(7);  // larger than the plan was made for
        trainer.show_next_batch();
        Graph& graph = reference.graph();
        graph.set_together(
            {{reference.x(), network.graph().value(network.x())}, {reference.t(), network.graph().value(network.t())}});
        graph.backward(reference.loss(), std::nullopt, GradientFor::Parameters);
        const auto loss = graph.value(reference.loss())[0];
        optimizer->begin(i, 0.05F);
        for (std::size_t p = 0; p < reference.parameters().size(); ++p) {
          Tensor gradient = graph.grad(reference.parameters()[p]);
          Tensor& value = graph.leaf_value(reference.parameters()[p]);
          if (value.shape().rank() == 2) {
            for (std::size_t k = 0; k < value.size(); ++k) gradient[k] += decay * value[k];
          }
          std::vector<float> weights = singles(value);
          optimizer->update(p, weights, singles(gradient));
          std::ranges::copy(weights, value.data());
        }
        CHECK_THAT(trainer.run(1), near(loss, 1e-4));
      }
      for (const NodeIndex parameter : network.parameters()) {
        for (std::size_t k = 0; k < network.graph().node(parameter).value.size(); ++k) {
          CHECK_THAT(static_cast<double>(network.graph().node(parameter).value[k]),
                     near(static_cast<double>(reference.graph().node(parameter).value[k]), 1e-4));
        }
      }
    }
  }
}

namespace {

Trainer digits_trainer(Network& network, bool dense) {
  Dataset data;
  data.count = 200;
  data.pixels.resize(200 * kDigitPixels);
  std::vector<std::uint8_t> labels(200);
  handwriting(1, 0, data.pixels, labels);
  data.labels.assign(labels.begin(), labels.end());
  // Ink everywhere: too many numbers for a list.
  for (std::uint8_t& pixel : data.pixels) pixel = dense && pixel == 0 ? 20 : pixel;
  return {network, std::move(data), {.optimizer = "sgd", .learning_rate = 0.1, .batch_size = 50, .seed = 7}};
}

NetworkSpec digits_spec() {
  return {.input = Shape{784},
          .layers = {{.type = LayerType::Affine, .units = 20},
                     {.type = LayerType::Tanh},
                     {.type = LayerType::Affine, .units = 10}}};
}

}  // namespace

TEST_CASE("gradient descent on a plan gives the same bytes every time, however the run is cut", "[plan][train]") {
  for (const bool dense : {false, true}) {
    const auto train = [&](const std::vector<int>& calls) {
      Network network(digits_spec(), 3);
      Trainer trainer = digits_trainer(network, dense);
      for (const int call : calls) trainer.run(call);
      return network.save_weights();
    };
    const auto whole = train({9});
    CHECK(train({9}) == whole);
    CHECK(train({1, 5, 3}) == whole);
  }
}

TEST_CASE("native and wasm builds train alike, to 1e-5", "[plan][train]") {
  // The losses of a native build. Rounding is the same everywhere; the C libraries' logarithms and cosines are not.
  for (const bool dense : {false, true}) {
    Network network(digits_spec(), 3);
    Trainer trainer = digits_trainer(network, dense);
    CHECK_THAT(trainer.run(10), near(dense ? 2.1010490558875587 : 2.0162207432528434, 1e-5));
    CHECK_THAT(trainer.run(10), near(dense ? 1.5207944700549485 : 1.4285343434646749, 1e-5));
  }
}
