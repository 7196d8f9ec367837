#pragma once

#include "backprop/document.h"
#include "backprop/shape.h"

#include <cstdint>
#include <initializer_list>
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
  /// An input or something made.
  enum class Id : std::uint32_t {};

  Opening(const GraphDocument& document, std::string id, const ClosedForm& form, std::vector<Input> inputs);

  const ClosedForm& form;
  const std::vector<Input> inputs;  ///< of the composite, in slot order
  std::vector<DocumentNode> made;

  [[nodiscard]] Id operator[](std::size_t slot) const { return static_cast<Id>(slot); }
  [[nodiscard]] const Shape& shape(std::size_t slot) const { return inputs[slot].shape; }

  /// A primitive; its id is the node's with the op's name: `y.exp`.
  Id apply(std::string_view op, std::initializer_list<Id> from);
  Id apply(std::string_view op, std::initializer_list<Id> from, const Attributes& attributes);
  Id constant(double value);
  /// The last primitive: the node itself.
  void result(std::string_view op, std::initializer_list<Id> from);

 private:
  [[nodiscard]] std::string unused(std::string_view stem);
  Id add(std::string id, std::string_view op, std::initializer_list<Id> from);

  std::string id_;
  std::set<std::string> taken_;
};

using OpenComposite = void (*)(Opening&);

/// How an op opens; null where it does not.
[[nodiscard]] OpenComposite opening_of(std::string_view op);
inline void open_composite(Opening& opening) { opening_of(opening.form.op)(opening); }

}  // namespace backprop
