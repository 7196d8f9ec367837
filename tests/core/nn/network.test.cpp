#include "backprop/network.h"

#include "backprop/safetensors.h"

#include "support/matchers.h"

#include <cmath>

using namespace backprop;
using namespace backprop::test;

namespace {

constexpr std::string_view kTwoLayerNet =
    R"({"input": [784], "layers": [{"type": "affine", "units": 50, "init": "std", "std": 0.01}, {"type": "relu"},
        {"type": "affine", "units": 10, "init": "std", "std": 0.01}], "loss": "softmax_with_loss"})";

NetworkSpec small() {
  return parse_network_spec(
      R"({"input": [3], "layers": [{"type": "affine", "units": 4}, {"type": "tanh"}, {"type": "affine", "units": 2}], "loss": "softmax_with_loss"})");
}

/// A network of one kind of layer between two affine layers.
NetworkSpec around(std::string_view layer) {
  std::string text = R"({"input": [6], "layers": [{"type": "affine", "units": 8}, )";
  text += layer;
  text += R"(, {"type": "affine", "units": 3}], "loss": "softmax_with_loss"})";
  return parse_network_spec(text);
}

std::vector<std::string> state_names(const Network& network) {
  std::vector<std::string> names;
  for (const NodeIndex node : network.state()) {
    names.push_back(network.graph().node(node).id + network.graph().node(node).shape.text());
  }
  return names;
}

void refuse_spec(const std::vector<std::string>& words, std::string_view text) {
  refused(ErrorCode::MalformedDocument, words, [&] { (void)parse_network_spec(text); });
}

}  // namespace

