/// What must hold on every graph, whatever its ops.
#include "backprop/graph.h"
#include "backprop/paths.h"
#include "backprop/random.h"
#include "backprop/stepper.h"
#include "backprop/tangents.h"

#include "support/build.h"
#include "support/matchers.h"
#include "support/random_graph.h"

#include <algorithm>
#include <cmath>

using namespace backprop;
using namespace backprop::test;

namespace {

Tensor random_like(const Shape& shape, Random& random) {
  Tensor tensor(shape);
  for (double& each : tensor.elements()) each = random.uniform(-1.5, 1.5);
  return tensor;
}

std::vector<double> list(const Tensor& tensor) { return {tensor.elements().begin(), tensor.elements().end()}; }

bool is_single(const Tensor& tensor) {
  return std::ranges::all_of(tensor.elements(), [](double each) {
    return std::isnan(each) || each == static_cast<double>(static_cast<float>(each));
  });
}
bool is_single(const std::optional<Tensor>& tensor) { return !tensor || is_single(*tensor); }

/// The last matrix of the random graph instead of its mean: a target with a seed worth the name.
GraphDocument with_matrix_output(std::uint64_t seed) {
  GraphDocument document = random_graph(seed);
  document.nodes.pop_back();
  return document;
}

}  // namespace

TEST_CASE("backward is linear in the upstream gradient", "[graph][property]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    Graph graph(with_matrix_output(seed));
    Random random(seed + 100);
    const Tensor a = random_like(Shape{2, 2}, random);
    const Tensor b = random_like(Shape{2, 2}, random);
    Tensor both(Shape{2, 2});
    for (std::size_t i = 0; i < both.size(); ++i) both[i] = 2 * a[i] - 0.5 * b[i];
    const auto gradients = [&](const Tensor& upstream) {
      graph.backward(graph.output(), upstream);
      std::vector<double> all;
      for (const char* id : {"x0", "x1", "x2", "x3"}) {
        for (const double each : list(graph.grad(graph.index_of(id)))) all.push_back(each);
      }
      return all;
    };
    const std::vector<double> from_a = gradients(a);
    const std::vector<double> from_b = gradients(b);
    std::vector<double> expected;
    for (std::size_t i = 0; i < from_a.size(); ++i) expected.push_back(2 * from_a[i] - 0.5 * from_b[i]);
    check_near(gradients(both), expected, 1e-12);
  }
}

TEST_CASE("the order of the nodes in the document changes no number", "[graph][property]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    for (GraphDocument document : {random_graph(seed), random_scalars(seed)}) {
      document.output = document.nodes.back().id;
      Graph graph(document);
      Random random(seed);
      for (std::size_t i = document.nodes.size(); i-- > 1;) {
        std::swap(document.nodes[i], document.nodes[random.below(static_cast<std::uint32_t>(i + 1))]);
      }
      Graph shuffled(document);
      graph.backward(graph.output());
      shuffled.backward(shuffled.output());
      CHECK(list(graph.value(graph.output())) == list(shuffled.value(shuffled.output())));
      for (const char* id : {"x0", "x1", "x2", "x3"}) {
        // Gradients may be summed in another order.
        check_near(list(shuffled.grad(shuffled.index_of(id))), list(graph.grad(graph.index_of(id))), 1e-11);
      }
    }
  }
}

TEST_CASE("a graph in float32 keeps and shows nothing but single precision", "[graph][property]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    Graph graph(random_graph(seed), Dtype::Float32);
    Stepper stepper(graph, graph.output());
    for (int step = 1; step <= stepper.steps(); ++step) {
      for (const StepRecord& record : stepper.seek(step)) {
        INFO("step " << step << ", slot " << record.slot);
        for (const auto& each : {record.upstream, record.local, record.contribution, record.before, record.after}) {
          REQUIRE(is_single(each));
        }
        // What is shown is what is computed: upstream × local, rounded once more.
        if (record.combine != Combine::Times || !(record.local->shape() == record.contribution->shape())) continue;
        if (!(record.upstream->shape() == record.local->shape())) continue;
        for (std::size_t i = 0; i < record.local->size(); ++i) {
          REQUIRE((*record.contribution)[i] == rounded(Dtype::Float32, (*record.upstream)[i] * (*record.local)[i]));
        }
      }
    }
    Random random(seed);
    for (NodeIndex leaf = 0; leaf < graph.size(); ++leaf) {
      if (!graph.node(leaf).op->is_leaf()) continue;
      for (const Tensor& each : tangents(graph, {{leaf, random_like(graph.node(leaf).shape, random)}})) {
        REQUIRE(is_single(each));
      }
      const PathReport report = paths(graph, leaf, graph.output(), graph.seed_for(graph.output(), std::nullopt));
      REQUIRE(is_single(report.total));
      for (const Path& path : report.paths) REQUIRE(is_single(path.product));
    }
  }
}

TEST_CASE("single precision agrees with double as far as it can", "[graph][property]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    INFO("seed " << seed);
    const GraphDocument document = random_graph(seed);
    Graph precise(document);
    Graph single(document, Dtype::Float32);
    precise.backward(precise.output());
    single.backward(single.output());
    for (NodeIndex i = 0; i < precise.size(); ++i) {
      if (!precise.node(i).has_value) continue;
      check_near(list(single.value(i)), list(precise.value(i)), 2e-5);
      check_near(list(single.grad(i)), list(precise.grad(i)), 2e-4);
    }
  }
}

TEST_CASE("a copy of a graph is a graph of its own", "[graph]") {
  Graph original(random_scalars(5));
  original.backward(original.output());
  Graph copy = original;
  copy.set(0, Tensor::scalar(9));
  copy.backward(copy.output());
  CHECK(original.value(0)[0] != 9);
  const double before = original.grad(0)[0];
  original.backward(original.output());
  CHECK(original.grad(0)[0] == before);
}
