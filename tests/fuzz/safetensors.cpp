#include "backprop/safetensors.h"

#include "backprop/network.h"

#include "support.h"

#include <cstring>

using namespace backprop;

/// A weights file: what is read is written and read again to the same bits, and may belong to a network.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span bytes(data, size);
  fuzz::refused_or_done([&] {
    const Safetensors file = read_safetensors(bytes);
    const Safetensors again = read_safetensors(write_safetensors(file, false));
    fuzz::must(again.metadata == file.metadata, "metadata survives");
    fuzz::must(again.tensors.size() == file.tensors.size(), "no tensor is lost");
    for (std::size_t i = 0; i < file.tensors.size(); ++i) {
      const auto& [name, tensor] = file.tensors[i];
      fuzz::must(again.tensors[i].first == name && again.tensors[i].second.shape() == tensor.shape(), "shapes survive");
      fuzz::must(tensor.size() == 0 ||
                     std::memcmp(again.tensors[i].second.data(), tensor.data(), tensor.size() * sizeof(double)) == 0,
                 "numbers survive");
    }
    (void)write_safetensors(file, true);
  });
  // A spec that promises millions of weights takes seconds to draw them before the file is found to lack them.
  if (size < 4096) fuzz::refused_or_done([&] { (void)Network::load(bytes); });
  return 0;
}