TEST_CASE("the book's TwoLayerNet has 39,760 parameters and the names that everybody expects", "[network]") {
  const Network network(parse_network_spec(kTwoLayerNet), 1);
  CHECK(network.parameter_count() == 39'760);
  CHECK(network.graph().node(network.graph().index_of("affine1.weight")).shape == Shape{784, 50});
  CHECK(network.graph().node(network.graph().index_of("affine2.bias")).shape == Shape{10});
  CHECK(network.graph().node(network.loss()).id == "loss");
}

TEST_CASE("predictions are probabilities, whatever the number of samples", "[network]") {
  Network network(small(), 7);
  std::vector<float> samples(300 * 3);
  for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = static_cast<float>(i % 11) - 5;
  const Tensor y = network.predict(samples, 300);
  REQUIRE(y.shape() == Shape{300, 2});
  for (std::size_t row = 0; row < 300; ++row) CHECK_THAT(y[2 * row] + y[2 * row + 1], near(1, 1e-6));
  const Tensor one = network.predict(std::span(samples).subspan(3 * 299), 1);
  CHECK_THAT(one[0], near(y[2 * 299], 1e-6));
  CHECK(network.predict({}, 0).size() == 0);
  refused(ErrorCode::ShapeMismatch, {"2 samples", "2 × 3"},
          [&] { (void)network.predict(std::span(samples).first(5), 2); });
}

TEST_CASE("the same seed gives the same weights, another seed others", "[network]") {
  CHECK(Network(small(), 1).save_weights() == Network(small(), 1).save_weights());
  CHECK(Network(small(), 1).save_weights() != Network(small(), 2).save_weights());
}

TEST_CASE("initialisers have the mean, deviation and shape of the distribution that they promise", "[network]") {
  struct Statistics {
    double mean, deviation, within;  // the share within one deviation
  };
  const auto of = [](const std::string& text) {
    const Network network(parse_network_spec(text), 3);
    const Tensor& w = network.graph().value(network.parameters()[0]);
    for (const float bias : network.graph().value(network.parameters()[1]).elements()) REQUIRE(bias == 0);
    const auto n = static_cast<double>(w.size());
    Statistics s{};
    for (const float each : w.elements()) s.mean += each / n;
    for (const float each : w.elements()) s.deviation += (each - s.mean) * (each - s.mean) / n;
    s.deviation = std::sqrt(s.deviation);
    for (const float each : w.elements()) s.within += std::abs(each - s.mean) <= s.deviation ? 1 / n : 0;
    return s;
  };
  const auto affine = [&](const std::string& init) {
    return of(R"({"input": [400], "layers": [{"type": "affine", "units": 100, )" + init +
              R"(}], "loss": "softmax_with_loss"})");
  };
  // 16 channels of 5 × 5 go into every number: n is 400 here too, and as many weights.
  const auto conv = [&](const std::string& init) {
    return of(R"({"input": [16, 5, 5], "layers": [{"type": "conv2d", "filters": 100, "kernel": 5, )" + init +
              R"(}, {"type": "affine", "units": 2}], "loss": "softmax_with_loss"})");
  };
  const auto check = [](const Statistics& s, double deviation) {
    CHECK_THAT(s.deviation / deviation, near(1, 0.02));
    CHECK(std::abs(s.mean) < deviation / 50);  // 200 weights' worth of standard errors of 1/200: 4 of them
    CHECK_THAT(s.within, near(0.6827, 0.02));  // normal
  };
  for (const auto& statistics : {affine(R"("init": "he")"), conv(R"("init": "he")"), affine(R"("std": 7)")}) {
    check(statistics, std::sqrt(2.0 / 400));  // he unless said, whatever std says
  }
  check(affine(R"("init": "xavier")"), std::sqrt(1.0 / 400));
  check(conv(R"("init": "xavier")"), std::sqrt(1.0 / 400));
  check(affine(R"("init": "std")"), 0.01);
  check(conv(R"("init": "std", "std": 0.5)"), 0.5);
  CHECK(affine(R"("init": "zeros")").deviation == 0);
  CHECK(conv(R"("init": "zeros")").deviation == 0);
}

TEST_CASE("every kind of layer has the names and shapes of weights that files expect", "[network]") {
  const Network network(parse_network_spec(R"({"input": [3, 8, 8], "layers": [
        {"type": "conv2d", "filters": 4, "kernel": 3, "pad": 1}, {"type": "batch_norm"}, {"type": "relu"},
        {"type": "max_pool2d", "size": 2}, {"type": "conv2d", "filters": 2, "kernel": 3, "stride": 2},
        {"type": "leaky_relu"}, {"type": "avg_pool2d", "size": 1}, {"type": "affine", "units": 5},
        {"type": "batch_norm"}, {"type": "sigmoid"}, {"type": "layer_norm"}, {"type": "tanh"}, {"type": "gelu"},
        {"type": "softplus"}, {"type": "dropout"}, {"type": "affine", "units": 2}], "loss": "sigmoid_with_loss"})"),
                        1);
  CHECK(state_names(network) ==
        std::vector<std::string>{"conv1.weight[4, 3, 3, 3]", "conv1.bias[4]", "batch_norm1.gamma[4]",
                                 "batch_norm1.beta[4]", "batch_norm1.running_mean[4]", "batch_norm1.running_var[4]",
                                 "conv2.weight[2, 4, 3, 3]", "conv2.bias[2]", "affine1.weight[2, 5]", "affine1.bias[5]",
                                 "batch_norm2.gamma[5]", "batch_norm2.beta[5]", "batch_norm2.running_mean[5]",
                                 "batch_norm2.running_var[5]", "layer_norm1.gamma[5]", "layer_norm1.beta[5]",
                                 "affine2.weight[5, 2]", "affine2.bias[2]"});
  CHECK(network.parameters().size() == 14);  // the running statistics are no parameters
  const Graph& graph = network.graph();
  CHECK(graph.node(graph.index_of("flatten1")).shape == Shape{1, 2});
  CHECK(graph.node(graph.index_of("batch_norm1.running_var")).value[3] == 1);
  CHECK(graph.node(network.prediction()).op->name == "sigmoid");
  CHECK(to_json(parse_network_spec(to_json(network.spec()))) == to_json(network.spec()));
  CHECK(Network::load(network.save_weights()).save_weights() == network.save_weights());
}

