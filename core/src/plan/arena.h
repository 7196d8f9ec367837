#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace backprop::plan {

/// A buffer and the moments between which it is needed, both included.
struct Lifetime {
  std::size_t size;
  std::size_t from;
  std::size_t to;
};

/// Offsets for buffers such that no two overlap at any moment, each as low as it fits; `total` receives the size of
/// all.
[[nodiscard]] inline std::vector<std::size_t> place(const std::vector<Lifetime>& buffers, std::size_t& total) {
  std::vector<std::size_t> offsets;
  total = 0;
  for (const Lifetime& buffer : buffers) {
    std::size_t offset = 0;
    for (bool moved = true; moved;) {
      moved = false;
      for (std::size_t i = 0; i < offsets.size(); ++i) {
        const Lifetime& other = buffers[i];
        const bool together = buffer.from <= other.to && other.from <= buffer.to;
        if (together && offset < offsets[i] + other.size && offsets[i] < offset + buffer.size) {
          offset = offsets[i] + other.size;
          moved = true;
        }
      }
    }
    offsets.push_back(offset);
    total = std::max(total, offset + buffer.size);
  }
  return offsets;
}

}  // namespace backprop::plan
