#include "backprop/graph.h"

#include "support.h"

#include <array>
#include <cmath>
#include <limits>

using namespace backprop;

namespace {

/// Choices read from the fuzzer's bytes; zeros when they run out.
class Choices {
 public:
  Choices(const std::uint8_t* data, std::size_t size) : data_(data), size_(size) {}
  std::size_t below(std::size_t bound) { return byte() % bound; }
  double number() {
    static constexpr std::array kSpecial{0.0, -0.0, 1.0, -1.0, 0.5, 2.0, 1e308, -1e308, 5e-324, 1e9, 3.0, -2.0};
    const std::size_t choice = below(20);
    if (choice < kSpecial.size()) return kSpecial[choice];
    if (choice == 12) return std::numeric_limits<double>::infinity();
    if (choice == 13) return std::nan("");
    return (static_cast<double>(byte()) - 128) / 16;
  }

 private:
  std::uint8_t byte() { return at_ < size_ ? data_[at_++] : 0; }
  const std::uint8_t* data_;
  std::size_t size_;
  std::size_t at_ = 0;
};

AttributeValue attribute(AttributeType type, Choices& choices) {
  switch (type) {
    case AttributeType::Number:
      return choices.number();
    case AttributeType::Integer:
      return choices.below(2) == 0 ? static_cast<double>(choices.below(8)) : choices.number();
    case AttributeType::Boolean:
      return choices.below(2) == 1;
    default:
      break;
  }
  std::vector<std::int64_t> list;
  for (std::size_t n = choices.below(6); n > 0; --n) list.push_back(static_cast<std::int64_t>(choices.below(9)) - 2);
  if (choices.below(16) == 0) list.push_back(std::numeric_limits<std::int64_t>::max());
  return list;
}

}  // namespace

/// One op of the catalogue on inputs of any shapes and numbers, with any attributes: refused, or run forward and
/// backward with results of the shapes that were promised.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Choices choices(data, size);
  const Op& op = *ops()[choices.below(ops().size())];
  if (op.is_leaf()) return 0;
  GraphDocument document;
  DocumentNode node;
  node.id = "y";
  node.op = op.name;
  std::size_t inputs = op.slots.size();
  if (choices.below(16) == 0) inputs = choices.below(5);
  for (std::size_t slot = 0; slot < inputs; ++slot) {
    std::vector<std::int64_t> extents;
    for (std::size_t rank = choices.below(5); rank > 0; --rank) {
      extents.push_back(static_cast<std::int64_t>(choices.below(6)));
    }
    DocumentNode leaf;
    leaf.id = "x" + std::to_string(slot);
    leaf.op = "input";
    leaf.value.emplace(Shape(extents));
    for (double& each : leaf.value->elements()) each = choices.number();
    node.inputs.push_back(leaf.id);
    document.nodes.push_back(std::move(leaf));
  }
  for (const AttributeInfo& info : op.attributes) {
    if (info.required || choices.below(2) == 1) node.attributes.emplace(info.name, attribute(info.type, choices));
  }
  document.nodes.push_back(std::move(node));
  const auto run = [&](Dtype dtype) {
    fuzz::refused_or_done([&] {
      Graph graph(document, dtype);
      if (fuzz::elements_of(graph) > 100'000) return;
      graph.backward(graph.output());
      for (NodeIndex i = 0; i < graph.size(); ++i) {
        fuzz::must(graph.value(i).shape() == graph.node(i).shape, "a value has the shape that was promised");
        fuzz::must(graph.grad(i).shape() == graph.node(i).shape, "a gradient has its node's shape");
      }
    });
  };
  run(Dtype::Float64);
  run(Dtype::Float32);
  return 0;
}
