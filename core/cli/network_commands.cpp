#include "backprop/trainer.h"

#include "command_line.h"
#include "commands.h"
#include "files.h"
#include "print.h"

#include <algorithm>
#include <cstdio>

namespace backprop::cli {

namespace {

/// A preset by its name, or a file with the spec as JSON.
NetworkSpec spec_of(const std::string& name) {
  const auto presets = network_presets();
  if (std::ranges::find(presets, name) != presets.end()) return network_preset(name);
  return parse_network_spec(read_text(name));
}

TrainOptions options_of(const Arguments& given, std::int64_t samples) {
  TrainOptions options;
  options.optimizer = given.text("optimizer", "sgd");
  options.learning_rate = given.number("learning-rate", 0.1);
  options.batch_size = given.integer("batch", 100);
  options.seed = static_cast<std::uint64_t>(given.integer("seed", 0));
  if (given.has("weight-decay")) options.weight_decay = given.number("weight-decay", 0);
  options.rule.momentum = given.number("momentum", options.rule.momentum);
  options.rule.decay = given.number("decay", options.rule.decay);
  options.rule.beta1 = given.number("beta1", options.rule.beta1);
  options.rule.beta2 = given.number("beta2", options.rule.beta2);
  options.rule.epsilon = given.number("epsilon", options.rule.epsilon);
  options.l1 = given.number("l1", 0);
  options.clip_norm = given.number("clip-norm", 0);
  options.clip_value = given.number("clip-value", 0);
  options.schedule = find_schedule(given.text("schedule", "constant"));
  options.decay_rate = given.number("decay-rate", options.decay_rate);
  options.decay_steps = given.integer("decay-steps", 0);
  options.warm_up = given.integer("warm-up", 0);
  const std::int64_t batch = std::max<std::int64_t>(1, options.batch_size);
  // As many as visit every sample `epochs` times; the last batch of an epoch may be smaller.
  options.iterations = given.integer("iterations", given.integer("epochs", 1) * ((samples + batch - 1) / batch));
  return options;
}

/// The run without the samples held out at the end of the files.
struct Parts {
  Dataset training;
  Dataset held_out;
};

Parts split(const Dataset& all, std::int64_t held_out) {
  Parts parts;
  parts.training = part_of(all, 0, all.count - held_out);
  if (held_out > 0) parts.held_out = part_of(all, all.count - held_out, held_out);
  return parts;
}

void report(const Trainer& trainer, double loss, Network& network, const Dataset& held_out) {
  std::printf("iteration %lld  epoch %.2f  loss %.4f", static_cast<long long>(trainer.iteration()), trainer.epoch(),
              loss);
  const std::int64_t looked_at = std::min<std::int64_t>(10'000, trainer.data().count);
  std::printf("  training accuracy %.4f", evaluate(network, trainer.data(), looked_at).accuracy);
  if (held_out.count > 0) std::printf("  held-out accuracy %.4f", evaluate(network, held_out, held_out.count).accuracy);
  std::printf("\n");
  std::fflush(stdout);
}

}  // namespace

int train(const std::vector<std::string>& words) {
  const Arguments arguments(
      words, {"images",     "labels",        "hold-out",   "weights",     "out",     "init-seed", "report",
              "optimizer",  "learning-rate", "batch",      "iterations",  "epochs",  "seed",      "weight-decay",
              "momentum",   "decay",         "beta1",      "beta2",       "epsilon", "l1",        "clip-norm",
              "clip-value", "schedule",      "decay-rate", "decay-steps", "warm-up"},
      {"half"});
  if (arguments.rest().size() != 1) throw UsageError{"One network is wanted: a preset or a file with its spec."};
  Network network(spec_of(arguments.rest()[0]), static_cast<std::uint64_t>(arguments.integer("init-seed", 0)));
  if (arguments.has("weights")) network.load_weights(read_file(arguments.required("weights")));
  Parts data =
      split(read_dataset(arguments.required("images"), arguments.required("labels")), arguments.integer("hold-out", 0));
  TrainOptions options = options_of(arguments, data.training.count);
  const std::int64_t iterations = options.iterations;
  const std::int64_t every =
      std::max<std::int64_t>(1, arguments.integer("report", std::max<std::int64_t>(1, iterations / 10)));
  Trainer trainer(network, std::move(data.training), std::move(options));
  while (trainer.iteration() < iterations) {
    const double loss = trainer.run(std::min(every, iterations - trainer.iteration()));
    report(trainer, loss, network, data.held_out);
  }
  if (arguments.has("out")) {
    const std::string out = arguments.required("out");
    write_file(out, network.save_weights(arguments.has("half")));
    std::printf("weights in %s\n", out.c_str());
  }
  return 0;
}

int evaluate_weights(const std::vector<std::string>& words) {
  const Arguments arguments(words, {"images", "labels", "last"}, {"json"});
  if (arguments.rest().size() != 1) throw UsageError{"One weights file is wanted."};
  Network network = Network::load(read_file(arguments.rest()[0]));
  Dataset data = read_dataset(arguments.required("images"), arguments.required("labels"));
  if (arguments.has("last")) {
    const std::int64_t last = arguments.integer("last", 0);
    data = part_of(data, data.count - last, last);
  }
  const Evaluation result = evaluate(network, data, data.count);
  if (!arguments.has("json")) {
    std::printf("%lld samples: accuracy %.4f, loss %.4f\n", static_cast<long long>(data.count), result.accuracy,
                result.loss);
    return 0;
  }
  std::printf("{\"count\": %lld, \"accuracy\": %s, \"loss\": %s, \"confusion\": [", static_cast<long long>(data.count),
              number_text(result.accuracy).c_str(), number_text(result.loss).c_str());
  for (std::size_t row = 0; row < result.confusion.size(); ++row) {
    std::printf("%s[", row > 0 ? ", " : "");
    for (std::size_t i = 0; i < result.confusion[row].size(); ++i) {
      std::printf("%s%lld", i > 0 ? ", " : "", static_cast<long long>(result.confusion[row][i]));
    }
    std::printf("]");
  }
  std::printf("]}\n");
  return 0;
}

}  // namespace backprop::cli
