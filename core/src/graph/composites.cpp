#include "backprop/composites.h"

#include "backprop/error.h"

#include "graph/opening.h"

#include <algorithm>
#include <map>

namespace backprop {

namespace {

using Nodes = std::vector<DocumentNode>;

/// The primitives of a node in place of the node, its own id last.
Nodes expand(const Graph& graph, const GraphDocument& document, const std::string& id, const ClosedForm& form) {
  std::vector<Opening::Input> inputs;
  for (const std::string& input : form.inputs) {
    const Node& node = graph.node(graph.index_of(input));
    inputs.push_back({node.id, node.shape, node.op->name == "constant"});
  }
  Opening opening(document, id, form, std::move(inputs));
  open_composite(opening);
  return std::move(opening.made);
}

[[noreturn]] void refuse_closing(const std::string& group, std::initializer_list<Piece> why,
                                 std::vector<std::string> nodes) {
  refuse_at(ErrorCode::Unsupported,
            {"The group \"", group.substr(0, kMaxNameBytes), "\" cannot be closed: ", message(why),
             " Undo the change, or leave the group open."},
            std::move(nodes));
}

bool same_value(const DocumentNode& a, const DocumentNode& b) {
  if (a.value.has_value() != b.value.has_value()) return false;
  return !a.value ||
         (a.value->shape() == b.value->shape() && std::ranges::equal(a.value->elements(), b.value->elements()));
}

/// Ids of what an op opens into, to the ids that the nodes of a group have now: nodes may have been renamed, and what
/// feeds the group may have been wired anew.
using Renamed = std::map<std::string, std::string>;

bool same_inputs(const DocumentNode& expected, const DocumentNode& node, Renamed& renamed) {
  if (expected.inputs.size() != node.inputs.size()) return false;
  for (std::size_t slot = 0; slot < node.inputs.size(); ++slot) {
    const auto [known, added] = renamed.emplace(expected.inputs[slot], node.inputs[slot]);
    if (!added && known->second != node.inputs[slot]) return false;
  }
  return true;
}

/// The names under which the group's nodes and inputs go now; throws where the group is not what was opened.
Renamed match(const std::string& group, const Nodes& expected, const std::vector<const DocumentNode*>& members) {
  Renamed renamed;
  if (expected.size() != members.size()) {
    refuse_closing(group, {"it has ", members.size(), " nodes, and had ", expected.size(), " when it was opened."}, {});
  }
  for (std::size_t i = 0; i < expected.size(); ++i) renamed.emplace(expected[i].id, members[i]->id);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const DocumentNode& node = *members[i];
    if (node.op != expected[i].op || node.attributes != expected[i].attributes || !same_value(node, expected[i]) ||
        !same_inputs(expected[i], node, renamed)) {
      refuse_closing(group, {"\"", node.id, "\" is no longer what it was opened into."}, {node.id});
    }
  }
  return renamed;
}

void check_unused(const std::string& group, const GraphDocument& document, const std::string& result) {
  std::map<std::string_view, const DocumentNode*> inside;
  for (const DocumentNode& node : document.nodes) {
    if (node.group == group && node.id != result) inside.emplace(node.id, &node);
  }
  for (const DocumentNode& node : document.nodes) {
    if (node.group == group) continue;
    for (const std::string& input : node.inputs) {
      if (inside.contains(input)) {
        refuse_closing(group, {"\"", node.id, "\" uses \"", input, "\", which is inside it."}, {node.id, input});
      }
    }
  }
  if (inside.contains(document.output)) {
    refuse_closing(group, {"the graph's output \"", document.output, "\" is inside it."}, {document.output});
  }
}

/// The closed form may come from anywhere: it must be one that could have been opened.
void check_form(const Graph& graph, const std::string& group, const std::string& id, const ClosedForm& form) {
  if (opening_of(form.op) == nullptr) refuse_closing(group, {"\"", form.op, "\" is no op that opens."}, {id});
  const Op& op = find_op(form.op);
  std::vector<Shape> shapes;
  for (const std::string& input : form.inputs) {
    if (!graph.contains(input)) refuse_closing(group, {"its input \"", input, "\" is no longer there."}, {id});
    shapes.push_back(graph.node(graph.index_of(input)).shape);
  }
  if (shapes.size() != op.slots.size()) {
    refuse_closing(group, {form.op, " takes another number of inputs."}, {id});
  }
  try {
    check_attributes(op, form.attributes);
    static_cast<void>(op.infer_shape({shapes, form.attributes}));
  } catch (const Error& error) {
    refuse_closing(group, {error.message()}, {id});
  }
}

/// Free as the name of a group: the node's id, or one like it.
std::string group_name(const GraphDocument& document, const std::string& id) {
  std::string name = id;
  for (int number = 2;
       std::ranges::any_of(document.nodes, [&](const DocumentNode& node) { return node.group == name; }); ++number) {
    name = message({id.substr(0, kMaxNameBytes - 8), " ", number});
  }
  return name;
}

}  // namespace

bool opens(const Op& op) { return opening_of(op.name) != nullptr; }

GraphDocument opened(const Graph& graph, std::string_view id) {
  const Node& node = graph.node(graph.index_of(id));
  if (!opens(*node.op)) {
    refuse(ErrorCode::Unsupported,
           {node.op->name, " \"", node.id, "\" is no composite: there is nothing inside to open."}, {node.id});
  }
  GraphDocument document = graph.to_document();
  const auto at = std::ranges::find(document.nodes, node.id, &DocumentNode::id);
  const auto form = std::make_shared<const ClosedForm>(ClosedForm{
      .op = at->op, .inputs = at->inputs, .attributes = at->attributes, .label = at->label, .group = at->group});
  Nodes made = expand(graph, document, node.id, *form);
  const std::string group = group_name(document, node.id);
  for (DocumentNode& each : made) each.group = group;
  made.back().label = at->label;
  made.back().position = at->position;
  // A form of its own, kept through both: closing gives back the node as it was, also one that closes another group.
  made.back().closed = form;
  const auto place = document.nodes.erase(at);
  document.nodes.insert(place, std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
  return document;
}

GraphDocument closed(const Graph& graph, std::string_view group) {
  GraphDocument document = graph.to_document();
  const std::string name(group);
  std::vector<const DocumentNode*> members;
  const DocumentNode* result = nullptr;
  for (const DocumentNode& node : document.nodes) {
    if (node.group != name) continue;
    members.push_back(&node);
    if (node.closed) result = &node;
  }
  if (result == nullptr) {
    refuse(ErrorCode::UnknownNode, {"There is no opened group \"", name.substr(0, kMaxNameBytes), "\" in this graph."});
  }
  const ClosedForm& form = *result->closed;
  check_form(graph, name, result->id, form);
  check_unused(name, document, result->id);
  const Renamed renamed = match(name, expand(graph, document, result->id, form), members);

  DocumentNode node;
  node.id = result->id;
  node.op = form.op;
  for (const std::string& input : form.inputs)
    node.inputs.push_back(renamed.contains(input) ? renamed.at(input) : input);
  node.attributes = form.attributes;
  node.label = form.label;
  node.group = form.group;
  node.position = result->position;
  *std::ranges::find(document.nodes, node.id, &DocumentNode::id) = std::move(node);
  std::erase_if(document.nodes, [&](const DocumentNode& each) { return each.group == name; });
  return document;
}

}  // namespace backprop
