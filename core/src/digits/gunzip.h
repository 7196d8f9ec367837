#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace backprop::digits {

/// Whether the bytes begin as every gzip file does.
bool is_gzip(std::span<const std::uint8_t> bytes);

/// Inflates one gzip stream piece by piece, so that the reader can look at a header before it pays for the rest.
class Gunzip {
 public:
  explicit Gunzip(std::span<const std::uint8_t> file);
  ~Gunzip();
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  /// Append at most `count` further bytes to `out`; fewer only at the stream's end, whose checksum then has been
  /// verified.
  ///   errors  MalformedFile if the stream is damaged or cut short
  void read(std::vector<std::uint8_t>& out, std::size_t count);

  /// Bytes of the file behind the end of the stream; meaningful once a read came back short.
  std::size_t left_over() const;

 private:
  struct State;
  State* state_;
};

}  // namespace backprop::digits
