/// What each op refuses, and whether the sentence says what was wanted, what came and where.
#include "support/build.h"
#include "support/matchers.h"

#include <cmath>

using namespace backprop;
using namespace backprop::test;

namespace {
Error refused_graph(ErrorCode code, const std::vector<std::string>& words, std::vector<DocumentNode> nodes) {
  return refused(code, words, [&] { const Graph graph(document(std::move(nodes))); });
}
}  // namespace

TEST_CASE("element-wise ops refuse shapes that do not broadcast", "[ops][refusal]") {
  for (const char* name : {"add", "sub", "mul", "div", "pow"}) {
    const Error error = refused_graph(
        ErrorCode::ShapeMismatch, {name, "\"z\"", "[2, 3]", "[2]"},
        {input("a", matrix(2, 3, {1, 2, 3, 4, 5, 6})), input("b", vector({1, 2})), op("z", name, {"a", "b"})});
    CHECK(error.nodes() == std::vector<std::string>{"z", "a", "b"});
  }
}

TEST_CASE("matmul names both shapes and the remedy", "[ops][refusal]") {
  refused_graph(
      ErrorCode::ShapeMismatch, {"matmul \"hidden\"", "X is [1, 784]", "W is [50, 784]", "784 rows", "Transpose W"},
      {input("X", Tensor(Shape{1, 784})), parameter("W", Tensor(Shape{50, 784})), op("hidden", "matmul", {"X", "W"})});
  refused_graph(ErrorCode::ShapeMismatch, {"rank"},
                {input("X", 2), parameter("W", Tensor(Shape{2, 2})), op("y", "matmul", {"X", "W"})});
}

TEST_CASE("affine refuses a bias that is not one number a column", "[ops][refusal]") {
  refused_graph(ErrorCode::ShapeMismatch, {"B is [2]", "[3]"},
                {input("X", Tensor(Shape{4, 2})), parameter("W", Tensor(Shape{2, 3})), parameter("B", Tensor(Shape{2})),
                 op("y", "affine", {"X", "W", "B"})});
  refused_graph(ErrorCode::ShapeMismatch, {"matrix"},
                {input("X", Tensor(Shape{4, 2})), parameter("W", Tensor(Shape{2})), parameter("B", Tensor(Shape{2})),
                 op("y", "affine", {"X", "W", "B"})});
}

TEST_CASE("sum and mean refuse axes that are not there or named twice", "[ops][refusal]") {
  for (const char* name : {"sum", "mean"}) {
    refused_graph(ErrorCode::InvalidAttribute, {"axis 2", "[2, 2]"},
                  {input("x", Tensor(Shape{2, 2})), op("y", name, {"x"}, {{"axis", 2.0}})});
    refused_graph(
        ErrorCode::InvalidAttribute, {"twice"},
        {input("x", Tensor(Shape{2, 2})), op("y", name, {"x"}, {{"axis", std::vector<std::int64_t>{1, -1}}})});
  }
}

TEST_CASE("reshape refuses counts that differ and extents that make no sense", "[ops][refusal]") {
  const auto x = Tensor(Shape{2, 3});
  using List = std::vector<std::int64_t>;
  refused_graph(ErrorCode::ShapeMismatch, {"6"}, {input("x", x), op("y", "reshape", {"x"}, {{"shape", List{4}}})});
  refused_graph(ErrorCode::ShapeMismatch, {"6"}, {input("x", x), op("y", "reshape", {"x"}, {{"shape", List{-1, 4}}})});
  refused_graph(ErrorCode::InvalidAttribute, {"−1"}, {input("x", x), op("y", "reshape", {"x"}, {{"shape", List{-2}}})});
  refused_graph(ErrorCode::InvalidAttribute, {"−1"},
                {input("x", x), op("y", "reshape", {"x"}, {{"shape", List{-1, -1}}})});
  refused_graph(ErrorCode::InvalidAttribute, {"missing"}, {input("x", x), op("y", "reshape", {"x"})});
  refused_graph(ErrorCode::ShapeMismatch, {"6"},
                {input("x", x), op("y", "reshape", {"x"}, {{"shape", List{67108864, 67108864, 67108864, 67108864}}})});
}

TEST_CASE("softmax needs a last axis", "[ops][refusal]") {
  refused_graph(ErrorCode::ShapeMismatch, {"[]"}, {input("x", 1), op("y", "softmax", {"x"})});
}

TEST_CASE("softmax-with-loss refuses targets of another shape and labels outside the classes", "[ops][refusal]") {
  refused_graph(
      ErrorCode::ShapeMismatch, {"t is [3]", "[2]", "[2, 3]"},
      {input("x", Tensor(Shape{2, 3})), input("t", Tensor(Shape{3})), op("L", "softmax_with_loss", {"x", "t"})});
  for (const double label : {3.0, -1.0, 0.5, std::nan("")}) {
    Run run(
        {input("x", Tensor(Shape{2, 3})), input("t", vector({0, label})), op("L", "softmax_with_loss", {"x", "t"})});
    const Error error = refused(ErrorCode::InvalidValue, {"\"L\"", "sample 1", "0 to 2"}, [&] { run.backward(); });
    CHECK(error.nodes().front() == "L");
  }
}

TEST_CASE("mean squared error needs prediction and target of one shape", "[ops][refusal]") {
  refused_graph(ErrorCode::ShapeMismatch, {"y is [2]", "t is [3]"},
                {input("y", vector({1, 2})), input("t", vector({1, 2, 3})), op("L", "mean_squared_error", {"y", "t"})});
}

