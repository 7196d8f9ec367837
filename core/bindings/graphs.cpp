#include "graphs.h"

#include <limits>

#include <emscripten/bind.h>

namespace backprop::bindings {

namespace {

std::string_view kind_of(const Op& op) { return op.is_leaf() ? op.name : "operator"; }

val node_info(OpenGraph& graph, const Node& node, const NodeSteps& steps) {
  val out = val::object();
  put(out, "id", node.id);
  put(out, "op", node.op->name);
  put(out, "kind", kind_of(*node.op));
  put(out, "inputs", list(node.inputs, [&](NodeIndex input) { return std::string_view(id_of(graph, input)); }));
  put_or_null(out, "label", node.label);
  put_or_null(out, "group", node.group);
  put(out, "shape", node.shape);
  put(out, "forwardStep", steps.forward);
  put(out, "backwardStep", steps.backward);
  put(out, "gradStep", steps.gradient);
  return out;
}

val record_to_js(OpenGraph& graph, const StepRecord& record) {
  const Dtype dtype = graph.graph().dtype();
  val line = val::object();
  put(line, "phase", to_string(record.phase));
  put(line, "node", id_of(graph, record.node));
  put_or_null(line, "from", record.from ? std::string_view(id_of(graph, *record.from)) : "");
  put(line, "to", id_of(graph, record.to));
  put(line, "slot", record.slot);
  put_or_null(line, "combine", record.combine ? to_string(*record.combine) : "");
  put(line, "upstream", record.upstream, dtype);
  put(line, "local", record.local, dtype);
  put(line, "contribution", record.contribution, dtype);
  put(line, "before", record.before, dtype);
  put(line, "after", record.after, dtype);
  return line;
}

val records_to_js(OpenGraph& graph, const std::vector<StepRecord>& records) {
  return list(records, [&](const StepRecord& record) { return record_to_js(graph, record); });
}

val states_to_js(OpenGraph& graph) {
  const Dtype dtype = graph.graph().dtype();
  val out = val::array();
  for (NodeIndex i = 0; i < graph.graph().size(); ++i) {
    const Node& node = graph.graph().node(i);
    val state = val::object();
    put_view(state, "value", node.has_value ? &node.value : nullptr, dtype);
    put_view(state, "grad", node.has_grad ? &node.grad : nullptr, dtype);
    put(out, i, state);
  }
  return out;
}

val edges_to_js(OpenGraph& graph) {
  return list(graph.edges(), [&](const Edge& edge) {
    val state = val::object();
    put(state, "from", id_of(graph, edge.from));
    put(state, "to", id_of(graph, edge.to));
    put(state, "slot", edge.slot);
    put_view(state, "contribution", edge.contribution, graph.graph().dtype());
    put(state, "step", edge.step);
    return state;
  });
}

int step_number(double step) { return static_cast<int>(integer(step, 0, std::numeric_limits<int>::max(), "step")); }

val graph_open(const std::string& document, const std::string& dtype) {
  return guarded([&] {
    if (dtype != "float64" && dtype != "float32") {
      refuse(ErrorCode::Unsupported, {"dtype is \"", dtype, "\"; wanted \"float64\" or \"float32\"."});
    }
    return open_graphs().open(document, dtype == "float32" ? Dtype::Float32 : Dtype::Float64);
  });
}

val graph_close(int id) {
  return guarded([&] { open_graphs().close(id); });
}

val graph_document(int id, double limit) {
  return guarded([&] {
    const auto most = static_cast<std::size_t>(integer(limit, 0, kMaxElements, "limit"));
    return to_json(open_graph(id).document(most));
  });
}

val graph_shape(int id) {
  return guarded([&] {
    OpenGraph& graph = open_graph(id);
    val nodes = val::array();
    const std::vector<NodeSteps> steps = graph.node_steps();
    for (NodeIndex i = 0; i < steps.size(); ++i) put(nodes, i, node_info(graph, graph.graph().node(i), steps[i]));
    val out = val::object();
    put(out, "output", id_of(graph, graph.target()));
    put(out, "steps", graph.last_step());
    put(out, "nodes", nodes);
    return out;
  });
}

val graph_set(int id, const std::string& node, const val& extents, const val& data) {
  return guarded([&] { open_graph(id).set(node, tensor(extents, data)); });
}

val graph_read(int id, const std::string& node, const std::string& of) {
  return guarded([&] {
    OpenGraph& graph = open_graph(id);
    return to_js(of == "grad" ? graph.grad(node) : graph.value(node), graph.graph().dtype());
  });
}

val graph_forward(int id, const std::string& target) {
  return guarded([&] { open_graph(id).forward(target); });
}

val graph_backward(int id, const std::string& target, const val& seed_extents, const val& seed_data) {
  return guarded([&] { open_graph(id).backward(target, optional_tensor(seed_extents, seed_data)); });
}

val graph_steps(int id, const std::string& target) {
  return guarded([&] { return open_graph(id).steps(target); });
}

val graph_seek(int id, double step) {
  return guarded([&] {
    OpenGraph& graph = open_graph(id);
    return records_to_js(graph, graph.seek(step_number(step)));
  });
}

val graph_frame(int id, double step) {
  return guarded([&] {
    OpenGraph& graph = open_graph(id);
    val out = val::object();
    put(out, "step", step);
    put(out, "records", records_to_js(graph, graph.seek(step_number(step))));
    put(out, "nodes", states_to_js(graph));
    put(out, "edges", edges_to_js(graph));
    return out;
  });
}

val graph_lens(int id, const std::string& node, const val& index, const std::string& of) {
  return guarded([&] {
    return open_graphs().open_lens(id, node, element_index(index), of == "grad" ? LensOf::Gradient : LensOf::Value);
  });
}

}  // namespace

void bind_graphs() {
  using emscripten::function;
  function("graphOpen", &graph_open);
  function("graphClose", &graph_close);
  function("graphDocument", &graph_document);
  function("graphShape", &graph_shape);
  function("graphSet", &graph_set);
  function("graphRead", &graph_read);
  function("graphForward", &graph_forward);
  function("graphBackward", &graph_backward);
  function("graphSteps", &graph_steps);
  function("graphSeek", &graph_seek);
  function("graphFrame", &graph_frame);
  function("graphLens", &graph_lens);
}

}  // namespace backprop::bindings
