#include "backprop/optimizer.h"

#include "backprop/trainer.h"

#include "support/matchers.h"
#include "train/update.h"

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <catch2/generators/catch_generators.hpp>

using namespace backprop;
using namespace backprop::test;

namespace {

using Place = std::array<float, 2>;

/// The book's valley f = x² / 20 + y², walked down from (−7, 2) for 30 steps.
///   source  Saitoh, Deep Learning from Scratch (2016), §6.1.2; ch06/optimizer_compare_naive.py
Place descend(const TrainOptions& options) {
  Place at{-7, 2};
  Updater updater(options);
  for (int step = 1; step <= 30; ++step) {
    const Place gradient{at[0] / 10, 2 * at[1]};
    const UpdateItem item{at, gradient, true};
    updater.apply(step, options.learning_rate, {&item, 1});
  }
  return at;
}

/// One step of gradient descent at rate 1 from w: the gradient as the rule sees it is what w loses.
std::vector<double> seen(TrainOptions options, std::vector<float> w, const std::vector<float>& g, bool decays = true) {
  options.learning_rate = 1;
  Updater updater(options);
  const std::vector<float> before = w;
  const UpdateItem item{w, g, decays};
  updater.apply(1, 1, {&item, 1});
  std::vector<double> lost;
  for (std::size_t i = 0; i < w.size(); ++i) lost.push_back(std::round((before[i] - w[i]) * 1e6) / 1e6);
  return lost;
}

}  // namespace

TEST_CASE("every optimizer walks down the book's valley to where the book's program ends", "[train][optimizer]") {
  struct Row {
    const char* name;
    double rate;
    Place end;
  };
  // SGD, Momentum, AdaGrad, Adam: the book's figure. The others: the same program with the repository's rules.
  const auto row = GENERATE(Row{"sgd", 0.95, {-0.350F, 0.085F}}, Row{"momentum", 0.1, {0.896F, 0.088F}},
                            Row{"adagrad", 1.5, {-0.120F, 2.5e-17F}}, Row{"adam", 0.3, {0.136F, 0.318F}},
                            Row{"nesterov", 0.1, {0.6896F, -0.00068F}}, Row{"rmsprop", 0.1, {-0.6974F, 1.5e-8F}},
                            Row{"adamw", 0.3, {0.2632F, 0.3053F}});
  INFO(row.name);
  const Place end = descend({.optimizer = row.name, .learning_rate = row.rate});
  CHECK_THAT(end[0], Catch::Matchers::WithinAbs(row.end[0], 6e-4));
  CHECK_THAT(end[1], Catch::Matchers::WithinAbs(row.end[1], 6e-4));
}

TEST_CASE("hyper-parameters change the rule that has them", "[train][optimizer]") {
  const Place plain = descend({.optimizer = "sgd", .learning_rate = 0.1});
  CHECK(descend({.optimizer = "momentum", .learning_rate = 0.1, .rule = {.momentum = 0}}) == plain);
  CHECK(descend({.optimizer = "sgd", .learning_rate = 0.1, .rule = {.momentum = 0.5}}) == plain);
  const auto differs = [](const char* name, const OptimizerOptions& rule) {
    INFO(name);
    CHECK(descend({.optimizer = name, .learning_rate = 0.1, .rule = rule}) !=
          descend({.optimizer = name, .learning_rate = 0.1}));
  };
  differs("nesterov", {.momentum = 0.5});
  differs("rmsprop", {.decay = 0.9});
  differs("adam", {.beta1 = 0.5});
  differs("adam", {.beta2 = 0.9});
  differs("adagrad", {.epsilon = 0.1});
}

TEST_CASE("weight decay pulls weights towards 0, biases are left alone", "[train][optimizer]") {
  check_near(seen({.weight_decay = 0.1}, {2, -3}, {1, 1}), {1.2, 0.7});
  check_near(seen({.l1 = 0.1}, {2, -3, 0}, {1, 1, 1}), {1.1, 0.9, 1});
  check_near(seen({.weight_decay = 0.1, .l1 = 0.5}, {2, -3}, {1, 1}, false), {1, 1});
}

TEST_CASE("adamw decays past the moments: a weight without gradient shrinks by the rate times lambda",
          "[train][optimizer]") {
  std::vector<float> w{4};
  const std::vector<float> none{0};
  const UpdateItem item{w, none, true};
  Updater({.optimizer = "adamw", .weight_decay = 0.1}).apply(1, 0.5, {&item, 1});
  CHECK_THAT(w[0], near(4 * (1 - 0.5 * 0.1), 1e-6));
  w = {4};
  Updater({.optimizer = "adamw"}).apply(1, 0.5, {&item, 1});  // 0.01 unless said
  CHECK_THAT(w[0], near(4 * (1 - 0.5 * 0.01), 1e-6));
  CHECK(descend({.optimizer = "adamw", .learning_rate = 0.3, .weight_decay = 0}) ==
        descend({.optimizer = "adam", .learning_rate = 0.3}));
}

