#include "backprop/element.h"

#include "graphs.h"

#include <emscripten/bind.h>

namespace backprop::bindings {

namespace {

/// A plain array of numbers.
val list(const std::vector<double>& numbers) {
  val out = val::array();
  for (std::size_t i = 0; i < numbers.size(); ++i) out.set(i, numbers[i]);
  return out;
}

val list(const std::vector<int>& numbers) {
  val out = val::array();
  for (std::size_t i = 0; i < numbers.size(); ++i) out.set(i, numbers[i]);
  return out;
}

val list(const std::vector<Verdict>& verdicts) {
  val out = val::array();
  for (std::size_t i = 0; i < verdicts.size(); ++i) out.set(i, std::string(to_string(verdicts[i])));
  return out;
}

/// A node's element as one index for each axis.
template <class T>
val place(OpenGraph<T>& graph, const Operand& operand) {
  val out = val::array();
  const auto index = index_of_element(graph.graph().node(operand.node).shape, operand.element);
  for (std::size_t axis = 0; axis < index.size(); ++axis) out.set(axis, static_cast<double>(index[axis]));
  return out;
}

std::string side(const Operand& operand) { return operand.of == Side::Value ? "value" : "grad"; }

val graph_check(int id, const std::string& target, double h) {
  return guarded([&] {
    return with_graph(id, [&](auto& graph) {
      val out = val::array();
      const std::vector<GradientCheck> checks = graph.check(target, h);
      for (std::size_t i = 0; i < checks.size(); ++i) {
        val check = val::object();
        check.set("node", id_of(graph, checks[i].node));
        check.set("analytic", to_js(checks[i].analytic));
        check.set("numeric", to_js(checks[i].numeric));
        check.set("maxAbsolute", checks[i].max_absolute);
        check.set("maxRelative", checks[i].max_relative);
        check.set("agrees", checks[i].agrees);
        check.set("verdict", std::string(to_string(checks[i].verdict)));
        check.set("verdicts", list(checks[i].verdicts));
        check.set("evaluations", static_cast<double>(checks[i].evaluations));
        out.set(i, check);
      }
      return out;
    });
  });
}

val graph_check_curve(int id, const std::string& node, const val& index, const std::string& target, double smallest,
                      double largest, double points) {
  return guarded([&] {
    return with_graph(id, [&](auto& graph) {
      const CurveRange range{smallest, largest, static_cast<std::size_t>(integer(points, 0, kMaxElements, "points"))};
      const CheckCurve curve = graph.check_curve(node, element_index(index), target, range);
      val out = val::object();
      out.set("analytic", curve.analytic);
      out.set("h", list(curve.h));
      out.set("numeric", list(curve.numeric));
      out.set("error", list(curve.error));
      out.set("verdicts", list(curve.verdicts));
      out.set("best", curve.best);
      return out;
    });
  });
}

val graph_opened(int id, const std::string& node) {
  return guarded([&] { return with_graph(id, [&](auto& graph) { return to_json(graph.opened(node)); }); });
}

val graph_closed(int id, const std::string& group) {
  return guarded([&] { return with_graph(id, [&](auto& graph) { return to_json(graph.closed(group)); }); });
}

template <class T>
val path_to_js(OpenGraph<T>& graph, const Path<T>& path) {
  std::vector<std::string> nodes;
  for (const NodeIndex node : path.nodes) nodes.push_back(id_of(graph, node));
  val locals = val::array();
  for (std::size_t i = 0; i < path.locals.size(); ++i) locals.set(i, to_js(path.locals[i]));
  val out = val::object();
  out.set("nodes", to_js(nodes));
  out.set("slots", list(path.slots));
  out.set("locals", locals);
  out.set("product", to_js(path.product));
  return out;
}

val graph_paths(int id, const std::string& from, const std::string& to) {
  return guarded([&] {
    return with_graph(id, [&](auto& graph) {
      const auto report = graph.paths(from, to);
      val paths = val::array();
      for (std::size_t i = 0; i < report.paths.size(); ++i) paths.set(i, path_to_js(graph, report.paths[i]));
      val out = val::object();
      out.set("paths", paths);
      out.set("total", to_js(report.total));
      out.set("omitted", report.omitted);
      return out;
    });
  });
}

val graph_nudge(int id, const std::string& node, const val& index, double delta, const std::string& target) {
  return guarded([&] {
    return with_graph(id, [&](auto& graph) {
      const Nudge nudge = graph.nudge(node, element_index(index), delta, target);
      val out = val::object();
      out.set("before", nudge.before);
      out.set("after", nudge.after);
      out.set("change", nudge.change);
      out.set("gradient", nudge.gradient);
      out.set("promised", nudge.promised);
      out.set("target", to_js(nudge.target));
      return out;
    });
  });
}

val graph_nudge_curve(int id, const std::string& node, const val& index, const std::string& target, double span,
                      double points) {
  return guarded([&] {
    return with_graph(id, [&](auto& graph) {
      const auto count = static_cast<std::size_t>(integer(points, 0, kMaxElements, "points"));
      const NudgeCurve curve = graph.nudge_curve(node, element_index(index), target, span, count);
      val out = val::object();
      out.set("x", list(curve.x));
      out.set("y", list(curve.y));
      out.set("tangent", list(curve.tangent));
      return out;
    });
  });
}

template <class T>
val struck_to_js(OpenGraph<T>& graph, const NonFinite& found) {
  val inputs = val::array();
  for (std::size_t i = 0; i < found.inputs.size(); ++i) {
    const Operand& each = found.inputs[i];
    val operand = val::object();
    operand.set("id", id_of(graph, each.node));
    operand.set("of", side(each));
    operand.set("index", place(graph, each));
    operand.set("value", each.value);
    inputs.set(i, operand);
  }
  val out = val::object();
  out.set("node", id_of(graph, found.at.node));
  out.set("step", found.step);
  out.set("phase", found.phase ? std::string(to_string(*found.phase)) : std::string("given"));
  out.set("of", side(found.at));
  out.set("kind", std::string(found.at.value == found.at.value ? "inf" : "nan"));
  out.set("index", place(graph, found.at));
  out.set("value", found.at.value);
  out.set("cause", std::string(to_string(found.cause)));
  out.set("rule", found.rule ? val(id_of(graph, *found.rule)) : val::null());
  out.set("inputs", inputs);
  return out;
}

val graph_non_finite(int id) {
  return guarded([&] {
    return with_graph(id, [&](auto& graph) {
      const std::vector<NonFinite> found = graph.non_finite();
      if (found.empty()) return val::null();
      val out = struck_to_js(graph, found.front());
      val then = val::array();
      for (std::size_t i = 1; i < found.size(); ++i) then.set(i - 1, struck_to_js(graph, found[i]));
      out.set("then", then);
      return out;
    });
  });
}

/// Directions as three lists that run parallel: ids, shapes, numbers. An empty target means all nodes.
val graph_tangents(int id, const val& names, const val& shapes, const val& data, const std::string& target) {
  return guarded([&] {
    return with_graph(id, [&]<class T>(OpenGraph<T>& graph) {
      Directions<T> directions;
      const auto count = names["length"].as<std::size_t>();
      for (std::size_t i = 0; i < count; ++i) {
        directions.emplace_back(graph.graph().index_of(names[i].template as<std::string>()),
                                tensor<T>(shapes[i], data[i]));
      }
      val out = val::array();
      const std::vector<Tensor<T>> tangents = graph.tangents(directions, target);
      for (std::size_t i = 0; i < tangents.size(); ++i) {
        val entry = val::array();
        entry.set(0, id_of(graph, i));
        entry.set(1, to_js(tangents[i]));
        out.set(i, entry);
      }
      return out;
    });
  });
}

val graph_memory(int id) {
  return guarded([&] {
    return with_graph(id, [&](auto& graph) {
      val out = val::array();
      const std::vector<MemoryEntry> entries = graph.memory();
      for (std::size_t i = 0; i < entries.size(); ++i) {
        val keeps = val::array();
        for (std::size_t k = 0; k < entries[i].keeps.size(); ++k) {
          const KeptTensor& each = entries[i].keeps[k];
          val kept = val::object();
          kept.set("what", std::string(each.what));
          kept.set("of", id_of(graph, each.of));
          kept.set("bytes", static_cast<double>(each.bytes));
          keeps.set(k, kept);
        }
        val entry = val::object();
        entry.set("node", id_of(graph, entries[i].node));
        entry.set("keeps", keeps);
        entry.set("enough", entries[i].enough.empty() ? val::null() : val(std::string(entries[i].enough)));
        entry.set("from", entries[i].from);
        entry.set("until", entries[i].until);
        out.set(i, entry);
      }
      return out;
    });
  });
}

val graph_seed(int id, const val& extents, const val& data) {
  return guarded(
      [&] { with_graph(id, [&]<class T>(OpenGraph<T>& graph) { graph.seed(optional_tensor<T>(extents, data)); }); });
}

val graph_target(int id) {
  return guarded([&] { return with_graph(id, [&](auto& graph) { return id_of(graph, graph.target()); }); });
}

}  // namespace

void bind_questions() {
  using emscripten::function;
  function("graphCheck", &graph_check);
  function("graphCheckCurve", &graph_check_curve);
  function("graphOpened", &graph_opened);
  function("graphClosed", &graph_closed);
  function("graphPaths", &graph_paths);
  function("graphNudge", &graph_nudge);
  function("graphNudgeCurve", &graph_nudge_curve);
  function("graphNonFinite", &graph_non_finite);
  function("graphSeed", &graph_seed);
  function("graphTarget", &graph_target);
  function("graphTangents", &graph_tangents);
  function("graphMemory", &graph_memory);
}

}  // namespace backprop::bindings
