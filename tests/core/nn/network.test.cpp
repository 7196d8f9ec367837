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
  const Tensor<float> y = network.predict(samples, 300);
  REQUIRE(y.shape() == Shape{300, 2});
  for (std::size_t row = 0; row < 300; ++row) CHECK_THAT(y[2 * row] + y[2 * row + 1], near(1, 1e-6));
  const Tensor<float> one = network.predict(std::span(samples).subspan(3 * 299), 1);
  CHECK_THAT(one[0], near(y[2 * 299], 1e-6));
  CHECK(network.predict({}, 0).size() == 0);
  refused(ErrorCode::ShapeMismatch, {"2 samples", "6"}, [&] { (void)network.predict(std::span(samples).first(5), 2); });
}

TEST_CASE("the same seed gives the same weights, another seed others", "[network]") {
  CHECK(Network(small(), 1).save_weights() == Network(small(), 1).save_weights());
  CHECK(Network(small(), 1).save_weights() != Network(small(), 2).save_weights());
}

TEST_CASE("initialisers have the deviation that they promise", "[network]") {
  const auto deviation = [](std::string_view init) {
    const std::string text = R"({"input": [400], "layers": [{"type": "affine", "units": 100, "init": ")" +
                             std::string(init) + R"("}], "loss": "softmax_with_loss"})";
    const Network network(parse_network_spec(text), 3);
    const Tensor<float>& w = network.graph().value(network.parameters()[0]);
    double squares = 0;
    for (const float each : w.elements()) squares += each * each;
    return std::sqrt(squares / static_cast<double>(w.size()));
  };
  CHECK_THAT(deviation("he"), near(std::sqrt(2.0 / 400), 0.02));
  CHECK_THAT(deviation("xavier"), near(std::sqrt(1.0 / 400), 0.02));
  CHECK_THAT(deviation("std"), near(0.01, 0.02));
  CHECK(deviation("zeros") == 0);
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
  refused(ErrorCode::TooLarge, {"parameters"}, [] {
    const Network network(
        parse_network_spec(
            R"({"input": [1000000], "layers": [{"type": "affine", "units": 1000000}], "loss": "softmax_with_loss"})"),
        1);
  });
}