TEST_CASE("attributes are checked: unknown, missing, wrong type", "[ops][refusal]") {
  const auto x = input("x", vector({1, 2}));
  refused_graph(ErrorCode::InvalidAttribute, {"\"axes\"", "axis, keepdims"},
                {x, op("y", "sum", {"x"}, {{"axes", 0.0}})});
  refused_graph(ErrorCode::InvalidAttribute, {"\"keepdims\"", "true or false"},
                {x, op("y", "sum", {"x"}, {{"keepdims", 1.0}})});
  refused_graph(ErrorCode::InvalidAttribute, {"\"axis\"", "integer"}, {x, op("y", "sum", {"x"}, {{"axis", 0.5}})});
  refused_graph(ErrorCode::InvalidAttribute, {"none"}, {x, op("y", "exp", {"x"}, {{"axis", 0.0}})});
}

TEST_CASE("an unknown op is refused with a guess", "[ops][refusal]") {
  refused_graph(ErrorCode::UnknownOp, {"\"sigmoit\"", "\"sigmoid\"", "\"y\""},
                {input("x", 1), op("y", "sigmoit", {"x"})});
  refused_graph(ErrorCode::UnknownOp, {"\"__proto__\""}, {input("x", 1), op("y", "__proto__", {"x"})});
}

TEST_CASE("max refuses to choose among no numbers", "[ops][refusal]") {
  refused_graph(ErrorCode::ShapeMismatch, {"[0, 3]", "largest of no numbers"},
                {input("x", Tensor(Shape{0, 3})), op("y", "max", {"x"})});
  refused_graph(ErrorCode::InvalidAttribute, {"axis 2"},
                {input("x", Tensor(Shape{2, 2})), op("y", "max", {"x"}, {{"axis", 2.0}})});
}

TEST_CASE("transpose wants every axis named once", "[ops][refusal]") {
  using List = std::vector<std::int64_t>;
  const auto x = Tensor(Shape{2, 3});
  refused_graph(ErrorCode::InvalidAttribute, {"names 1 axes", "[2, 3]"},
                {input("x", x), op("y", "transpose", {"x"}, {{"axes", List{1}}})});
  refused_graph(ErrorCode::InvalidAttribute, {"axis 1", "twice"},
                {input("x", x), op("y", "transpose", {"x"}, {{"axes", List{1, -1}}})});
  refused_graph(ErrorCode::InvalidAttribute, {"axis 2"},
                {input("x", x), op("y", "transpose", {"x"}, {{"axes", List{2, 0}}})});
  refused_graph(ErrorCode::InvalidAttribute, {"\"axes\""},
                {input("x", x), op("y", "transpose", {"x"}, {{"axes", List{7, 0}}})});
}

TEST_CASE("concat wants two inputs or more that differ along its axis alone", "[ops][refusal]") {
  const auto a = input("a", Tensor(Shape{2, 3}));
  refused_graph(ErrorCode::ShapeMismatch, {"[2, 3]", "[3, 2]", "axis 0"},
                {a, input("b", Tensor(Shape{3, 2})), op("y", "concat", {"a", "b"})});
  refused_graph(ErrorCode::ShapeMismatch, {"[3]"}, {a, input("b", vector({1, 2, 3})), op("y", "concat", {"a", "b"})});
  refused_graph(ErrorCode::InvalidAttribute, {"scalar"}, {input("a", 1), input("b", 2), op("y", "concat", {"a", "b"})});
  refused_graph(ErrorCode::WrongArity, {"2 to 16 inputs", "has 1"}, {a, op("y", "concat", {"a"})});
  refused_graph(ErrorCode::WrongArity, {"2 to 16 inputs", "has 17"},
                {a, op("y", "concat", std::vector<std::string>(17, "a"))});
}

TEST_CASE("layer norm wants one scale and one shift for each feature", "[ops][refusal]") {
  refused_graph(ErrorCode::ShapeMismatch, {"gamma is [2]", "[3]"},
                {input("X", Tensor(Shape{2, 3})), parameter("g", vector({1, 1})), parameter("b", vector({1, 1})),
                 op("Y", "layer_norm", {"X", "g", "b"})});
  refused_graph(ErrorCode::ShapeMismatch, {"scalar"},
                {input("X", 1), parameter("g", vector({1})), parameter("b", vector({1})),
                 op("Y", "layer_norm", {"X", "g", "b"})});
}

TEST_CASE("sigmoid-with-loss wants an answer from 0 to 1 for each score", "[ops][refusal]") {
  refused_graph(ErrorCode::ShapeMismatch, {"x is [2]", "t is [3]"},
                {input("x", vector({1, 2})), input("t", vector({1, 0, 1})), op("L", "sigmoid_with_loss", {"x", "t"})});
  for (const double answer : {2.0, -0.1, std::nan("")}) {
    Run run({input("x", vector({1, 2})), input("t", vector({1, answer})), op("L", "sigmoid_with_loss", {"x", "t"})});
    refused(ErrorCode::InvalidValue, {"\"L\"", "element 1", "0 (no) to 1 (yes)"}, [&] { run.backward(); });
  }
}

TEST_CASE("attributes outside their range are refused with the range", "[ops][refusal]") {
  refused_graph(ErrorCode::InvalidAttribute, {"\"alpha\" is 1.5", "from 0 to 1"},
                {input("x", 1), op("y", "leaky_relu", {"x"}, {{"alpha", 1.5}})});
  refused_graph(ErrorCode::InvalidAttribute, {"\"seed\" is -1", "an integer from 0 to 1000000000"},
                {input("x", 1), op("y", "dropout", {"x"}, {{"seed", -1.0}})});
  refused_graph(ErrorCode::InvalidAttribute, {"\"iteration\" must be an integer"},
                {input("x", 1), op("y", "dropout", {"x"}, {{"iteration", 0.5}})});
}
