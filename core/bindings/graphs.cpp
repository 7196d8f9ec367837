#include "graphs.h"

#include <emscripten/bind.h>

namespace backprop::bindings {

namespace {

std::string kind_of(const Op& op) { return op.is_leaf() ? std::string(op.name) : "operator"; }

val or_null(const std::string& text) { return text.empty() ? val::null() : val(text); }

template <class T>
val node_info(OpenGraph<T>& graph, const Node<T>& node, const NodeSteps& steps) {
  std::vector<std::string> inputs;
  for (const NodeIndex input : node.inputs) inputs.push_back(id_of(graph, input));
  val out = val::object();
  out.set("id", node.id);
  out.set("op", std::string(node.op->name));
  out.set("kind", kind_of(*node.op));
  out.set("inputs", to_js(inputs));
  out.set("label", or_null(node.label));
  out.set("group", or_null(node.group));
  out.set("shape", to_js(node.shape));
  out.set("forwardStep", to_js(steps.forward));
  out.set("backwardStep", to_js(steps.backward));
  out.set("gradStep", to_js(steps.gradient));
  return out;
}

template <class T>
val records_to_js(OpenGraph<T>& graph, const std::vector<StepRecord<T>>& records) {
  val out = val::array();
  for (std::size_t i = 0; i < records.size(); ++i) {
    const StepRecord<T>& record = records[i];
    val line = val::object();
    line.set("phase", std::string(to_string(record.phase)));
    line.set("node", id_of(graph, record.node));
    line.set("from", record.from ? val(id_of(graph, *record.from)) : val::null());
    line.set("to", id_of(graph, record.to));
    line.set("slot", record.slot);
    line.set("combine", record.combine ? val(std::string(to_string(*record.combine))) : val::null());
    line.set("upstream", to_js(record.upstream));
    line.set("local", to_js(record.local));
    line.set("contribution", to_js(record.contribution));
    line.set("before", to_js(record.before));
    line.set("after", to_js(record.after));
    out.set(i, line);
  }
  return out;
}

template <class T>
val states_to_js(OpenGraph<T>& graph) {
  val out = val::array();
  for (NodeIndex i = 0; i < graph.graph().size(); ++i) {
    const Node<T>& node = graph.graph().node(i);
    val state = val::object();
    state.set("value", node.has_value ? to_view(node.value) : val::null());
    state.set("grad", node.has_grad ? to_view(node.grad) : val::null());
    out.set(i, state);
  }
  return out;
}

template <class T>
val edges_to_js(OpenGraph<T>& graph) {
  val out = val::array();
  const std::vector<Edge<T>> edges = graph.edges();
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const Edge<T>& edge = edges[i];
    val state = val::object();
    state.set("from", id_of(graph, edge.from));
    state.set("to", id_of(graph, edge.to));
    state.set("slot", edge.slot);
    state.set("contribution", edge.contribution ? to_view(*edge.contribution) : val::null());
    state.set("step", to_js(edge.step));
    out.set(i, state);
  }
  return out;
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
    return with_graph(id, [&](auto& graph) { return to_json(graph.document(most)); });
  });
}

val graph_shape(int id) {
  return guarded([&] {
    return with_graph(id, [](auto& graph) {
      val nodes = val::array();
      const std::vector<NodeSteps> steps = graph.node_steps();
      for (NodeIndex i = 0; i < steps.size(); ++i) nodes.set(i, node_info(graph, graph.graph().node(i), steps[i]));
      val out = val::object();
      out.set("output", id_of(graph, graph.target()));
      out.set("steps", graph.last_step());
      out.set("nodes", nodes);
      return out;
    });
  });
}

val graph_set(int id, const std::string& node, const val& extents, const val& data) {
  return guarded(
      [&] { with_graph(id, [&]<class T>(OpenGraph<T>& graph) { graph.set(node, tensor<T>(extents, data)); }); });
}

val graph_read(int id, const std::string& node, const std::string& of) {
  return guarded([&] {
    return with_graph(id,
                      [&](auto& graph) { return of == "grad" ? to_js(graph.grad(node)) : to_js(graph.value(node)); });
  });
}

val graph_forward(int id, const std::string& target) {
  return guarded([&] { with_graph(id, [&](auto& graph) { graph.forward(target); }); });
}

val graph_backward(int id, const std::string& target, const val& seed_extents, const val& seed_data) {
  return guarded([&] {
    with_graph(
        id, [&]<class T>(OpenGraph<T>& graph) { graph.backward(target, optional_tensor<T>(seed_extents, seed_data)); });
  });
}

val graph_steps(int id, const std::string& target) {
  return guarded([&] { return with_graph(id, [&](auto& graph) { return graph.steps(target); }); });
}

val graph_seek(int id, double step) {
  return guarded(
      [&] { return with_graph(id, [&](auto& graph) { return records_to_js(graph, graph.seek(step_number(step))); }); });
}

val graph_frame(int id, double step) {
  return guarded([&] {
    return with_graph(id, [&](auto& graph) {
      val out = val::object();
      out.set("step", step);
      out.set("records", records_to_js(graph, graph.seek(step_number(step))));
      out.set("nodes", states_to_js(graph));
      out.set("edges", edges_to_js(graph));
      return out;
    });
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
