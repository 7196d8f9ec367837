#include "backprop/paths.h"

#include "backprop/random.h"

#include "support/build.h"
#include "support/matchers.h"
#include "support/random_graph.h"

#include <cmath>

using namespace backprop;
using namespace backprop::test;

namespace {

PathReport ask(Run& run, std::string_view from, std::string_view to) {
  const NodeIndex end = run.graph.index_of(to);
  run.graph.forward(end);
  return paths(run.graph, run.graph.index_of(from), end, run.graph.seed_for(end, std::nullopt));
}

std::vector<std::string> ids(Run& run, const Path& path) {
  std::vector<std::string> names;
  for (const NodeIndex node : path.nodes) names.push_back(run.graph.node(node).id);
  return names;
}

std::vector<double> list(const Tensor& tensor) { return {tensor.elements().begin(), tensor.elements().end()}; }

}  // namespace

TEST_CASE("from the apple's price to the total there is one path: tax times count", "[paths][apple]") {
  Run run(apple());
  const auto report = ask(run, "apple", "total");
  REQUIRE(report.paths.size() == 1);
  CHECK(report.omitted == 0);
  const Path& path = report.paths[0];
  CHECK(ids(run, path) == std::vector<std::string>{"apple", "price", "total"});
  CHECK(path.slots == std::vector<int>{0, 0});
  CHECK((*path.locals[0])[0] == 2);
  CHECK((*path.locals[1])[0] == 1.1);
  CHECK_THAT(path.product[0], near(2.2));
  CHECK_THAT(report.total[0], near(2.2));
}

TEST_CASE("a value used twice is two paths, and they add up", "[paths]") {
  Run run({input("x", 3), op("y", "mul", {"x", "x"}), op("z", "add", {"y", "x"})});
  const auto report = ask(run, "x", "z");
  REQUIRE(report.paths.size() == 3);
  CHECK(report.total[0] == 7);
  double sum = 0;
  for (const auto& path : report.paths) sum += path.product[0];
  CHECK(sum == 7);
}

TEST_CASE("no path, and the path from a node to itself", "[paths]") {
  Run run({input("x", 3), input("w", 2), op("y", "exp", {"x"})});
  const auto none = ask(run, "w", "y");
  CHECK(none.paths.empty());
  CHECK(none.omitted == 0);
  CHECK(none.total[0] == 0);
  const auto self = ask(run, "y", "y");
  REQUIRE(self.paths.size() == 1);
  CHECK(self.paths[0].nodes.size() == 1);
  CHECK(self.total[0] == 1);
  CHECK(ask(run, "y", "x").paths.empty());  // against the wires
}

TEST_CASE("labels are no way for a gradient; constants are asked like inputs", "[paths]") {
  Run run({input("x", vector({1, 2, 3})), input("t", 1), op("L", "softmax_with_loss", {"x", "t"}), constant("c", 4),
           op("y", "mul", {"L", "c"})});
  CHECK(ask(run, "t", "y").paths.empty());
  const auto report = ask(run, "c", "y");
  REQUIRE(report.paths.size() == 1);
  CHECK_THAT(report.total[0], near(run.value("L")));
}

TEST_CASE("on random graphs the products add up to the gradient", "[paths]") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Run run(random_graph(seed, 7).nodes);
    run.backward();
    for (const char* from : {"x0", "x1", "x2", "x3"}) {
      INFO("seed " << seed << ", from " << from);
      const auto report = ask(run, from, "out");
      CHECK(list(report.total) == run.grads(from));  // the same sums in the same order
      if (report.omitted > 0) continue;
      Tensor sum(report.total.shape());
      for (const auto& path : report.paths) {
        accumulate(sum, path.product);
        CHECK(path.slots.size() == path.nodes.size() - 1);
        CHECK(path.locals.size() == path.slots.size());
        for (std::size_t k = 0; k < path.slots.size(); ++k) {
          CHECK(run.graph.node(path.nodes[k + 1]).inputs[static_cast<std::size_t>(path.slots[k])] == path.nodes[k]);
        }
      }
      check_near(list(sum), list(report.total), 1e-12);
    }
  }
}

TEST_CASE("too many paths are counted, not walked", "[paths]") {
  std::vector<DocumentNode> nodes{input("x0", 1)};
  for (int i = 1; i <= 300; ++i) {
    const std::string before = "x" + std::to_string(i - 1);
    nodes.push_back(op("x" + std::to_string(i), "mul", {before, before}));
  }
  Run run(std::move(nodes));
  const auto report = ask(run, "x0", "x300");
  CHECK(report.paths.size() <= kMaxPaths);
  CHECK(!report.paths.empty());
  CHECK(report.omitted == std::pow(2.0, 300));  // 2³⁰⁰ less a few is 2³⁰⁰ in double
  CHECK(report.total[0] == std::pow(2.0, 300));
}

TEST_CASE("few paths too many are counted exactly", "[paths]") {
  std::vector<DocumentNode> nodes{input("x0", 1)};
  for (int i = 1; i <= 9; ++i) {
    const std::string before = "x" + std::to_string(i - 1);
    nodes.push_back(op("x" + std::to_string(i), "add", {before, before}));
  }
  Run run(std::move(nodes));
  const auto report = ask(run, "x0", "x9");
  CHECK(report.paths.size() == 256);
  CHECK(report.omitted == 256);
  CHECK(report.total[0] == 512);
}

TEST_CASE("a path as long as the largest graph", "[paths]") {
  std::vector<DocumentNode> nodes{input("x0", 1), constant("one", 1)};
  for (int i = 1; i <= 15'000; ++i)
    nodes.push_back(op("x" + std::to_string(i), "mul", {"x" + std::to_string(i - 1), "one"}));
  Run run(std::move(nodes));
  const auto report = ask(run, "x0", "x15000");
  REQUIRE(report.paths.size() == 1);
  CHECK(report.paths[0].nodes.size() == 15'001);
  CHECK(report.paths[0].product[0] == 1);
}
