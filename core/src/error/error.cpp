#include "backprop/error.h"

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

}  // namespace backprop
