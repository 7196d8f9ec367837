#pragma once

#include "backprop/tensor.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace backprop {

/// The named tensors of a safetensors file (F16, F32 or F64), in single precision, and its metadata.
struct Safetensors {
  std::vector<std::pair<std::string, Tensor>> tensors;
  std::map<std::string, std::string> metadata;
};

/// Reads 8 bytes of header length, the JSON header and the raw little-endian data.
///   errors  MalformedFile (truncated, header not JSON, offsets outside or overlapping, size against shape),
///   Unsupported (dtype), TooLarge
[[nodiscard]] Safetensors read_safetensors(std::span<const std::uint8_t> bytes);
/// `half` writes F16 (rounded to nearest even); the data starts at a multiple of 8 bytes.
[[nodiscard]] std::vector<std::uint8_t> write_safetensors(const Safetensors& file, bool half);

}  // namespace backprop
