/// Forward mode of every op, and what its backward reads, over the one table of cases.
#include "support/matchers.h"
#include "support/op_cases.h"

#include <cmath>
#include <limits>

using namespace backprop;
using namespace backprop::test;

namespace {

/// An op alone: its inputs, their tangents and its value, as rules see them.
struct Alone {
  Alone(const OpCase& use, std::uint64_t seed) : random(seed), attributes(use.attributes), op(find_op(use.op)) {
    inputs = draw_inputs(use, random);
    for (const Tensor& each : inputs) {
      shapes.push_back(each.shape());
      tangents.push_back(draw_upstream(each.shape(), random));
    }
    out = value(inputs);
    upstream = draw_upstream(out.shape(), random);
  }

  [[nodiscard]] static std::vector<const Tensor*> pointers(const std::vector<Tensor>& tensors) {
    std::vector<const Tensor*> list;
    for (const Tensor& each : tensors) list.push_back(&each);
    return list;
  }
  [[nodiscard]] Tensor value(const std::vector<Tensor>& of) const {
    Tensor result(op.infer_shape({shapes, attributes}));
    const auto list = pointers(of);
    op.rule.forward({list, op, attributes}, result);
    return result;
  }
  /// Only the slots of `moving` have a tangent.
  [[nodiscard]] Tensor tangent(Wanted moving = kAllSlots) const {
    const auto list = pointers(inputs);
    auto moved = pointers(tangents);
    for (std::size_t slot = 0; slot < moved.size(); ++slot) {
      if (!wants(moving, slot)) moved[slot] = nullptr;
    }
    return op.rule.tangent({list, op, attributes}, out, moved);
  }
  [[nodiscard]] Contributions backward(const std::vector<Tensor>& of, const Tensor& result,
                                       Wanted wanted = kAllSlots) const {
    const auto list = pointers(of);
    return op.rule.backward({list, op, attributes}, result, upstream, wanted);
  }
  [[nodiscard]] bool differentiable(std::size_t slot) const { return op.slot(slot).combine != Combine::None; }

  Random random;
  const Attributes& attributes;
  const Op& op;
  std::vector<Shape> shapes;
  std::vector<Tensor> inputs;
  std::vector<Tensor> tangents;
  Tensor out;
  Tensor upstream;
};

double dot(const Tensor& a, const Tensor& b) {
  REQUIRE(a.shape() == b.shape());
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

template <class Check>
void each_case(Check check) {
  for (const OpCase& use : op_cases()) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      INFO(use.op << ", seed " << seed);
      check(Alone(use, seed));
    }
  }
}

}  // namespace

TEST_CASE("forward mode is the transpose of backward mode: ⟨u, J v⟩ = ⟨Jᵀ u, v⟩", "[ops][tangent]") {
  each_case([](const Alone& alone) {
    const Contributions contributions = alone.backward(alone.inputs, alone.out);
    double together = 0;
    for (std::size_t slot = 0; slot < alone.inputs.size(); ++slot) {
      if (!alone.differentiable(slot)) {
        CHECK_FALSE(contributions[slot].has_value());
        continue;
      }
      INFO("slot " << slot);
      REQUIRE(contributions[slot].has_value());
      const double expected = dot(*contributions[slot], alone.tangents[slot]);
      CHECK_THAT(dot(alone.upstream, alone.tangent(Wanted{1} << slot)), near(expected));
      together += expected;
    }
    CHECK_THAT(dot(alone.upstream, alone.tangent()), near(together));
  });
}

TEST_CASE("forward mode agrees with central differences along the tangents", "[ops][tangent]") {
  each_case([](const Alone& alone) {
    const double h = 1e-5;
    const auto moved = [&](double by) {
      std::vector<Tensor> inputs = alone.inputs;
      for (std::size_t slot = 0; slot < inputs.size(); ++slot) {
        if (!alone.differentiable(slot)) continue;
        for (std::size_t i = 0; i < inputs[slot].size(); ++i) inputs[slot][i] += by * alone.tangents[slot][i];
      }
      return alone.value(inputs);
    };
    const Tensor above = moved(h);
    const Tensor below = moved(-h);
    const Tensor tangent = alone.tangent();
    REQUIRE(tangent.shape() == alone.out.shape());
    for (std::size_t i = 0; i < tangent.size(); ++i) {
      CHECK_THAT(tangent[i], near((above[i] - below[i]) / (2 * h), 1e-6));
    }
  });
}

TEST_CASE("backward reads nothing but what its slots declare to be kept", "[ops][kept]") {
  each_case([](const Alone& alone) {
    const Contributions expected = alone.backward(alone.inputs, alone.out);
    for (std::size_t slot = 0; slot < alone.inputs.size(); ++slot) {
      if (!alone.differentiable(slot)) continue;
      const Wanted only = Wanted{1} << slot;
      const Kept kept = kept_for(alone.op, alone.inputs.size(), only);
      auto poison = [](Tensor& tensor) {
        std::ranges::fill(tensor.elements(), std::numeric_limits<double>::quiet_NaN());
      };
      std::vector<Tensor> inputs = alone.inputs;
      for (std::size_t other = 0; other < inputs.size(); ++other) {
        if ((kept.inputs >> other & 1U) == 0) poison(inputs[other]);
      }
      Tensor out = alone.out;
      if (!kept.output) poison(out);
      const Contributions got = alone.backward(inputs, out, only);
      INFO("slot " << slot);
      REQUIRE(got[slot].has_value());
      for (std::size_t i = 0; i < got[slot]->size(); ++i) CHECK((*got[slot])[i] == (*expected[slot])[i]);
    }
  });
}

TEST_CASE("what is kept is what the book's layers remember", "[ops][kept]") {
  const auto kept = [](const char* name, std::size_t inputs) { return kept_for(find_op(name), inputs); };
  CHECK(kept("add", 2).nothing());
  CHECK(kept("mul", 2).inputs == 0b11);
  CHECK(kept("sigmoid", 1).output);
  CHECK(kept("sigmoid", 1).inputs == 0);
  CHECK(kept("affine", 3).inputs == 0b011);
  CHECK(kept_for(find_op("affine"), 3, 0b010).inputs == 0b001);
  CHECK(kept("dropout", 1).nothing());
  CHECK(find_op("relu").keeps == "mask");
}
