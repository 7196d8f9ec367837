#pragma once

#include "backprop/document.h"
#include "backprop/shape.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

/// A composite node on its way to primitives: they are made one after the other, the last with the node's own id.
class Opening {
 public:
  struct Input {
    std::string id;
    Shape shape;
    bool constant;
  };

  Opening(const GraphDocument& document, std::string id, const ClosedForm& form);

  std::vector<Input> inputs;  ///< of the composite, in slot order
  const ClosedForm& form;
  std::vector<DocumentNode> made;

  [[nodiscard]] const std::string& operator[](std::size_t slot) const { return inputs[slot].id; }
  [[nodiscard]] const Shape& shape(std::size_t slot) const { return inputs[slot].shape; }

  /// A primitive; its id is the node's with the op's name: `y.exp`.
  std::string apply(std::string_view op, std::vector<std::string> from, Attributes attributes = {});
  std::string constant(double value);
  /// The last primitive: the node itself.
  void result(std::string_view op, std::vector<std::string> from, Attributes attributes = {});

 private:
  [[nodiscard]] std::string unused(std::string_view stem);
  DocumentNode& add(std::string id, std::string_view op);

  std::string id_;
  std::set<std::string> taken_;
};

using OpenComposite = void (*)(Opening&);

/// How an op opens; null where it does not.
[[nodiscard]] OpenComposite opening_of(std::string_view op);
inline void open_composite(Opening& opening) { opening_of(opening.form.op)(opening); }

}  // namespace backprop
