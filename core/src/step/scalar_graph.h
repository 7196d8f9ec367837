#pragma once

#include "backprop/document.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

/// A graph document of scalars, put together from the leaves up.
class ScalarGraph {
 public:
  /// A node of it.
  enum class Id : std::uint32_t {};

  /// Builds addend i of a sum; called only for those that are shown. Refers to a function that outlives it.
  class Build {
   public:
    template <class F>
    Build(const F& build)  // NOLINT: a lambda is one
        : build_(&build), call_([](const void* of, std::size_t i) { return (*static_cast<const F*>(of))(i); }) {}
    Id operator()(std::size_t i) const { return call_(build_, i); }

   private:
    const void* build_;
    Id (*call_)(const void*, std::size_t);
  };

  /// An input of that name and value; asked for again, the same node.
  Id leaf(const std::string& name, double value);
  /// A number of the rule itself.
  Id constant(double value);
  Id apply(std::string_view op, std::initializer_list<Id> inputs);
  Id apply(std::string_view op, std::span<const Id> inputs, const Attributes& attributes);
  /// The terms of these values added one after another: the largest ones, and the rest as one constant.
  Id sum(const std::vector<double>& values, Build build);
  /// The largest of them, with the next largest ones beside it, and the rest as one constant.
  Id largest(const std::vector<double>& values, Build build);

  /// The document with `root` as output; a leaf as root is wrapped, for an output is something computed.
  [[nodiscard]] GraphDocument document(Id root);

 private:
  DocumentNode& operator[](Id id) { return document_.nodes[static_cast<std::size_t>(id)]; }
  std::string unused(std::string_view stem);
  Id add(std::string_view op, std::string name);
  Id add_leaf(std::string_view op, std::string name, double value);
  /// `op` over the terms that come first in `order`, in the order in which they stand; the rest as one constant.
  Id chain(std::string_view op, std::vector<std::size_t> order, Build build, const std::vector<double>& values);

  GraphDocument document_;
  std::map<std::string, Id, std::less<>> leaves_;
  std::set<std::string, std::less<>> names_;
};

}  // namespace backprop
