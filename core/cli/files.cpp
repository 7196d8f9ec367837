#include "files.h"

#include "backprop/digits.h"
#include "backprop/error.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace backprop::cli {

namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

[[noreturn]] void fail(const std::string& path, const char* verb) {
  throw FileError{path + " cannot be " + verb + ": " + std::strerror(errno) + "."};
}

/// Far more than any file that the core accepts.
constexpr std::size_t kMaxFileBytes = std::size_t{1} << 31;

}  // namespace

std::vector<std::uint8_t> read_file(const std::string& path) {
  const File file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"), path == "-" ? &std::fflush : &std::fclose);
  if (!file) fail(path, "read");
  std::vector<std::uint8_t> bytes;
  std::uint8_t piece[1 << 16];
  while (const std::size_t got = std::fread(piece, 1, sizeof piece, file.get())) {
    bytes.insert(bytes.end(), piece, piece + got);
    if (bytes.size() > kMaxFileBytes) throw FileError{path + " has more than 2 GB, which is more than is read."};
  }
  if (std::ferror(file.get()) != 0) fail(path, "read");
  return bytes;
}

std::string read_text(const std::string& path) {
  const std::vector<std::uint8_t> bytes = read_file(path);
  return {bytes.begin(), bytes.end()};
}

void write_file(const std::string& path, std::span<const std::uint8_t> bytes) {
  File file(std::fopen(path.c_str(), "wb"), &std::fclose);
  if (!file) fail(path, "written");
  if (std::fwrite(bytes.data(), 1, bytes.size(), file.get()) != bytes.size()) fail(path, "written");
  if (std::fclose(file.release()) != 0) fail(path, "written");  // a full disk may show only now
}

Dataset read_dataset(const std::string& images, const std::string& labels) {
  Idx pixels = read_idx(read_file(images));
  const Idx classes = read_idx(read_file(labels));
  if (classes.shape.size() != 1) {
    throw Error(ErrorCode::ShapeMismatch, labels + " has " + std::to_string(classes.shape.size()) +
                                              " dimensions; labels have 1. Are the two files in the right order?");
  }
  if (pixels.shape[0] != classes.shape[0]) {
    throw Error(ErrorCode::ShapeMismatch, images + " holds " + std::to_string(pixels.shape[0]) + " images but " +
                                              labels + " " + std::to_string(classes.shape[0]) +
                                              " labels. They belong to different sets.");
  }
  Dataset data;
  data.count = static_cast<std::int64_t>(pixels.shape[0]);
  data.pixels = std::move(pixels.data);
  data.labels.assign(classes.data.begin(), classes.data.end());
  return data;
}

Dataset part_of(const Dataset& data, std::int64_t first, std::int64_t count) {
  if (first < 0 || count < 1 || first > data.count - count) {
    throw Error(ErrorCode::OutOfRange, std::to_string(count) + " samples from number " + std::to_string(first) +
                                           " on were asked for; the files hold " + std::to_string(data.count) + ".");
  }
  const auto size = static_cast<std::ptrdiff_t>(data.pixels.size()) / data.count;
  Dataset part;
  part.count = count;
  part.pixels.assign(data.pixels.begin() + first * size, data.pixels.begin() + (first + count) * size);
  part.labels.assign(data.labels.begin() + first, data.labels.begin() + first + count);
  return part;
}

}  // namespace backprop::cli
