// Uses a piece of every room of the installed library. Given a folder, leaves 6,000 digits there as IDX files.
#include <array>
#include <cstdio>
#include <fstream>
#include <string>

#include <backprop/digits.h>
#include <backprop/error.h>
#include <backprop/gradient_check.h>
#include <backprop/graph.h>
#include <backprop/lens.h>
#include <backprop/network.h>
#include <backprop/safetensors.h>
#include <backprop/stepper.h>
#include <backprop/trainer.h>

namespace {

int failures = 0;

void expect(bool holds, const char* what) {
  std::printf("%s: %s\n", holds ? "ok" : "NOT OK", what);
  failures += holds ? 0 : 1;
}

void write_idx(const std::string& path, std::initializer_list<std::uint32_t> shape,
               std::span<const std::uint8_t> data) {
  std::ofstream out(path, std::ios::binary);
  const std::array<char, 4> magic{0, 0, 8, static_cast<char>(shape.size())};
  out.write(magic.data(), magic.size());
  for (const std::uint32_t extent : shape) {
    for (int shift = 24; shift >= 0; shift -= 8) out.put(static_cast<char>(extent >> shift & 0xff));
  }
  out.write(reinterpret_cast<const char*>(data.data()), static_cast<std::streamsize>(data.size()));
}

}  // namespace

int main(int argc, char** argv) {
  using namespace backprop;
  Graph graph(parse_document(R"({"format": "backprop-graph", "version": 1, "nodes": [
    {"id": "x", "op": "input", "value": 3}, {"id": "y", "op": "mul", "inputs": ["x", "x"]}]})"));
  graph.backward(graph.output());
  expect(graph.grad(graph.index_of("x"))[0] == 6, "d(x x)/dx at 3 is 6");
  expect(Stepper(graph, graph.output()).seek(3).size() == 2, "its step back has two records");
  expect(check_gradients(graph, graph.output())[0].agrees, "central differences agree");

  Dataset digits;
  digits.count = 200;
  digits.pixels.resize(200 * kDigitPixels);
  std::vector<std::uint8_t> labels(200);
  handwriting(1, 0, digits.pixels, labels);
  digits.labels.assign(labels.begin(), labels.end());
  Network network(network_preset("TwoLayerNet"), 1);
  const double before = evaluate(network, digits, 200).loss;
  Trainer trainer(network, digits, {.optimizer = "adam", .learning_rate = 0.005, .batch_size = 20});
  trainer.run(30);
  expect(evaluate(network, digits, 200).loss < before / 2, "TwoLayerNet learns");
  expect(Network::load(network.save_weights()).parameter_count() == 39'760, "weights bring their network along");

  try {
    (void)read_idx({});
    expect(false, "an empty file is refused");
  } catch (const Error& error) {
    expect(error.code() == ErrorCode::MalformedFile, "an empty file is refused");
  }

  if (argc > 1) {
    constexpr std::uint32_t kCount = 6000;
    std::vector<std::uint8_t> images(kCount * kDigitPixels);
    labels.resize(kCount);
    handwriting(1, 0, images, labels);
    write_idx(std::string(argv[1]) + "/images.idx", {kCount, 28, 28}, images);
    write_idx(std::string(argv[1]) + "/labels.idx", {kCount}, labels);
  }
  return failures;
}
