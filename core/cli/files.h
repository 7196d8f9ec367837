#pragma once

#include "backprop/trainer.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace backprop::cli {

/// The whole file; `-` is the standard input. Throws FileError.
[[nodiscard]] std::vector<std::uint8_t> read_file(const std::string& path);
[[nodiscard]] std::string read_text(const std::string& path);
void write_file(const std::string& path, std::span<const std::uint8_t> bytes);

/// A file that cannot be read or written.
struct FileError {
  std::string message;
};

/// Samples `first` … `first + count − 1` of IDX images and labels, plain or gzipped; a negative `count` means all that
/// follow.
[[nodiscard]] Dataset read_dataset(const std::string& images, const std::string& labels);
[[nodiscard]] Dataset part_of(const Dataset& data, std::int64_t first, std::int64_t count);

}  // namespace backprop::cli
