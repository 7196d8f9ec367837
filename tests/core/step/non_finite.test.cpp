#include "backprop/non_finite.h"

#include "support/build.h"
#include "support/matchers.h"
#include "support/random_graph.h"

#include <limits>

using namespace backprop;
using namespace backprop::test;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

std::vector<NonFinite> ask(Run& run) { return non_finite(run.graph, run.graph.output()); }

/// The first: `node cause step`.
std::string first(std::vector<DocumentNode> nodes) {
  Run run(std::move(nodes));
  const auto found = ask(run);
  if (found.empty()) return "finite";
  return run.graph.node(found[0].at.node).id + " " + std::string(to_string(found[0].cause)) + " " +
         std::to_string(found[0].step);
}

std::string binary(const std::string& name, double x, double y) {
  return first({input("x", x), input("y", y), op("z", name, {"x", "y"})});
}
std::string unary(const std::string& name, double x) { return first({input("x", x), op("z", name, {"x"})}); }

}  // namespace

TEST_CASE("graphs of finite numbers are well", "[nonfinite]") {
  CHECK(first(apple()) == "finite");
  for (std::uint64_t seed = 1; seed <= 10; ++seed) CHECK(first(random_graph(seed).nodes) == "finite");
}

TEST_CASE("the cause of the first number that is not finite", "[nonfinite]") {
  CHECK(binary("div", 1, 0) == "z divide-by-zero 1");
  CHECK(binary("div", 0, 0) == "z zero-over-zero 1");
  CHECK(binary("div", 1e300, 1e-300) == "z overflow 1");
  CHECK(binary("mul", 1e200, 1e200) == "z overflow 1");
  CHECK(binary("pow", -2, 0.5) == "z pow-of-negative 1");
  CHECK(binary("pow", 0, -1) == "z divide-by-zero 1");
  CHECK(binary("pow", 10, 400) == "z overflow 1");
  CHECK(unary("log", 0) == "z log-of-zero 1");
  CHECK(unary("log", -1) == "z log-of-negative 1");
  CHECK(unary("exp", 1000) == "z overflow 1");
  CHECK(unary("exp", kInf) == "x input 0");
  CHECK(unary("square", kNan) == "x input 0");
}

TEST_CASE("causes on the way back", "[nonfinite]") {
  // √x as x^½: the value at 0 is fine, the derivative ½ x^−½ is not.
  CHECK(first({input("x", 0), constant("half", 0.5), op("y", "pow", {"x", "half"})}) == "x divide-by-zero 3");
  // Upstream 0 meets an infinite derivative.
  CHECK(first({input("x", 0), constant("half", 0.5), constant("zero", 0), op("r", "pow", {"x", "half"}),
               op("y", "mul", {"r", "zero"})}) == "x zero-times-inf 5");
  // Every value is finite, a product of derivatives is not.
  CHECK(first({input("x", 1e-200), constant("c", 1e200), op("p", "mul", {"x", "c"}), op("y", "mul", {"p", "c"})}) ==
        "x overflow 5");
  // d(x^y)/dy = z ln x of a negative base.
  CHECK(first({input("x", -2), input("y", 2), op("z", "pow", {"x", "y"})}) == "y log-of-negative 3");
}

TEST_CASE("how it went on: an overflow becomes ∞ − ∞, ∞ / ∞, 0 · ∞", "[nonfinite]") {
  const auto causes = [](std::vector<DocumentNode> nodes) {
    Run run(std::move(nodes));
    std::string list;
    for (const NonFinite& found : ask(run)) {
      if (found.phase != Phase::Forward) continue;
      list += (list.empty() ? "" : ", ") + run.graph.node(found.at.node).id + " " + std::string(to_string(found.cause));
    }
    return list;
  };
  CHECK(causes({input("x", 1000), op("e", "exp", {"x"}), op("d", "sub", {"e", "e"}), op("f", "tanh", {"d"})}) ==
        "e overflow, d inf-minus-inf, f passed-on");
  CHECK(causes({input("x", vector({1000, 1})), op("e", "exp", {"x"}), op("s", "sum", {"e"}),
                op("y", "div", {"e", "s"})}) == "e overflow, s passed-on, y inf-over-inf");
  CHECK(causes({input("x", 1000), constant("o", 0), op("e", "exp", {"x"}), op("p", "mul", {"e", "o"})}) ==
        "e overflow, p zero-times-inf");
}

TEST_CASE("the operands are the very elements that met, through broadcasting", "[nonfinite]") {
  Run run({input("a", matrix(2, 3, {1, 2, 3, 4, 5, 6})), input("b", vector({1, 0, 2})), op("y", "div", {"a", "b"})});
  const auto found = ask(run);
  REQUIRE(!found.empty());
  CHECK(found[0].cause == NonFiniteCause::DivideByZero);
  CHECK(found[0].at.element == 1);
  REQUIRE(found[0].inputs.size() == 2);
  CHECK(found[0].inputs[0].element == 1);
  CHECK(found[0].inputs[0].value == 2);
  CHECK(found[0].inputs[1].element == 1);
  CHECK(found[0].inputs[1].value == 0);
  CHECK(found[0].rule == run.graph.index_of("y"));
}

TEST_CASE("of a product of matrices, the operand that tells", "[nonfinite]") {
  Run run({input("a", matrix(1, 2, {1e300, 2})), input("b", matrix(2, 1, {1e300, 3})), op("y", "matmul", {"a", "b"})});
  const auto found = ask(run);
  REQUIRE(!found.empty());
  CHECK(found[0].cause == NonFiniteCause::Overflow);
  CHECK(found[0].inputs[0].value == 1e300);
  CHECK(found[0].inputs[1].value == 1e300);
}

TEST_CASE("a seed that is not finite is where it begins", "[nonfinite]") {
  Run run({input("x", 2), op("y", "square", {"x"})});
  const auto found = non_finite(run.graph, run.graph.output(), Tensor::scalar(kNan));
  REQUIRE(found.size() == 2);
  CHECK(found[0].phase == Phase::Seed);
  CHECK(found[0].cause == NonFiniteCause::Given);
  CHECK(found[0].step == 2);
  CHECK(found[1].cause == NonFiniteCause::PassedOn);
}

TEST_CASE("what the target does not need is not asked", "[nonfinite]") {
  CHECK(first({input("x", 1), input("bad", kInf), op("worse", "exp", {"bad"}), op("y", "square", {"x"})}) == "finite");
}

TEST_CASE("the list is bounded", "[nonfinite]") {
  std::vector<DocumentNode> nodes{input("x0", kNan)};
  for (int i = 1; i <= 200; ++i) nodes.push_back(op("x" + std::to_string(i), "exp", {"x" + std::to_string(i - 1)}));
  Run run(std::move(nodes));
  CHECK(ask(run).size() == kMaxNonFinite);
}

TEST_CASE("in single precision overflow comes earlier", "[nonfinite]") {
  Graph graph(document({input("x", 100), op("y", "exp", {"x"})}), Dtype::Float32);
  const auto found = non_finite(graph, graph.output());
  REQUIRE(!found.empty());
  CHECK(found[0].cause == NonFiniteCause::Overflow);
  CHECK(first({input("x", 100), op("y", "exp", {"x"})}) == "finite");
}
