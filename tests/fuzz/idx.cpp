#include "backprop/digits.h"

#include "support.h"

using namespace backprop;

/// An IDX file, plain or gzipped: shape and data agree.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::refused_or_done([&] {
    const Idx idx = read_idx({data, size});
    std::size_t count = 1;
    for (const std::size_t extent : idx.shape) count *= extent;
    fuzz::must(count == idx.data.size(), "as many bytes as the shape says");
    fuzz::must(!idx.shape.empty() && idx.shape.size() <= 4, "1 to 4 dimensions");
  });
  return 0;
}
