#include "backprop/error.h"

#include "text/number.h"

namespace backprop {

std::string_view to_string(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::MalformedDocument:
      return "MalformedDocument";
    case ErrorCode::MalformedFile:
      return "MalformedFile";
    case ErrorCode::UnknownOp:
      return "UnknownOp";
    case ErrorCode::UnknownNode:
      return "UnknownNode";
    case ErrorCode::DuplicateNode:
      return "DuplicateNode";
    case ErrorCode::WrongArity:
      return "WrongArity";
    case ErrorCode::Cycle:
      return "Cycle";
    case ErrorCode::ShapeMismatch:
      return "ShapeMismatch";
    case ErrorCode::InvalidAttribute:
      return "InvalidAttribute";
    case ErrorCode::InvalidValue:
      return "InvalidValue";
    case ErrorCode::NotALeaf:
      return "NotALeaf";
    case ErrorCode::NotComputed:
      return "NotComputed";
    case ErrorCode::NotFinite:
      return "NotFinite";
    case ErrorCode::OutOfRange:
      return "OutOfRange";
    case ErrorCode::TooLarge:
      return "TooLarge";
    case ErrorCode::Unsupported:
      return "Unsupported";
    case ErrorCode::Disposed:
      return "Disposed";
  }
  return "Unsupported";
}

void Piece::append_to(std::string& message) const {
  switch (kind_) {
    case Kind::Text:
      message.append(static_cast<const char*>(data_), static_cast<std::size_t>(number_));
      return;
    case Kind::Number:
      message += std::to_string(number_);
      return;
    case Kind::Real:
      message += number_text(std::bit_cast<double>(number_));
      return;
    case Kind::Extents:
      message += '[';
      for (std::int64_t i = 0; i < number_; ++i) {
        if (i > 0) message += ", ";
        message += std::to_string(static_cast<const std::int64_t*>(data_)[i]);
      }
      message += ']';
      return;
  }
}

std::string message(std::initializer_list<Piece> pieces) {
  std::string text;
  for (const Piece& piece : pieces) piece.append_to(text);
  return text;
}

void refuse(ErrorCode code, std::initializer_list<Piece> pieces, std::initializer_list<std::string_view> nodes) {
  throw Error(code, message(pieces), std::vector<std::string>(nodes.begin(), nodes.end()));
}

void refuse_at(ErrorCode code, std::initializer_list<Piece> pieces, std::vector<std::string> nodes) {
  throw Error(code, message(pieces), std::move(nodes));
}

}  // namespace backprop
