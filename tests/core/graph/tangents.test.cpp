/// Forward mode over whole graphs.
#include "backprop/tangents.h"

#include "backprop/random.h"

#include "support/build.h"
#include "support/matchers.h"
#include "support/random_graph.h"

using namespace backprop;
using namespace backprop::test;

namespace {

Tensor drawn(const Shape& shape, Random& random) {
  Tensor tensor(shape);
  for (double& each : tensor.elements()) each = random.uniform(-1, 1);
  return tensor;
}

double dot(const Tensor& a, const Tensor& b) {
  REQUIRE(a.shape() == b.shape());
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

Directions drawn_for(const Graph& graph, Random& random) {
  Directions directions;
  for (NodeIndex i = 0; i < graph.size(); ++i) {
    if (graph.node(i).op->name == "input") directions.emplace_back(i, drawn(graph.node(i).shape, random));
  }
  return directions;
}

}  // namespace

TEST_CASE("one more apple moves the price by 100 and the total by 110", "[tangents][apple]") {
  Run run(apple());
  const auto moves = tangents(run.graph, {{run.graph.index_of("count"), Tensor::scalar(1)}});
  REQUIRE(moves.size() == run.graph.size());
  CHECK(moves[run.graph.index_of("price")][0] == 100);
  CHECK_THAT(moves[run.graph.index_of("total")][0], near(110));
  CHECK(moves[run.graph.index_of("apple")][0] == 0);
  CHECK(moves[run.graph.index_of("count")][0] == 1);
}

TEST_CASE("forward mode is the transpose of backward mode on random graphs", "[tangents][property]") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    INFO("seed " << seed);
    for (const GraphDocument& document : {random_graph(seed), random_scalars(seed, 25)}) {
      Graph graph(document);
      Random random(seed);
      const Directions directions = drawn_for(graph, random);
      const auto moves = tangents(graph, directions);
      const Tensor upstream = drawn(graph.node(graph.output()).shape, random);
      graph.backward(graph.output(), upstream);
      double back = 0;
      double scale = 1;
      for (const auto& [leaf, direction] : directions) {
        const double term = dot(graph.grad(leaf), direction);
        back += term;
        scale = std::max(scale, std::abs(term));
      }
      const double forth = dot(upstream, moves[graph.output()]);
      if (!std::isfinite(back) || !std::isfinite(forth)) continue;
      CHECK(std::abs(forth - back) <= 1e-10 * scale);
    }
  }
}

TEST_CASE("forward mode agrees with central differences along the directions", "[tangents]") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    INFO("seed " << seed);
    Graph graph(random_graph(seed));
    Random random(seed);
    const Directions directions = drawn_for(graph, random);
    const auto moves = tangents(graph, directions);
    const auto moved = [&](double by) {
      Graph other = graph;
      for (const auto& [leaf, direction] : directions) {
        Tensor value = graph.value(leaf);
        for (std::size_t i = 0; i < value.size(); ++i) value[i] += by * direction[i];
        other.set(leaf, std::move(value));
      }
      other.forward(other.output());
      return other;
    };
    const double h = 1e-5;
    const Graph above = moved(h);
    const Graph below = moved(-h);
    for (NodeIndex i = 0; i < graph.size(); ++i) {
      if (!above.node(i).has_value) continue;
      for (std::size_t k = 0; k < moves[i].size(); ++k) {
        CHECK_THAT(moves[i][k], near((above.value(i)[k] - below.value(i)[k]) / (2 * h), 1e-6));
      }
    }
  }
}

TEST_CASE("labels stand still, and what nothing moves is zero", "[tangents]") {
  Run run({input("x", vector({1, 2, 3})), input("t", 1), constant("c", 2), op("L", "softmax_with_loss", {"x", "t"}),
           op("k", "square", {"c"})});
  const auto moves = tangents(run.graph, {{run.graph.index_of("t"), Tensor::scalar(1)}});
  CHECK(moves[run.graph.index_of("L")][0] == 0);
  CHECK(moves[run.graph.index_of("k")][0] == 0);
  CHECK(moves[run.graph.index_of("x")].size() == 3);
  // A constant moves too when it is told to.
  CHECK(tangents(run.graph, {{run.graph.index_of("c"), Tensor::scalar(1)}})[run.graph.index_of("k")][0] == 4);
}

TEST_CASE("with a target, only what it needs is computed", "[tangents]") {
  Run run({input("x", 2), input("bad", -1), op("y", "square", {"x"}), op("z", "exp", {"bad"})});
  const auto moves = tangents(run.graph, {{0, Tensor::scalar(1)}}, run.graph.index_of("y"));
  CHECK(moves[run.graph.index_of("y")][0] == 4);
  CHECK_FALSE(run.graph.node(run.graph.index_of("z")).has_value);
}

TEST_CASE("directions that make no sense are refused", "[tangents][refusal]") {
  Run run({input("x", vector({1, 2})), op("y", "square", {"x"})});
  refused(ErrorCode::NotALeaf, {"\"y\""}, [&] {
    (void)tangents(run.graph, {{run.graph.index_of("y"), vector({1, 1})}});
  });
  refused(ErrorCode::ShapeMismatch, {"[3]", "[2]", "\"x\""}, [&] {
    (void)tangents(run.graph, {{0, vector({1, 1, 1})}});
  });
}
