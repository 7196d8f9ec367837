#include "backprop/gradient_check.h"
#include "backprop/graph.h"

#include "command_line.h"
#include "commands.h"
#include "files.h"
#include "print.h"

#include <cstdio>

namespace backprop::cli {

namespace {

Graph graph_of(const Arguments& arguments) {
  if (arguments.rest().size() != 1) throw UsageError{"One graph document is wanted."};
  return Graph(parse_document(read_text(arguments.rest()[0])));
}

NodeIndex target_of(const Graph& graph, const Arguments& arguments) {
  return arguments.has("target") ? graph.index_of(arguments.text("target", "")) : graph.output();
}

}  // namespace

int check(const std::vector<std::string>& words) {
  const Arguments arguments(words, {}, {});
  const Graph graph = graph_of(arguments);
  std::size_t operators = 0;
  for (NodeIndex i = 0; i < graph.size(); ++i) operators += graph.node(i).op->is_leaf() ? 0 : 1;
  const Node& output = graph.node(graph.output());
  std::printf("fine: %zu nodes, %zu of them operators; the output \"%s\" has shape %s\n", graph.size(), operators,
              output.id.c_str(), output.shape.text().c_str());
  return 0;
}

int run(const std::vector<std::string>& words) {
  const Arguments arguments(words, {"target"}, {"json"});
  Graph graph = graph_of(arguments);
  const NodeIndex target = target_of(graph, arguments);
  graph.backward(target);
  if (!arguments.has("json")) {
    std::printf("%-20s %-20s %-40s %s\n", "node", "op", "value", "gradient");
    for (NodeIndex i = 0; i < graph.size(); ++i) {
      const Node& node = graph.node(i);
      std::printf("%-20s %-20s %-40s %s\n", node.id.c_str(), std::string(node.op->name).c_str(),
                  node.has_value ? short_text(node.value).c_str() : "",
                  node.has_grad ? short_text(node.grad).c_str() : "");
    }
    return 0;
  }
  std::printf("{\"target\": %s, \"nodes\": [", quoted(graph.node(target).id).c_str());
  for (NodeIndex i = 0; i < graph.size(); ++i) {
    const Node& node = graph.node(i);
    std::printf("%s\n  {\"id\": %s, \"value\": %s, \"grad\": %s}", i > 0 ? "," : "", quoted(node.id).c_str(),
                node.has_value ? json_of(node.value).c_str() : "null",
                node.has_grad ? json_of(node.grad).c_str() : "null");
  }
  std::printf("\n]}\n");
  return 0;
}

int gradient_check(const std::vector<std::string>& words) {
  const Arguments arguments(words, {"target", "h"}, {"json"});
  Graph graph = graph_of(arguments);
  const auto checks = check_gradients(graph, target_of(graph, arguments), arguments.number("h", 1e-4));
  bool all = true;
  if (arguments.has("json")) std::printf("[");
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const GradientCheck& each = checks[i];
    all = all && each.agrees;
    const std::string& id = graph.node(each.node).id;
    if (arguments.has("json")) {
      std::printf(
          "%s\n  {\"node\": %s, \"agrees\": %s, \"maxAbsolute\": %s, \"maxRelative\": %s, \"analytic\": %s, "
          "\"numeric\": %s}",
          i > 0 ? "," : "", quoted(id).c_str(), each.agrees ? "true" : "false", number_text(each.max_absolute).c_str(),
          number_text(each.max_relative).c_str(), json_of(each.analytic).c_str(), json_of(each.numeric).c_str());
    } else {
      std::printf("%-20s %-10s largest difference %.3g (relative %.3g)\n", id.c_str(),
                  each.agrees ? "agrees" : "DIFFERS", each.max_absolute, each.max_relative);
    }
  }
  if (arguments.has("json")) std::printf("\n]\n");
  return all ? 0 : 1;
}

}  // namespace backprop::cli
