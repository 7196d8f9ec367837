#pragma once

#include <exception>
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

}  // namespace backprop
