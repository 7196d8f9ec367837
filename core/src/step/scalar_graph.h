#pragma once

#include "backprop/document.h"

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

/// A graph document of scalars, put together from the leaves up. Every function returns the id of a node.
class ScalarGraph {
 public:
  using Id = std::string;
  /// Builds addend i of a sum; called only for those that are shown.
  using Build = std::function<Id(std::size_t i)>;

  /// An input of that name and value; asked for again, the same node.
  Id leaf(const std::string& name, double value);
  /// A number of the rule itself.
  Id constant(double value, std::string label = {});
  Id apply(std::string_view op, std::vector<Id> inputs, Attributes attributes = {});
  /// The terms of these values added one after another: the largest ones, and the rest as one constant.
  Id sum(const std::vector<double>& values, const Build& build);
  /// The largest of them, with the next largest ones beside it, and the rest as one constant.
  Id largest(const std::vector<double>& values, const Build& build);

  /// The document with `root` as output; a leaf as root is wrapped, for an output is something computed.
  [[nodiscard]] GraphDocument document(Id root);

 private:
  Id unused(std::string_view stem);
  Id add_leaf(std::string_view op, Id id, double value, std::string label);
  /// `op` over the terms that come first in `order`, in the order in which they stand; the rest as one constant.
  Id chain(std::string_view op, std::vector<std::size_t> order, const Build& build, const std::vector<double>& values);

  GraphDocument document_;
  std::set<std::string, std::less<>> ids_;
};

}  // namespace backprop
