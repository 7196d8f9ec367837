#include "plan/input.h"

#include "kernels/pixels.h"

#include <algorithm>

namespace backprop::plan {

namespace {

/// Fraction of numbers that are not zero up to which the list is faster than the dense product and its gradient:
/// docs/performance.md. MNIST has 0.19.
constexpr double kSparse = 0.4;
/// A row on its own is always a list: the dense tile works on four.
constexpr std::size_t kFewRows = 3;
/// After so many rows a dense batch is recognised.
constexpr std::size_t kProbe = 4;

/// Rows may be as short as two numbers: a call to copy them would take longer than copying them.
inline void copy_row(const float* from, std::size_t count, float* to) {
  std::size_t i = 0;
  for (; i + kernels::kLanes <= count; i += kernels::kLanes) kernels::store(to + i, kernels::load(from + i));
  for (; i < count; ++i) to[i] = from[i];
}

}  // namespace

Input::Input(const Layout& layout, std::size_t w_row) : layout_(layout), w_row_(w_row) {
  if (w_row > 0) block_ = kernels::block_columns(w_row);
}

void Input::reserve(std::size_t rows) {
  bytes_.resize(rows * layout_.elements());
  dense_.resize(rows * layout_.row() + kernels::kLanes);  // kernels read whole vectors, behind the last pixel too
  if (w_row_ == 0) return;
  blocks_ = (layout_.elements() + block_ - 1) / block_;
  starts_.resize(rows * blocks_ + 1);
  // The list is given up beyond kSparse, checked after every row.
  const auto most = static_cast<std::size_t>(kSparse * static_cast<double>(rows * layout_.elements()));
  entries_.resize(most + (kProbe + 1) * layout_.elements() + kernels::kSpareEntries);
}

void Input::load(const Samples& from, std::span<const std::int64_t> samples) {
  rows_ = samples.size();
  if (from.bytes) kernels::gather(from.bytes, layout_.elements(), samples, bytes_.data());
  sparse_ = w_row_ > 0 && load_sparse(from, samples);
  if (!sparse_) load_dense(from, samples);
}

bool Input::load_sparse(const Samples& from, std::span<const std::int64_t> samples) {
  const std::size_t columns = layout_.elements();
  std::size_t count = 0;
  std::uint32_t* starts = starts_.data();
  for (std::size_t r = 0; r < samples.size(); ++r) {
    const float* numbers = from.bytes ? nullptr : from.numbers + static_cast<std::size_t>(samples[r]) * columns;
    const std::uint8_t* bytes = bytes_.data() + r * columns;
    for (std::size_t first = 0; first < columns; first += block_) {
      const std::size_t last = std::min(columns, first + block_);
      kernels::Entry* to = entries_.data() + count;
      *starts++ = static_cast<std::uint32_t>(count);
      count += from.bytes ? kernels::sparse_row(bytes, first, last, w_row_, to)
                          : kernels::sparse_row(numbers, first, last, w_row_, to);
    }
    const auto most = kSparse * static_cast<double>(std::max(r + 1, kProbe) * columns);
    if (samples.size() > kFewRows && static_cast<double>(count) > most) return false;
  }
  *starts = static_cast<std::uint32_t>(count);
  return true;
}

void Input::load_dense(const Samples& from, std::span<const std::int64_t> samples) {
  const std::size_t elements = layout_.elements();
  const bool as_it_lies = layout_.pixels() == 1 || layout_.channels == 1;
  float* row = dense_.data();
  const std::uint8_t* bytes = bytes_.data();
  for (const std::int64_t sample : samples) {
    const float* numbers = from.bytes ? nullptr : from.numbers + static_cast<std::size_t>(sample) * elements;
    if (from.bytes && as_it_lies) {
      kernels::fractions(bytes, elements, row);
    } else if (from.bytes) {
      for (std::size_t i = 0; i < elements; ++i) row[layout_.place(i)] = static_cast<float>(bytes[i]) / 255.0F;
    } else if (as_it_lies) {
      copy_row(numbers, elements, row);
    } else {
      for (std::size_t i = 0; i < elements; ++i) row[layout_.place(i)] = numbers[i];
    }
    row += layout_.row();
    bytes += elements;
  }
}

}  // namespace backprop::plan
