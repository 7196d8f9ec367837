#include "backprop/stepper.h"

#include "support/build.h"
#include "support/matchers.h"
#include "support/random_graph.h"

#include <algorithm>

using namespace backprop;
using namespace backprop::test;

namespace {

bool same_bits(const Tensor& a, const Tensor& b) {
  return a.shape() == b.shape() && std::equal(a.elements().begin(), a.elements().end(), b.elements().begin());
}

}  // namespace

TEST_CASE("the apple graph has five steps, and each says where its numbers come from", "[step]") {
  Run run(apple());
  Stepper stepper(run.graph, run.graph.output());
  REQUIRE(stepper.steps() == 5);

  CHECK(stepper.seek(0).empty());
  refused(ErrorCode::NotComputed, {"\"price\""}, [&] { (void)run.graph.value(run.graph.index_of("price")); });

  const auto first = stepper.seek(1);
  REQUIRE(first.size() == 1);
  CHECK(first[0].phase == Phase::Forward);
  CHECK(run.graph.node(first[0].node).id == "price");
  CHECK((*first[0].after)[0] == 200);

  const auto seed = stepper.seek(3);
  REQUIRE(seed.size() == 1);
  CHECK(seed[0].phase == Phase::Seed);
  CHECK((*seed[0].after)[0] == 1);

  const auto last = stepper.seek(5);
  REQUIRE(last.size() == 2);
  CHECK(run.graph.node(last[0].to).id == "apple");
  CHECK(last[0].combine == Combine::Times);
  CHECK_THAT((*last[0].upstream)[0], near(1.1));
  CHECK((*last[0].local)[0] == 2);
  CHECK_THAT((*last[0].contribution)[0], near(2.2));
  CHECK_FALSE(last[0].before.has_value());
  CHECK_THAT((*last[1].after)[0], near(110));

  stepper.seek(2);
  CHECK_FALSE(run.graph.node(run.graph.output()).has_grad);
  CHECK_THAT(run.value("total"), near(220));
}

TEST_CASE("apples and oranges go back in the order in which they came", "[step][book]") {
  Run run(apples_and_oranges());
  Stepper stepper(run.graph, run.graph.output());
  REQUIRE(stepper.steps() == 9);
  const auto step = [&](const char* id) { return stepper.backward_step(run.graph.index_of(id)); };
  CHECK(step("total") == 6);
  CHECK(step("price") == 7);
  CHECK(step("apple_price") == 8);
  CHECK(step("orange_price") == 9);
  CHECK(stepper.gradient_step(run.graph.index_of("orange")) == 9);
  CHECK(stepper.gradient_step(run.graph.index_of("tax")) == 6);
  CHECK(stepper.gradient_step(run.graph.output()) == 5);
  CHECK(stepper.forward_step(run.graph.index_of("orange_price")) == 2);
  CHECK_FALSE(stepper.forward_step(run.graph.index_of("tax")).has_value());
}

TEST_CASE("the second contribution to a value shows the first as what was there before", "[step]") {
  Run run({input("x", 3), op("y", "mul", {"x", "x"})});
  Stepper stepper(run.graph, run.graph.output());
  const auto records = stepper.seek(3);
  REQUIRE(records.size() == 2);
  CHECK((*records[1].before)[0] == 3);
  CHECK((*records[1].contribution)[0] == 3);
  CHECK((*records[1].after)[0] == 6);
}

TEST_CASE("stepping gives what a whole pass gives, bit for bit", "[step]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const GraphDocument document = random_graph(seed);
    Graph whole(document);
    whole.backward(whole.output());
    Graph stepped(document);
    Stepper stepper(stepped, stepped.output());
    stepper.seek(stepper.steps() / 2);
    stepper.seek(stepper.steps());
    INFO("seed " << seed);
    for (NodeIndex i = 0; i < whole.size(); ++i) {
      CHECK(whole.node(i).has_value == stepped.node(i).has_value);
      if (whole.node(i).has_value) CHECK(same_bits(whole.value(i), stepped.value(i)));
      CHECK(same_bits(whole.grad(i), stepped.grad(i)));
    }
  }
}

TEST_CASE("every contribution is what upstream and local make by the rule that the record names", "[step]") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Graph graph(random_graph(seed));
    Stepper stepper(graph, graph.output());
    for (int i = 1; i <= stepper.steps(); ++i) {
      for (const auto& record : stepper.seek(i)) {
        if (record.combine != Combine::Times || !(record.upstream->shape() == record.local->shape())) continue;
        for (std::size_t k = 0; k < record.local->size(); ++k) {
          CHECK((*record.contribution)[k] == (*record.upstream)[k] * (*record.local)[k]);
        }
      }
    }
  }
}

TEST_CASE("a step outside the graph is refused", "[step][refusal]") {
  Run run(apple());
  Stepper stepper(run.graph, run.graph.output());
  refused(ErrorCode::OutOfRange, {"6", "0 to 5"}, [&] { stepper.seek(6); });
  refused(ErrorCode::OutOfRange, {"-1"}, [&] { stepper.seek(-1); });
}

TEST_CASE("labels receive no gradient", "[step]") {
  Run run({input("x", vector({1, 2})), input("t", 0), op("L", "softmax_with_loss", {"x", "t"})});
  Stepper stepper(run.graph, run.graph.output());
  CHECK(stepper.seek(3).size() == 1);
  CHECK_FALSE(stepper.gradient_step(run.graph.index_of("t")).has_value());
}
