#pragma once

#include "kernels/sparse.h"
#include "plan/layout.h"

#include <cstdint>
#include <span>
#include <vector>

namespace backprop::plan {

/// Samples of a data set, one after another: bytes (divided by 255 as they are gathered) or numbers.
struct Samples {
  const std::uint8_t* bytes = nullptr;
  const float* numbers = nullptr;
};

/// The batch that a plan works on, gathered from a data set: dense, or as the list of its numbers that are not zero
/// where the first layer is faster with that.
class Input {
 public:
  Input() = default;
  /// `w_row` is the row length of the first layer's weights, 0 where the first layer takes no list.
  Input(const Layout& layout, std::size_t w_row);

  void reserve(std::size_t rows);
  /// Gathers the samples with these numbers. What it decides depends on the batch alone: the same bits every time.
  void load(const Samples& from, std::span<const std::int64_t> samples);

  [[nodiscard]] bool is_sparse() const { return sparse_; }
  [[nodiscard]] const float* dense() const { return dense_.data(); }
  [[nodiscard]] kernels::SparseRows sparse() const { return {rows_, blocks_, entries_.data(), starts_.data()}; }
  [[nodiscard]] const Layout& layout() const { return layout_; }
  [[nodiscard]] std::size_t rows() const { return rows_; }

 private:
  [[nodiscard]] bool load_sparse(const Samples& from, std::span<const std::int64_t> samples);
  void load_dense(const Samples& from, std::span<const std::int64_t> samples);

  Layout layout_;
  std::size_t w_row_ = 0;
  std::size_t block_ = 0;   ///< columns
  std::size_t blocks_ = 0;  ///< of a row
  std::size_t rows_ = 0;
  bool sparse_ = false;
  std::vector<std::uint8_t> bytes_;  ///< the batch as it lies in the data set
  std::vector<float> dense_;
  std::vector<kernels::Entry> entries_;
  std::vector<std::uint32_t> starts_;
};

}  // namespace backprop::plan