TEST_CASE("gradients are clipped by value, then by their common norm, before weight decay", "[train][optimizer]") {
  check_near(seen({.clip_value = 2}, {0, 0, 0}, {5, -7, 1}), {2, -2, 1});
  check_near(seen({.clip_norm = 1}, {0, 0}, {3, 4}), {0.6, 0.8});
  check_near(seen({.clip_norm = 6}, {0, 0}, {3, 4}), {3, 4});
  check_near(seen({.clip_norm = 2, .clip_value = 3}, {0, 0}, {3, 40}), {1.414214, 1.414214});
  check_near(seen({.weight_decay = 1, .clip_norm = 1}, {10, 0}, {3, 4}), {10.6, 0.8});

  // The norm is that of all parameters together.
  std::vector<float> v{0};
  std::vector<float> w{0};
  const std::vector<float> gv{3};
  const std::vector<float> gw{4};
  const std::array items{UpdateItem{v, gv, true}, UpdateItem{w, gw, false}};
  Updater({.clip_norm = 1}).apply(1, 1, items);
  CHECK_THAT(v[0], near(-0.6, 1e-6));
  CHECK_THAT(w[0], near(-0.8, 1e-6));
}

TEST_CASE("learning-rate schedules, with and without warm-up", "[train][schedule]") {
  const auto rates = [](TrainOptions options, const std::vector<std::int64_t>& at) {
    options.learning_rate = 8;
    check_schedule(options);
    std::vector<double> out;
    for (const std::int64_t i : at) out.push_back(scheduled_rate(options, i));
    return out;
  };
  check_near(rates({}, {0, 1000}), {8, 8});
  check_near(rates({.iterations = 100, .schedule = Schedule::Cosine}, {0, 50, 100, 500}), {8, 4, 0, 0});
  check_near(rates({.schedule = Schedule::Step, .decay_rate = 0.5, .decay_steps = 10}, {0, 9, 10, 19, 20}),
             {8, 8, 4, 4, 2});
  check_near(rates({.schedule = Schedule::Exponential, .decay_rate = 0.25, .decay_steps = 10}, {0, 5, 10, 20}),
             {8, 4, 2, 0.5});
  check_near(rates({.iterations = 30, .schedule = Schedule::Step}, {9, 10, 20}), {8, 0.8, 0.08});
  check_near(rates({.warm_up = 4}, {0, 1, 3, 4, 50}), {2, 4, 8, 8, 8});
  check_near(rates({.iterations = 104, .schedule = Schedule::Cosine, .warm_up = 4}, {0, 3, 4, 54, 104}),
             {2, 8, 8, 4, 0});
  check_near(rates({.schedule = Schedule::Step, .warm_up = 4, .decay_rate = 0.5, .decay_steps = 10}, {2, 13, 14}),
             {6, 8, 4});
  // A run that is all warm-up never reaches the schedule.
  check_near(rates({.iterations = 2, .schedule = Schedule::Cosine, .warm_up = 8}, {0, 1}), {1, 2});
  for (const char* name : {"constant", "cosine", "step", "exponential"}) CHECK_NOTHROW((void)find_schedule(name));
}

TEST_CASE("options of optimizers and schedules outside their ranges are refused", "[train][refusal]") {
  const auto refuse = [](const std::vector<std::string>& words, const TrainOptions& options) {
    refused(ErrorCode::OutOfRange, words, [&] {
      check_schedule(options);
      const Updater updater(options);
    });
  };
  const double nan = std::numeric_limits<double>::quiet_NaN();
  refuse({"momentum", "1.5", "below 1"}, {.rule = {.momentum = 1.5}});
  refuse({"decay", "nan"}, {.rule = {.decay = nan}});
  refuse({"beta1"}, {.rule = {.beta1 = -0.1}});
  refuse({"beta2"}, {.rule = {.beta2 = 1}});
  refuse({"epsilon"}, {.rule = {.epsilon = 0}});
  refuse({"weight decay"}, {.weight_decay = -1});
  refuse({"L1"}, {.l1 = nan});
  refuse({"norm"}, {.clip_norm = -1});
  refuse({"clipping value"}, {.clip_value = 1e300});
  refuse({"cosine"}, {.schedule = Schedule::Cosine});
  refuse({"decay steps"}, {.schedule = Schedule::Step});
  refuse({"decay rate"}, {.decay_rate = 0});
  refuse({"Warm-up"}, {.warm_up = -1});
  refused(ErrorCode::InvalidAttribute, {"\"linear\"", "cosine"}, [] { (void)find_schedule("linear"); });
  refused(ErrorCode::InvalidAttribute, {"\"sdg\"", "adamw"}, [] { const Updater updater({.optimizer = "sdg"}); });
}
