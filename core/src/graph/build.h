#pragma once

#include "backprop/document.h"
#include "backprop/error.h"
#include "backprop/op.h"

#include "graph/order.h"

#include <map>
#include <string>
#include <vector>

namespace backprop {

/// What a document says once every name is resolved: positions instead of ids, in the order of the document.
struct Wiring {
  std::vector<const Op*> ops;
  Edges inputs;
  std::vector<std::size_t> order;  ///< topological
  std::size_t output;
};

/// Resolves names and checks everything that needs no shapes.
///   errors  MalformedDocument, DuplicateNode, UnknownOp, UnknownNode, WrongArity, InvalidAttribute, Cycle
[[nodiscard]] Wiring wire(const GraphDocument& document);

/// `matmul "hidden": ` in front of the message of an error that knows no node.
[[nodiscard]] Error at_node(const Error& error, const Op& op, const std::string& id, std::vector<std::string> nodes);

}  // namespace backprop
