#pragma once

#include "backprop/op.h"
#include "backprop/tensor.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

/// Bounds of an untrusted document. Beyond them it is refused before anything is built.
inline constexpr std::size_t kMaxDocumentBytes = std::size_t{64} << 20;
inline constexpr std::size_t kMaxNodes = 20'000;
inline constexpr std::size_t kMaxNameBytes = 256;

/// What the last node of an opened group was before, and is again when the group is closed. Its inputs are renamed with
/// the nodes they name.
struct ClosedForm {
  std::string op;
  std::vector<std::string> inputs;
  Attributes attributes;
  std::string label;
  std::string group;
};

struct DocumentNode {
  std::string id;
  std::string op;
  std::vector<std::string> inputs;
  std::optional<Tensor> value;
  Attributes attributes;
  std::string label;
  std::string group;
  std::string note;  ///< what the author wants to say about it
  std::optional<std::array<double, 2>> position;
  std::shared_ptr<const ClosedForm> closed;  ///< on the last node of an opened group
};

/// What is saved, shared and embedded: nodes in any order, by id. Plain data; `Graph` checks that it makes sense.
struct GraphDocument {
  std::vector<DocumentNode> nodes;
  std::string output;  ///< empty: the last node
  std::optional<Tensor> seed;
  std::string title;
  std::string note;
};

/// Reads `{"format": "backprop-graph", "version": 1, "nodes": […], "output": …}`.
///   errors  MalformedDocument (not JSON, with line and column; a wrong or unknown member, with its place),
///   ShapeMismatch
///           (ragged arrays), TooLarge
[[nodiscard]] GraphDocument parse_document(std::string_view json);

/// The document as JSON; `parse_document` reads it back to the same bits. Throws InvalidValue for inf and NaN,
/// which JSON cannot hold.
[[nodiscard]] std::string to_json(const GraphDocument& document);

}  // namespace backprop