TEST_CASE("the book's networks have the book's shapes", "[network][preset]") {
  CHECK(Network(network_preset("TwoLayerNet"), 1).parameter_count() == 39'760);
  CHECK(Network(network_preset("SimpleConvNet"), 1).parameter_count() == 433'890);
  const Network deep(network_preset("DeepConvNet"), 1);
  CHECK(deep.parameter_count() == 123'552);
  CHECK(deep.graph().node(deep.graph().index_of("affine1.weight")).shape == Shape{1024, 50});
  const Network multi(network_preset("MultiLayerNet", {.hidden = {100, 100}, .batch_norm = true, .dropout = 0.2}), 1);
  CHECK(state_names(multi).size() == 2 * 6 + 2);
  CHECK(network_presets().size() == 4);
  for (const std::string_view name : network_presets()) {
    CHECK(to_json(parse_network_spec(to_json(network_preset(name)))) == to_json(network_preset(name)));
  }
  const PresetOptions options = parse_preset_options(
      R"({"input": [4], "hidden": [3, 2], "outputs": 5, "activation": "tanh", "batchNorm": true, "dropout": 0.25})");
  CHECK(to_json(network_preset("MultiLayerNet", options)) ==
        R"({"input":[4],"layers":[{"type":"affine","units":3,"init":"xavier"},{"type":"batch_norm"},{"type":"tanh"},)"
        R"({"type":"dropout","ratio":0.25,"inverted":false},{"type":"affine","units":2,"init":"xavier"},)"
        R"({"type":"batch_norm"},{"type":"tanh"},{"type":"dropout","ratio":0.25,"inverted":false},)"
        R"({"type":"affine","units":5,"init":"xavier"}],"loss":"softmax_with_loss"})");
  refused(ErrorCode::InvalidAttribute, {"\"AlexNet\"", "DeepConvNet"}, [] { (void)network_preset("AlexNet"); });
  refused(ErrorCode::MalformedDocument, {"\"depth\"", "hidden"}, [] { (void)parse_preset_options(R"({"depth": 3})"); });
}

TEST_CASE("an affine layer reads an image channel by channel, row by row", "[network]") {
  // Weights count up; the image is 1 at one place only, so the score is that place's weight.
  Network network(
      parse_network_spec(
          R"({"input": [2, 2, 3], "layers": [{"type": "affine", "units": 1}], "loss": "mean_squared_error"})"),
      1);
  Tensor& weight = network.graph().leaf_value(network.parameters()[0]);
  REQUIRE(weight.size() == 12);
  for (std::size_t i = 0; i < 12; ++i) weight[i] = static_cast<float>(i);
  for (std::size_t i = 0; i < 12; ++i) {
    std::vector<float> image(12);
    image[i] = 1;
    CHECK(network.predict(image, 1)[0] == static_cast<float>(i));
  }
}

TEST_CASE("dropout and batch norm act in training alone", "[network]") {
  const std::vector<float> x{1, -2, 0.5F, 3, 0, 1};
  Network dropping(around(R"({"type": "dropout", "ratio": 0.5})"), 4);
  Network plain(around(R"({"type": "dropout", "ratio": 0})"), 4);
  CHECK(dropping.predict(x, 1)[0] == plain.predict(x, 1)[0]);
  dropping.set_training(true);
  CHECK(dropping.training());
  CHECK(dropping.predict(x, 1)[0] == plain.predict(x, 1)[0]);  // a prediction ends training
  CHECK_FALSE(dropping.training());

  // The book's variant drops without making up for it, and scales down afterwards.
  Network book(around(R"({"type": "dropout", "ratio": 0.5, "inverted": false})"), 4);
  CHECK(book.predict(x, 1)[0] != plain.predict(x, 1)[0]);

  // With mean 0 and variance 1 remembered, batch norm lets a single sample through (up to ε).
  Network norm(around(R"({"type": "batch_norm"})"), 4);
  CHECK_THAT(norm.predict(x, 1)[0], near(plain.predict(x, 1)[0], 1e-4));
}

TEST_CASE("weights are saved with their spec and loaded again", "[network]") {
  Network network(small(), 5);
  const auto file = network.save_weights();
  Network loaded = Network::load(file);
  CHECK(to_json(loaded.spec()) == to_json(network.spec()));
  const std::vector<float> x{1, -2, 0.5F};
  CHECK(loaded.predict(x, 1)[0] == network.predict(x, 1)[0]);
  CHECK(loaded.save_weights() == file);
  Network half = Network::load(network.save_weights(true));
  CHECK_THAT(half.predict(x, 1)[0], near(network.predict(x, 1)[0], 2e-3));
}

TEST_CASE("weights of another network are refused and change nothing", "[network][refusal]") {
  Network network(small(), 5);
  const auto before = network.save_weights();
  const auto other =
      Network(parse_network_spec(
                  R"({"input": [3], "layers": [{"type": "affine", "units": 2}], "loss": "softmax_with_loss"})"),
              1)
          .save_weights();
  refused(ErrorCode::ShapeMismatch, {"affine1.weight", "[3, 2]", "[3, 4]"}, [&] { network.load_weights(other); });
  refused(ErrorCode::MalformedFile, {"no tensor"}, [&] { network.load_weights(write_safetensors({}, false)); });
  refused(ErrorCode::MalformedFile, {"network"}, [] { (void)Network::load(write_safetensors({}, false)); });
  CHECK(network.save_weights() == before);
}

TEST_CASE("a safetensors file that does not add up is refused", "[safetensors][refusal]") {
  const auto whole = Network(small(), 5).save_weights();
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    INFO("cut to " << length);
    refused(ErrorCode::MalformedFile, {"safetensors"}, [&] { (void)read_safetensors(std::span(whole).first(length)); });
  }
  auto lies = whole;
  lies[7] = 0x7F;
  refused(ErrorCode::MalformedFile, {"claims"}, [&] { (void)read_safetensors(lies); });

  const auto with_header = [](std::string header) {
    std::vector<std::uint8_t> bytes(8, 0);
    bytes[0] = static_cast<std::uint8_t>(header.size());
    bytes.insert(bytes.end(), header.begin(), header.end());
    bytes.resize(bytes.size() + 8);
    return bytes;
  };
  const auto refuse = [&](ErrorCode code, const std::vector<std::string>& words, const std::string& header) {
    refused(code, words, [&] { (void)read_safetensors(with_header(header)); });
  };
  refuse(ErrorCode::MalformedFile, {"JSON"}, "{nonsense");
  refuse(ErrorCode::MalformedFile, {"\"a\""}, R"({"a": 3})");
  refuse(ErrorCode::MalformedFile, {"needs 12 bytes"},
         R"({"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}})");
  refuse(ErrorCode::MalformedFile, {"data_offsets[1]"},
         R"({"a": {"dtype": "F32", "shape": [9], "data_offsets": [0, 36]}})");
  refuse(ErrorCode::MalformedFile, {"data_offsets[0]"},
         R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [-4, 0]}})");
  refuse(ErrorCode::Unsupported, {"BF16"}, R"({"a": {"dtype": "BF16", "shape": [4], "data_offsets": [0, 8]}})");
  refuse(ErrorCode::TooLarge, {"elements"},
         R"({"a": {"dtype": "F32", "shape": [67108864, 67108864], "data_offsets": [0, 8]}})");
}

