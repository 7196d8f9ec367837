#include "backprop/network.h"

#include "backprop/trainer.h"

#include "support.h"

#include <algorithm>
#include <string_view>

using namespace backprop;

namespace {

/// Bounds the weights that must be drawn: 2,000 × 2,000 is a matter of a second under sanitizers.
bool has_large_number(std::string_view text) {
  std::size_t digits = 0;
  for (const char c : text) {
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
    if (digits > 3 || c == 'e' || c == 'E') return digits > 3;
  }
  return false;
}

}  // namespace

/// A network spec: it survives being written and read; what can be built can be saved, loaded, asked and trained.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  fuzz::refused_or_done([&] {
    const PresetOptions options = parse_preset_options(text);
    for (const std::string_view name : network_presets()) {
      const std::string preset = to_json(network_preset(name, options));
      fuzz::must(to_json(parse_network_spec(preset)) == preset, "a preset survives being written and read");
    }
  });
  fuzz::refused_or_done([&] {
    const NetworkSpec spec = parse_network_spec(text);
    const std::string written = to_json(spec);
    fuzz::must(to_json(parse_network_spec(written)) == written, "a spec survives being written and read");
    if (has_large_number(text)) return;
    Network network(spec, 1);
    if (network.parameter_count() + network.activations() > 50'000) return;
    fuzz::must(Network::load(network.save_weights()).save_weights() == network.save_weights(), "weights survive");
    const std::vector<float> sample(static_cast<std::size_t>(network.sample_size()), 0.5F);
    fuzz::must(network.predict(sample, 1).shape() == Shape{1, network.outputs()}, "one prediction for one sample");
    Dataset dataset;
    dataset.count = 3;
    for (int i = 0; i < 3; ++i) dataset.samples.insert(dataset.samples.end(), sample.begin(), sample.end());
    dataset.labels.assign(3, 0);
    dataset.targets.assign(static_cast<std::size_t>(3 * network.outputs()), 0.5F);
    Trainer trainer(network, dataset, {.learning_rate = 0.01, .batch_size = 2});
    (void)trainer.run(3);
    (void)evaluate(network, dataset, 3);
  });
  return 0;
}
