#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "backprop/document.h"

namespace backprop {

/// A graph document of scalars, put together from the leaves up. Every function returns the id of a node.
class ScalarGraph {
 public:
  using Id = std::string;
  /// One addend of a sum, built only if it is shown.
  struct Term {
    double value;
    std::function<Id()> build;
  };

  /// An input of that name and value; asked for again, the same node.
  Id leaf(const std::string& name, double value);
  /// A number of the rule itself.
  Id constant(double value, std::string label = {});
  Id apply(std::string_view op, std::vector<Id> inputs);
  /// x · y as a term.
  Term product(std::string x_name, double x, std::string y_name, double y);
  Term element(std::string name, double value);
  /// The terms added one after another: the largest ones, and the rest as one constant.
  Id sum(const std::vector<Term>& terms);

  /// The document with `root` as output; a leaf as root is wrapped, for an output is something computed.
  [[nodiscard]] GraphDocument document(Id root);

 private:
  Id unused(std::string_view stem);
  Id add_leaf(std::string_view op, Id id, double value, std::string label);

  GraphDocument document_;
  std::set<std::string, std::less<>> ids_;
};

}  // namespace backprop