TEST_CASE("network specs are checked", "[network][refusal]") {
  refuse_spec({"not JSON"}, "{");
  refuse_spec({"\"input\""}, R"({"layers": [], "loss": "softmax_with_loss"})");
  refuse_spec({"\"layers\""}, R"({"input": [3], "layers": [], "loss": "softmax_with_loss"})");
  refuse_spec({"layers[0].type", "\"relu\""},
              R"({"input": [3], "layers": [{"type": "dense"}], "loss": "softmax_with_loss"})");
  refuse_spec({"layers[0].units"},
              R"({"input": [3], "layers": [{"type": "affine", "units": 0}], "loss": "softmax_with_loss"})");
  refuse_spec({"\"loss\""}, R"({"input": [3], "layers": [{"type": "relu"}], "loss": "hinge"})");
  const auto layers = [](std::string_view list, std::string_view input = "[3]") {
    std::string text = R"({"input": )";
    text += input;
    text += R"(, "loss": "softmax_with_loss", "layers": )";
    text += list;
    return text + "}";
  };
  refuse_spec({"\"input\"", "[1, 28, 28]"}, layers(R"([{"type": "relu"}])", "[1, 2, 3, 4]"));
  refuse_spec({"layers[0].unit", "units init std"}, layers(R"([{"type": "affine", "unit": 3}])"));
  refuse_spec({"layers[0].units init", "only"}, layers(R"([{"type": "affine", "units": 3, "units init": 3}])"));
  refuse_spec({"layers[0].ratio", "no settings"}, layers(R"([{"type": "relu", "ratio": 3}])"));
  refuse_spec({"layers[1].kernel"}, layers(R"([{"type": "relu"}, {"type": "conv2d", "filters": 3}])"));
  refuse_spec({"layers[0].stride"}, layers(R"([{"type": "conv2d", "filters": 3, "kernel": 3, "stride": 0}])"));
  refuse_spec({"layers[0].size"}, layers(R"([{"type": "max_pool2d"}])"));
  refuse_spec({"layers[0].ratio", "below 1"}, layers(R"([{"type": "dropout", "ratio": 1}])"));
  refuse_spec({"layers[0].inverted"}, layers(R"([{"type": "dropout", "inverted": 1}])"));

  const auto refuse_network = [&](ErrorCode code, const std::vector<std::string>& words, const std::string& text) {
    refused(code, words, [&] { const Network network(parse_network_spec(text), 1); });
  };
  refuse_network(ErrorCode::ShapeMismatch, {"layers[0] (conv2d)", "[3]", "[1, 28, 28]"},
                 layers(R"([{"type": "conv2d", "filters": 3, "kernel": 3}])"));
  refuse_network(
      ErrorCode::ShapeMismatch, {"layers[1] (conv2d)"},
      layers(R"([{"type": "max_pool2d", "size": 4}, {"type": "conv2d", "filters": 3, "kernel": 3}])", "[1, 8, 8]"));
  refuse_network(ErrorCode::ShapeMismatch, {"layers[0] (max_pool2d)"},
                 layers(R"([{"type": "max_pool2d", "size": 2}])"));
  // 64 layers of a million filters would need more than any machine has: refused before anything is made.
  refuse_network(ErrorCode::TooLarge, {"layers[0] (conv2d)", "conv1.weight"},
                 layers(R"([{"type": "conv2d", "filters": 1000000, "kernel": 1}])", "[1000, 8, 8]"));
  refuse_network(ErrorCode::TooLarge, {"layers[0] (conv2d)"},
                 layers(R"([{"type": "conv2d", "filters": 1000000, "kernel": 1}])", "[1, 1000, 1000]"));
  refuse_network(ErrorCode::TooLarge, {"elements"},
                 layers(R"([{"type": "affine", "units": 3}])", "[1000000, 1000000, 1000000]"));
  refused(ErrorCode::TooLarge, {"parameters"}, [] {
    const Network network(
        parse_network_spec(
            R"({"input": [1000000], "layers": [{"type": "affine", "units": 1000000}], "loss": "softmax_with_loss"})"),
        1);
  });
}
