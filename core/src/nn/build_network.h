#pragma once

#include "backprop/network.h"

#include <cstdint>

namespace backprop {

/// A network written down as a graph document on a batch of one zero sample.
struct NetworkDocument {
  GraphDocument document;
  std::string prediction;        ///< id of the node that `predict` reads
  std::int64_t activations = 0;  ///< elements of all values behind the loss that grow with the batch
};

/// Draws the weights from `seed`, layer by layer.
///   errors  ShapeMismatch with the layer's place; TooLarge before anything too large is made
[[nodiscard]] NetworkDocument build_network(const NetworkSpec& spec, std::uint64_t seed);

}  // namespace backprop
