#include "backprop/session.h"

#include "guard.h"
#include "rooms.h"

#include <emscripten/bind.h>

namespace backprop::bindings {

namespace {

/// `images` are bytes or floats; `answers` are labels, or the targets of a regression.
val dataset_create(const val& images, const val& answers, bool targets, double count) {
  return guarded([&] {
    Dataset data;
    data.count = integer(count, 0, kMaxElements, "count");
    if (images["BYTES_PER_ELEMENT"].as<int>() == 1) {
      data.pixels = numbers<std::uint8_t>(images);
    } else {
      data.samples = numbers<float>(images);
    }
    if (targets) {
      data.targets = numbers<float>(answers);
    } else {
      data.labels = numbers<std::int32_t>(answers);
    }
    return session().datasets.add(std::move(data));
  });
}

val dataset_close(int id) {
  return guarded([&] { session().datasets.close(id); });
}

double number(const val& options, const char* name) { return options[name].as<double>(); }

TrainOptions train_options(const val& given) {
  TrainOptions options;
  options.optimizer = given["optimizer"].as<std::string>();
  options.learning_rate = number(given, "learningRate");
  options.batch_size = integer(number(given, "batchSize"), 1, kMaxElements, "batchSize");
  options.iterations = integer(number(given, "iterations"), 0, std::int64_t{1} << 53, "iterations");
  options.seed = seed(number(given, "seed"));
  const auto optional = [&](const char* name, double& target) {
    if (!given[name].isUndefined()) target = number(given, name);
  };
  if (!given["weightDecay"].isUndefined()) options.weight_decay = number(given, "weightDecay");
  optional("momentum", options.rule.momentum);
  optional("decay", options.rule.decay);
  optional("beta1", options.rule.beta1);
  optional("beta2", options.rule.beta2);
  optional("epsilon", options.rule.epsilon);
  optional("l1", options.l1);
  optional("clipNorm", options.clip_norm);
  optional("clipValue", options.clip_value);
  optional("decayRate", options.decay_rate);
  const auto steps = [&](const char* name, std::int64_t& target) {
    if (!given[name].isUndefined()) target = integer(number(given, name), 0, std::int64_t{1} << 53, name);
  };
  steps("warmUp", options.warm_up);
  steps("decaySteps", options.decay_steps);
  if (!given["schedule"].isUndefined()) options.schedule = find_schedule(given["schedule"].as<std::string>());
  const val augment = given["augment"];
  if (!augment.isNull()) {
    options.augment = true;
    const auto bound = [&](const char* name, float& target) {
      if (!augment[name].isUndefined()) target = static_cast<float>(number(augment, name));
    };
    bound("shift", options.augmentation.shift);
    bound("rotate", options.augmentation.rotate);
    bound("scale", options.augmentation.scale);
    bound("shear", options.augmentation.shear);
  }
  return options;
}

val trainer_create(int network, int dataset, const val& options) {
  return guarded([&] { return session().create_trainer(network, dataset, train_options(options)); });
}

val trainer_run(int id, double iterations) {
  return guarded([&] {
    const TrainRun run = running_session().run(id, integer(iterations, 0, std::int64_t{1} << 53, "iterations"));
    val out = val::object();
    put(out, "iteration", static_cast<double>(run.iteration));
    put(out, "epoch", run.epoch);
    put(out, "ran", static_cast<double>(run.ran));
    put(out, "lossSum", run.loss_sum);
    put(out, "batchLoss", run.batch_loss);
    put(out, "failure", run.failure ? error_data(*run.failure) : val::null());
    return out;
  });
}

val trainer_adjust(int id, double learning_rate, double batch_size) {
  return guarded([&] {
    Trainer& trainer = *session().trainers[id].trainer;
    const std::int64_t size = integer(batch_size, 1, kMaxElements, "batchSize");
    const double before = trainer.options().learning_rate;
    trainer.set_learning_rate(learning_rate);
    try {
      trainer.set_batch_size(size);
    } catch (...) {
      trainer.set_learning_rate(before);  // all or nothing
      throw;
    }
  });
}

val trainer_graph(int id) {
  return guarded([&] { return session().train_graph(id); });
}

val trainer_close(int id) {
  return guarded([&] { session().trainers.close(id); });
}

}  // namespace

void bind_training() {
  using emscripten::function;
  function("datasetCreate", &dataset_create);
  function("datasetClose", &dataset_close);
  function("trainerCreate", &trainer_create);
  function("trainerRun", &trainer_run);
  function("trainerAdjust", &trainer_adjust);
  function("trainerGraph", &trainer_graph);
  function("trainerClose", &trainer_close);
}

}  // namespace backprop::bindings
