#pragma once

#include "backprop/error.h"
#include "backprop/lens.h"
#include "backprop/open_graph.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace backprop {

/// Objects held from outside by number. Numbers are never used again, so a stale one is noticed and not mistaken.
template <class T>
class Book {
 public:
  /// `kind` names the objects in errors: "graph".
  explicit Book(std::string_view kind) : kind_(kind) {}

  int add(T object) {
    objects_.emplace(++last_, std::move(object));
    return last_;
  }
  /// Throws Disposed.
  [[nodiscard]] T& operator[](int id) {
    const auto found = objects_.find(id);
    if (found == objects_.end()) missing(id);
    return found->second;
  }
  /// Takes the object out; throws Disposed.
  [[nodiscard]] T take(int id) {
    T object = std::move((*this)[id]);
    objects_.erase(id);
    return object;
  }
  void close(int id) { objects_.erase(id); }
  [[nodiscard]] bool contains(int id) const { return objects_.contains(id); }
  [[nodiscard]] std::size_t size() const noexcept { return objects_.size(); }

 private:
  [[noreturn]] void missing(int id) const {
    refuse(ErrorCode::Disposed, {kind_, " ", id, " is not open: it was closed, or never opened. Open it again."});
  }

  std::string_view kind_;
  std::map<int, T> objects_;
  int last_ = 0;
};

/// The open graphs.
class GraphBook : public Book<std::unique_ptr<OpenGraph>> {
 public:
  GraphBook() : Book("graph") {}

  /// Opens a document. Throws as `parse_document` and Graph do.
  int open(std::string_view json, Dtype dtype) { return open(parse_document(json), dtype); }
  int open(const GraphDocument& document, Dtype dtype) { return add(std::make_unique<OpenGraph>(document, dtype)); }
  /// The scalar graph behind one element of a node's value or gradient, as a graph of its own.
  int open_lens(int graph, std::string_view node, std::span<const std::int64_t> index, LensOf of) {
    OpenGraph& behind = *(*this)[graph];
    return open(lens(behind.graph(), behind.graph().index_of(node), index, of), Dtype::Float64);
  }
};

}  // namespace backprop
