#include "graph/build.h"

#include <algorithm>

namespace backprop {

namespace {

std::map<std::string_view, std::size_t> index_nodes(const GraphDocument& document) {
  if (document.nodes.empty()) {
    refuse(ErrorCode::MalformedDocument, {"The graph has no nodes. Give at least one input."});
  }
  std::map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < document.nodes.size(); ++i) {
    if (!index.emplace(document.nodes[i].id, i).second) {
      refuse(ErrorCode::DuplicateNode, {"Two nodes have the id \"", document.nodes[i].id, "\". Rename one of them."},
             {document.nodes[i].id});
    }
  }
  return index;
}

void check_leaf(const DocumentNode& node, const Op& op) {
  if (op.is_leaf() && !node.value) {
    refuse(ErrorCode::MalformedDocument,
           {op.name, " \"", node.id, "\": it has no \"value\". Give it a number or nested arrays."}, {node.id});
  }
  if (!op.is_leaf() && node.value) {
    refuse(ErrorCode::MalformedDocument,
           {op.name, " \"", node.id, "\": an operator computes its value; remove \"value\" or make the node an input."},
           {node.id});
  }
}

void check_arity(const DocumentNode& node, const Op& op) {
  const std::size_t count = node.inputs.size();
  const std::size_t least = op.slots.size();
  if (count == least || (op.variadic && count > least && count <= kMaxOpInputs)) return;
  std::string names;
  for (const Slot& slot : op.slots) names += (names.empty() ? "" : ", ") + std::string(slot.name);
  if (op.variadic) names += ", …";
  refuse(ErrorCode::WrongArity,
         {op.name, " \"", node.id, "\": it takes ", least, (op.variadic ? message({" to ", kMaxOpInputs}) : ""),
          (least == 1 ? " input" : " inputs"), (names.empty() ? "" : message({" (", names, ")"})), " but has ", count,
          ". Connect ", (count < least ? "the missing one." : "no more than that.")},
         {node.id});
}

[[noreturn]] void refuse_cycle(const GraphDocument& document, const std::vector<std::size_t>& cycle) {
  // Long cycles are named by their first nodes; the list of ids is whole.
  constexpr std::size_t kShown = 8;
  std::string path;
  std::vector<std::string> ids;
  for (const std::size_t position : cycle) ids.push_back(document.nodes[position].id);
  for (std::size_t i = 0; i < std::min(kShown, ids.size()); ++i) path += message({ids[i], " → "});
  if (ids.size() > kShown) path += "… → ";
  path += ids.front();  // here, not in the argument beside std::move(ids): arguments are evaluated in any order
  refuse_at(ErrorCode::Cycle,
            {"The graph has a cycle: ", path, ". A computation may not depend on itself; remove one of these wires."},
            std::move(ids));
}

}  // namespace

Wiring wire(const GraphDocument& document) {
  const auto index = index_nodes(document);
  Wiring wiring;
  for (const DocumentNode& node : document.nodes) {
    try {
      const Op& op = find_op(node.op);
      check_arity(node, op);
      check_leaf(node, op);
      check_attributes(op, node.attributes);
      wiring.ops.push_back(&op);
    } catch (const Error& error) {
      if (!error.nodes().empty()) throw;
      refuse(error.code(), {"node \"", node.id, "\": ", error.message()}, {node.id});
    }
    auto& inputs = wiring.inputs.emplace_back();
    for (const std::string& input : node.inputs) {
      const auto found = index.find(input);
      if (found == index.end()) {
        refuse(ErrorCode::UnknownNode,
               {node.op, " \"", node.id, "\": its input \"", input,
                "\" is not a node of this graph. Add it or connect another."},
               {node.id});
      }
      inputs.push_back(found->second);
    }
  }
  wiring.order = topological_order(wiring.inputs);
  if (wiring.order.size() < document.nodes.size()) refuse_cycle(document, find_cycle(wiring.inputs, wiring.order));
  if (document.output.empty()) {
    wiring.output = document.nodes.size() - 1;
  } else if (const auto found = index.find(document.output); found != index.end()) {
    wiring.output = found->second;
  } else {
    refuse(ErrorCode::UnknownNode,
           {"The output \"", document.output, "\" is not a node of this graph. Name one that is."});
  }
  return wiring;
}

Error at_node(const Error& error, const Op& op, const std::string& id, std::vector<std::string> nodes) {
  return Error(error.code(), message({op.name, " \"", id, "\": ", error.message()}), std::move(nodes));
}

}  // namespace backprop
