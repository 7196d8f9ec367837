#include "backprop/error.h"

#include "train/update.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace backprop {

namespace {

/// How far apart the steps of a falling rate are: a third of the run unless said.
double steps_of(const TrainOptions& options) {
  if (options.decay_steps > 0) return static_cast<double>(options.decay_steps);
  return static_cast<double>(std::max<std::int64_t>(1, options.iterations / 3));
}

}  // namespace

Schedule find_schedule(std::string_view name) {
  if (name == "constant") return Schedule::Constant;
  if (name == "cosine") return Schedule::Cosine;
  if (name == "step") return Schedule::Step;
  if (name == "exponential") return Schedule::Exponential;
  refuse(ErrorCode::InvalidAttribute,
         {"There is no schedule \"", name.substr(0, 64), "\". Choose constant, cosine, step or exponential."});
}

void check_schedule(const TrainOptions& options) {
  if (options.warm_up < 0 || options.decay_steps < 0) {
    refuse(ErrorCode::OutOfRange, {"Warm-up and decay steps are numbers of iterations, 0 or more."});
  }
  if (!(options.decay_rate > 0 && options.decay_rate <= 1)) {
    refuse(ErrorCode::OutOfRange, {"The decay rate of a schedule must be above 0 and at most 1, such as 0.1."});
  }
  if (options.schedule == Schedule::Constant) return;
  if (options.schedule == Schedule::Cosine ? options.iterations < 1
                                           : options.iterations < 1 && options.decay_steps < 1) {
    refuse(ErrorCode::OutOfRange, {options.schedule == Schedule::Cosine
                                       ? "A cosine schedule needs the number of iterations it falls over."
                                       : "A falling schedule needs decay steps, or the number of iterations."});
  }
}

double scheduled_rate(const TrainOptions& options, std::int64_t iteration) {
  const double rate = options.learning_rate;
  if (iteration < options.warm_up) {
    return rate * static_cast<double>(iteration + 1) / static_cast<double>(options.warm_up);
  }
  const auto since = static_cast<double>(iteration - options.warm_up);
  switch (options.schedule) {
    case Schedule::Constant:
      return rate;
    case Schedule::Cosine: {
      const auto length = static_cast<double>(std::max<std::int64_t>(1, options.iterations - options.warm_up));
      return rate * 0.5 * (1 + std::cos(std::numbers::pi * std::min(1.0, since / length)));
    }
    case Schedule::Step:
      return rate * std::pow(options.decay_rate, std::floor(since / steps_of(options)));
    case Schedule::Exponential:
      return rate * std::pow(options.decay_rate, since / steps_of(options));
  }
  return rate;
}

}  // namespace backprop
