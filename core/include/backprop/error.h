#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace backprop {

/// What went wrong, for programs. The page and the JavaScript API see the name given by `to_string`.
enum class ErrorCode {
  MalformedDocument,  ///< a graph document or network spec that is not what the format says
  MalformedFile,      ///< safetensors or IDX bytes that do not add up
  UnknownOp,
  UnknownNode,
  DuplicateNode,
  WrongArity,        ///< an op with too few or too many inputs
  Cycle,             ///< `nodes` name the cycle in order
  ShapeMismatch,     ///< shapes that the op cannot combine
  InvalidAttribute,  ///< unknown, missing, of the wrong type or out of range
  InvalidValue,      ///< a number that makes no sense here (a label outside the classes, NaN where refused)
  NotALeaf,          ///< only inputs, parameters and constants can be given a value
  NotComputed,       ///< a value or gradient was read before the step that computes it
  NotFinite,         ///< training met an infinite or NaN loss
  OutOfRange,        ///< an index, step or count outside its range
  TooLarge,          ///< would need more memory than the stated bound
  Unsupported,
  Disposed,  ///< a number whose object was closed
};

[[nodiscard]] std::string_view to_string(ErrorCode code) noexcept;

/// The only exception that the core throws on purpose. `what()` says what failed, what was wanted, what came,
/// where, and what to do next; `nodes` are the ids concerned, for the page to mark.
class Error : public std::exception {
 public:
  explicit Error(ErrorCode code, std::string message, std::vector<std::string> nodes = {})
      : code_(code), message_(std::move(message)), nodes_(std::move(nodes)) {}

  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }
  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  [[nodiscard]] const std::string& message() const noexcept { return message_; }
  [[nodiscard]] const std::vector<std::string>& nodes() const noexcept { return nodes_; }

 private:
  ErrorCode code_;
  std::string message_;
  std::vector<std::string> nodes_;
};

/// One piece of a message: a text, a number, or the extents of a shape (`[2, 3]`). It refers to what it is made
/// from, so it lives no longer than the call that it is written in. Made implicitly on purpose: a message reads as
/// text.
class Piece {
 public:
  Piece(const char* text) : Piece(std::string_view(text)) {}                                             // NOLINT
  Piece(std::string_view text) : data_(text.data()), number_(static_cast<std::int64_t>(text.size())) {}  // NOLINT
  Piece(const std::string& text) : Piece(std::string_view(text)) {}                                      // NOLINT
  Piece(std::span<const std::int64_t> extents)                                                           // NOLINT
      : kind_(Kind::Extents), data_(extents.data()), number_(static_cast<std::int64_t>(extents.size())) {}
  Piece(std::floating_point auto number)  // NOLINT
      : kind_(Kind::Real), number_(std::bit_cast<std::int64_t>(static_cast<double>(number))) {}
  Piece(std::integral auto number) : kind_(Kind::Number), number_(static_cast<std::int64_t>(number)) {}  // NOLINT

  void append_to(std::string& message) const;

 private:
  enum class Kind : std::uint8_t { Text, Number, Real, Extents };
  Kind kind_ = Kind::Text;
  const void* data_ = nullptr;
  std::int64_t number_;  ///< or the bits of a real one, or how many bytes or extents stand at `data_`
};

/// The pieces one after another. A message put together here costs its place a few stores; a chain of `+` costs it a
/// temporary string, and the code that would destroy it, for every piece.
[[nodiscard]] std::string message(std::initializer_list<Piece> pieces);

/// Throws Error: all that a place that refuses something has to say.
[[noreturn]] void refuse(ErrorCode code, std::initializer_list<Piece> pieces,
                         std::initializer_list<std::string_view> nodes = {});
[[noreturn]] void refuse_at(ErrorCode code, std::initializer_list<Piece> pieces, std::vector<std::string> nodes);

}  // namespace backprop
