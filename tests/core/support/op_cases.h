#pragma once

#include "backprop/op.h"
#include "backprop/random.h"

#include "support/build.h"

#include <string>
#include <vector>

namespace backprop::test {

/// One way to use an op: the shapes of its inputs and the range of numbers that it is asked about. The one table behind
/// the tests that every op of the catalogue must pass: gradients, forward mode, what is kept, lenses.
struct OpCase {
  std::string op;
  std::vector<Shape> inputs;
  double low = -2;
  double high = 2;
  Attributes attributes{};
  /// Numbers closer to 0 than this are moved away: |x| at ReLU, |y| in x / y.
  double away_from_zero = 0;
  /// No two elements of all inputs are closer than 0.01: where the larger one wins.
  bool distinct = false;
  /// Bit s: the numbers of slot s are drawn from 0.5 to 1.5 (a variance), or are labels 0 to 2 or targets 0 to 1.
  std::uint32_t positive = 0;
  std::uint32_t labels = 0;
  std::uint32_t targets = 0;
};

[[nodiscard]] const std::vector<OpCase>& op_cases();

/// The inputs of a case, as a seed makes them.
[[nodiscard]] std::vector<Tensor> draw_inputs(const OpCase& use, Random& random);
/// Numbers from −1.5 to 1.5.
[[nodiscard]] Tensor draw_upstream(const Shape& shape, Random& random);

/// The case as a document: inputs x0, x1, …, the op as its output "out".
[[nodiscard]] GraphDocument document_of(const OpCase& use, const std::vector<Tensor>& inputs);

}  // namespace backprop::test
