// Uses a piece of every room of the installed library.

#include <cstdio>

#include <backprop/digits.h>
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

}  // namespace

int main() {
  using namespace backprop;
  Graph<double> graph(parse_document(R"({"format": "backprop-graph", "version": 1, "nodes": [
    {"id": "x", "op": "input", "value": 3}, {"id": "y", "op": "mul", "inputs": ["x", "x"]}]})"));
  graph.backward(graph.output());
  expect(graph.grad(graph.index_of("x"))[0] == 6, "d(x x)/dx at 3 is 6");
  expect(Stepper<double>(graph, graph.output()).seek(3).size() == 2, "its step back has two records");
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
  return failures;
}
