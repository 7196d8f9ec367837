// Two apples at 100 yen with 10 % tax: what they cost, and how the price moves with each number.
//   220: apple 2.2, count 110, tax 200

#include "backprop/graph.h"

#include <cstdio>

int main() {
  backprop::Graph graph(backprop::parse_document(R"({
    "format": "backprop-graph", "version": 1,
    "nodes": [{"id": "apple", "op": "input", "value": 100}, {"id": "count", "op": "input", "value": 2},
              {"id": "price", "op": "mul", "inputs": ["apple", "count"]}, {"id": "tax", "op": "input", "value": 1.1},
              {"id": "total", "op": "mul", "inputs": ["price", "tax"]}],
    "output": "total"})"));
  graph.backward(graph.output());
  std::printf("%g:", graph.value(graph.output())[0]);
  const char* between = " ";
  for (const char* id : {"apple", "count", "tax"}) {
    std::printf("%s%s %g", between, id, graph.grad(graph.index_of(id))[0]);
    between = ", ";
  }
  std::printf("\n");
}
