#include "backprop/element.h"

#include "graphs.h"

#include <emscripten/bind.h>

namespace backprop::bindings {

namespace {

val verdicts_to_js(const std::vector<Verdict>& verdicts) {
  return list(verdicts, [](Verdict verdict) { return to_string(verdict); });
}

/// A node's element as one index for each axis.
val place(OpenGraph& graph, const Operand& operand) {
  return list(index_of_element(graph.graph().node(operand.node).shape, operand.element),
              [](std::int64_t axis) { return static_cast<double>(axis); });
}

std::string_view side(const Operand& operand) { return operand.of == Side::Value ? "value" : "grad"; }

std::size_t point_count(double points) { return static_cast<std::size_t>(integer(points, 0, kMaxElements, "points")); }

val graph_check(int id, const std::string& target, double h) {
  return guarded([&] {
    OpenGraph& graph = open_graph(id);
    return list(graph.check(target, h), [&](const GradientCheck& of) {
      val check = val::object();
      put(check, "node", id_of(graph, of.node));
      put(check, "analytic", of.analytic);
      put(check, "numeric", of.numeric);
      put(check, "maxAbsolute", of.max_absolute);
      put(check, "maxRelative", of.max_relative);
      put(check, "agrees", of.agrees);
      put(check, "verdict", to_string(of.verdict));
      put(check, "verdicts", verdicts_to_js(of.verdicts));
      put(check, "evaluations", static_cast<double>(of.evaluations));
      return check;
    });
  });
}

val graph_check_curve(int id, const std::string& node, const val& index, const std::string& target, double smallest,
                      double largest, double points) {
  return guarded([&] {
    const CurveRange range{smallest, largest, point_count(points)};
    const CheckCurve curve = open_graph(id).check_curve(node, element_index(index), target, range);
    val out = val::object();
    put(out, "analytic", curve.analytic);
    put(out, "h", list(curve.h));
    put(out, "numeric", list(curve.numeric));
    put(out, "error", list(curve.error));
    put(out, "verdicts", verdicts_to_js(curve.verdicts));
    put(out, "best", curve.best);
    return out;
  });
}

val graph_opened(int id, const std::string& node) {
  return guarded([&] { return to_json(open_graph(id).opened(node)); });
}

val graph_closed(int id, const std::string& group) {
  return guarded([&] { return to_json(open_graph(id).closed(group)); });
}

val graph_paths(int id, const std::string& from, const std::string& to) {
  return guarded([&] {
    OpenGraph& graph = open_graph(id);
    const Dtype dtype = graph.graph().dtype();
    const PathReport report = graph.paths(from, to);
    val out = val::object();
    put(out, "paths", list(report.paths, [&](const Path& path) {
          val each = val::object();
          put(each, "nodes", list(path.nodes, [&](NodeIndex node) { return std::string_view(id_of(graph, node)); }));
          put(each, "slots", list(path.slots));
          put(each, "locals",
              list(path.locals, [&](const std::optional<Tensor>& local) { return to_js(local, dtype); }));
          put(each, "product", path.product, dtype);
          return each;
        }));
    put(out, "total", report.total, dtype);
    put(out, "omitted", report.omitted);
    return out;
  });
}

val graph_nudge(int id, const std::string& node, const val& index, double delta, const std::string& target) {
  return guarded([&] {
    const Nudge nudge = open_graph(id).nudge(node, element_index(index), delta, target);
    val out = val::object();
    put(out, "before", nudge.before);
    put(out, "after", nudge.after);
    put(out, "change", nudge.change);
    put(out, "gradient", nudge.gradient);
    put(out, "promised", nudge.promised);
    put(out, "target", nudge.target);
    return out;
  });
}

val graph_nudge_curve(int id, const std::string& node, const val& index, const std::string& target, double span,
                      double points) {
  return guarded([&] {
    const NudgeCurve curve = open_graph(id).nudge_curve(node, element_index(index), target, span, point_count(points));
    val out = val::object();
    put(out, "x", list(curve.x));
    put(out, "y", list(curve.y));
    put(out, "tangent", list(curve.tangent));
    return out;
  });
}

val struck_to_js(OpenGraph& graph, const NonFinite& found) {
  val out = val::object();
  put(out, "node", id_of(graph, found.at.node));
  put(out, "step", found.step);
  put(out, "phase", found.phase ? to_string(*found.phase) : "given");
  put(out, "of", side(found.at));
  put(out, "kind", std::string_view(found.at.value == found.at.value ? "inf" : "nan"));
  put(out, "index", place(graph, found.at));
  put(out, "value", found.at.value);
  put(out, "cause", to_string(found.cause));
  put_or_null(out, "rule", found.rule ? std::string_view(id_of(graph, *found.rule)) : "");
  put(out, "inputs", list(found.inputs, [&](const Operand& each) {
        val operand = val::object();
        put(operand, "id", id_of(graph, each.node));
        put(operand, "of", side(each));
        put(operand, "index", place(graph, each));
        put(operand, "value", each.value);
        return operand;
      }));
  return out;
}

val graph_non_finite(int id) {
  return guarded([&] {
    OpenGraph& graph = open_graph(id);
    const std::vector<NonFinite> found = graph.non_finite();
    if (found.empty()) return val::null();
    val out = struck_to_js(graph, found.front());
    put(out, "then",
        list(std::span(found).subspan(1), [&](const NonFinite& each) { return struck_to_js(graph, each); }));
    return out;
  });
}

/// Directions as three lists that run parallel: ids, shapes, numbers. An empty target means all nodes.
val graph_tangents(int id, const val& names, const val& shapes, const val& data, const std::string& target) {
  return guarded([&] {
    OpenGraph& graph = open_graph(id);
    Directions directions;
    const auto count = names["length"].as<std::size_t>();
    for (std::size_t i = 0; i < count; ++i) {
      directions.emplace_back(graph.graph().index_of(names[i].as<std::string>()), tensor(shapes[i], data[i]));
    }
    val out = val::array();
    const std::vector<Tensor> tangents = graph.tangents(directions, target);
    for (std::size_t i = 0; i < tangents.size(); ++i) {
      val entry = val::array();
      put(entry, std::size_t{0}, id_of(graph, i));
      put(entry, std::size_t{1}, to_js(tangents[i], graph.graph().dtype()));
      put(out, i, entry);
    }
    return out;
  });
}

val graph_memory(int id) {
  return guarded([&] {
    OpenGraph& graph = open_graph(id);
    return list(graph.memory(), [&](const MemoryEntry& of) {
      val entry = val::object();
      put(entry, "node", id_of(graph, of.node));
      put(entry, "keeps", list(of.keeps, [&](const KeptTensor& each) {
            val kept = val::object();
            put(kept, "what", each.what);
            put(kept, "of", id_of(graph, each.of));
            put(kept, "bytes", static_cast<double>(each.bytes));
            return kept;
          }));
      put_or_null(entry, "enough", of.enough);
      put(entry, "from", of.from);
      put(entry, "until", of.until);
      return entry;
    });
  });
}

val graph_seed(int id, const val& extents, const val& data) {
  return guarded([&] { open_graph(id).seed(optional_tensor(extents, data)); });
}

val graph_target(int id) {
  return guarded([&] {
    OpenGraph& graph = open_graph(id);
    return id_of(graph, graph.target());
  });
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
