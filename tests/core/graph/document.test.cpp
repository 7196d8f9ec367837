#include "backprop/document.h"

#include "support/build.h"
#include "support/matchers.h"

#include <cmath>

using namespace backprop;
using namespace backprop::test;

namespace {
constexpr std::string_view kApple = R"({
  "format": "backprop-graph", "version": 1,
  "nodes": [ { "id": "apple", "op": "input", "value": 100, "label": "りんご", "note": "from the market" }, { "id": "count", "op": "input", "value": 2 },
             { "id": "price", "op": "mul", "inputs": ["apple", "count"], "position": [1.5, -2] },
             { "id": "tax", "op": "input", "value": 1.1 }, { "id": "total", "op": "mul", "inputs": ["price", "tax"] } ],
  "output": "total", "seed": 2, "title": "two apples",
  "note": "What does one more apple cost?" })";

std::string nodes(std::string_view list) {
  return R"({"format": "backprop-graph", "version": 1, "nodes": )" + std::string(list) + "}";
}
void refuse(ErrorCode code, const std::vector<std::string>& words, const std::string& text) {
  refused(code, words, [&] { const Graph graph(parse_document(text)); });
}
}  // namespace

TEST_CASE("the apple graph is read, computed and written back", "[document]") {
  const GraphDocument document = parse_document(kApple);
  Graph graph(document);
  graph.backward(graph.output());
  CHECK_THAT(graph.value(graph.output())[0], near(220));
  CHECK_THAT(graph.grad(graph.index_of("apple"))[0], near(4.4));
  const std::string written = to_json(graph.to_document());
  CHECK(written == to_json(document));
  CHECK(to_json(parse_document(written)) == written);
  CHECK(written.find("りんご") != std::string::npos);
  CHECK(written.find("from the market") != std::string::npos);
  CHECK(written.find("one more apple") != std::string::npos);
}

TEST_CASE("numbers come back to the same bits", "[document]") {
  for (const double number : {0.1, 1.0 / 3, 1e-300, 123456789.125, -0.0, 5e15, 220.00000000000003}) {
    const GraphDocument written = document({input("x", number)});
    const double back = (*parse_document(to_json(written)).nodes[0].value)[0];
    CHECK(back == number);
    CHECK(std::signbit(back) == std::signbit(number));
  }
}

TEST_CASE("numbers that JSON cannot hold are not written", "[document][refusal]") {
  refused(ErrorCode::InvalidValue, {"\"x\"", "NaN"}, [] { (void)to_json(document({input("x", std::nan(""))})); });
}

TEST_CASE("text that is no document is refused with its place", "[document][refusal]") {
  refuse(ErrorCode::MalformedDocument, {"not JSON", "line 2"}, "{\n\"format\": }");
  refuse(ErrorCode::MalformedDocument, {"not JSON"}, "");
  refuse(ErrorCode::MalformedDocument, {"object"}, "[]");
  refuse(ErrorCode::MalformedDocument, {"\"format\""}, R"({"version": 1, "nodes": []})");
  refuse(ErrorCode::MalformedDocument, {"\"version\""}, R"({"format": "backprop-graph", "version": 2, "nodes": []})");
  refuse(ErrorCode::MalformedDocument, {"\"nodes\""}, R"({"format": "backprop-graph", "version": 1})");
  refuse(ErrorCode::MalformedDocument, {"no nodes"}, nodes("[]"));
  refuse(ErrorCode::MalformedDocument, {"nodes[0]", "object"}, nodes("[7]"));
  refuse(ErrorCode::MalformedDocument, {"nodes[0].id"}, nodes(R"([{"op": "input", "value": 1}])"));
  refuse(ErrorCode::MalformedDocument, {"nodes[0].id"}, nodes(R"([{"id": "", "op": "input", "value": 1}])"));
  refuse(ErrorCode::MalformedDocument, {"nodes[0].inputs[1]"},
         nodes(R"([{"id": "a", "op": "add", "inputs": ["a", 3]}])"));
  refuse(ErrorCode::MalformedDocument, {"nodes[0].value"}, nodes(R"([{"id": "a", "op": "input", "value": "1"}])"));
  refuse(ErrorCode::MalformedDocument, {"nodes[0].value[1]", "number"},
         nodes(R"([{"id": "a", "op": "input", "value": [1, null]}])"));
  refuse(ErrorCode::MalformedDocument, {"not JSON"}, nodes(R"([{"id": "a", "op": "input", "value": 1e999}])"));
  refuse(ErrorCode::MalformedDocument, {"nodes[0].attrs"},
         nodes(R"([{"id": "a", "op": "sum", "inputs": ["a"], "attrs": 3}])"));
  refuse(ErrorCode::MalformedDocument, {"nodes[0].position"},
         nodes(R"([{"id": "a", "op": "input", "value": 1, "position": [1]}])"));
}

TEST_CASE("ragged and too deep values are refused", "[document][refusal]") {
  refuse(ErrorCode::ShapeMismatch, {"nodes[0].value[1]", "2"},
         nodes(R"([{"id": "a", "op": "input", "value": [[1, 2], [3]]}])"));
  refuse(ErrorCode::ShapeMismatch, {"nodes[0].value[1]"},
         nodes(R"([{"id": "a", "op": "input", "value": [[1, 2], 3]}])"));
  refuse(ErrorCode::MalformedDocument, {"number"}, nodes(R"([{"id": "a", "op": "input", "value": [1, [2]]}])"));
  refuse(ErrorCode::MalformedDocument, {"4 deep"}, nodes(R"([{"id": "a", "op": "input", "value": [[[[[1]]]]]}])"));
  const std::string deep(100'000, '[');
  refuse(ErrorCode::MalformedDocument, {"not JSON"}, nodes(R"([{"id": "a", "op": "input", "value": )" + deep));
}

TEST_CASE("documents beyond the bounds are refused before anything is built", "[document][refusal]") {
  std::string many = "[";
  for (std::size_t i = 0; i <= kMaxNodes; ++i) many += (i > 0 ? ",{}" : "{}");
  refuse(ErrorCode::TooLarge, {"20001", "20000"}, nodes(many + "]"));
  refuse(ErrorCode::MalformedDocument, {"256 bytes"},
         nodes(R"([{"id": ")" + std::string(300, 'a') + R"(", "op": "input"}])"));
  // Broadcasting two long axes against each other would need 10¹⁰ elements.
  GraphDocument outer = document(
      {input("a", Tensor(Shape{100'000, 1})), input("b", Tensor(Shape{1, 100'000})), op("c", "mul", {"a", "b"})});
  refused(ErrorCode::TooLarge, {"elements"}, [&] { const Graph graph(outer); });
}
