#include "backprop/session.h"

#include "guard.h"
#include "rooms.h"

#include <emscripten/bind.h>

namespace backprop::bindings {

namespace {

std::int64_t count_of(double count) { return integer(count, 0, kMaxElements, "count"); }

val network_create(const std::string& spec, double weight_seed) {
  return guarded([&] { return session().create_network(spec, seed(weight_seed)); });
}

/// The spec of a preset, as JSON.
val network_preset_spec(const std::string& name, const std::string& options) {
  return guarded([&] { return to_json(network_preset(name, parse_preset_options(options))); });
}

val network_preset_names() {
  return guarded([] {
    const auto names = network_presets();
    return to_js(std::vector<std::string>(names.begin(), names.end()));
  });
}

val network_load(const val& safetensors) {
  return guarded([&] { return session().load_network(numbers<std::uint8_t>(safetensors)); });
}

val network_close(int id) {
  return guarded([&] { session().networks.close(id); });
}

val network_spec(int id) {
  return guarded([&] { return to_json(session().networks[id]->spec()); });
}

val network_parameter_count(int id) {
  return guarded([&] { return static_cast<double>(session().networks[id]->parameter_count()); });
}

val network_predict(int id, const val& images, double count) {
  return guarded([&] {
    const Tensor predicted = session().networks[id]->predict(numbers<float>(images), count_of(count));
    return to_typed_array(predicted, Dtype::Float32);
  });
}

val network_weights(int id) {
  return guarded([&] {
    const Network& network = *session().networks[id];
    return list(network.state(), [&](NodeIndex parameter) {
      val entry = val::object();
      put(entry, "name", network.graph().node(parameter).id);
      put(entry, "tensor", network.graph().node(parameter).value, Dtype::Float32);
      return entry;
    });
  });
}

val network_save(int id, bool half) {
  return guarded([&] {
    const std::vector<std::uint8_t> file = session().networks[id]->save_weights(half);
    return to_typed_array(std::span<const std::uint8_t>(file));
  });
}

val network_assign(int id, const val& safetensors) {
  return guarded([&] { session().networks[id]->load_weights(numbers<std::uint8_t>(safetensors)); });
}

val network_share(int id) {
  return guarded([&] { return session().share_graph(id); });
}

val network_graph(int id, const val& images, const val& answers, double count) {
  return guarded([&] {
    const Network& network = *session().networks[id];
    const std::int64_t samples = count_of(count);
    Tensor x(network.batch_shape(samples), numbers<double>(images));
    Tensor t(network.answer_shape(samples), numbers<double>(answers));
    return session().walk_graph(id, std::move(x), std::move(t));
  });
}

val evaluation_to_js(const Evaluation& evaluation) {
  val out = val::object();
  put(out, "loss", evaluation.loss);
  put(out, "accuracy", evaluation.accuracy);
  put(out, "confusion", list(evaluation.confusion, [](const std::vector<std::int64_t>& row) {
        return list(row, [](std::int64_t count) { return static_cast<double>(count); });
      }));
  return out;
}

val network_evaluate(int id, int dataset, double count) {
  return guarded([&] {
    Network& network = *session().networks[id];
    const Dataset& data = session().datasets[dataset];
    check_dataset(network, data);
    return evaluation_to_js(evaluate(network, data, integer(count, 0, data.count, "count")));
  });
}

val trainer_evaluate(int id, double count) {
  return guarded([&] {
    const OpenTrainer& open = session().trainers[id];
    const Dataset& data = open.trainer->data();
    return evaluation_to_js(evaluate(*open.network, data, integer(count, 0, data.count, "count")));
  });
}

}  // namespace

void bind_networks() {
  using emscripten::function;
  function("networkCreate", &network_create);
  function("networkPresets", &network_preset_names);
  function("networkPreset", &network_preset_spec);
  function("networkLoad", &network_load);
  function("networkClose", &network_close);
  function("networkSpec", &network_spec);
  function("networkParameterCount", &network_parameter_count);
  function("networkPredict", &network_predict);
  function("networkWeights", &network_weights);
  function("networkSave", &network_save);
  function("networkAssign", &network_assign);
  function("networkShare", &network_share);
  function("networkGraph", &network_graph);
  function("networkEvaluate", &network_evaluate);
  function("trainerEvaluate", &trainer_evaluate);
}

}  // namespace backprop::bindings
