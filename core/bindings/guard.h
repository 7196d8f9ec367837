#pragma once

#include "backprop/error.h"

#include <type_traits>

#include <emscripten/val.h>

namespace backprop::bindings {

/// `{code, message, nodes}`, what JavaScript throws as a BackpropError.
[[nodiscard]] emscripten::val error_data(const Error& error);
[[nodiscard]] emscripten::val value_reply(const emscripten::val& value);

/// The error reply for the exception that is being handled. One function, called from every `guarded`: the catch
/// clauses stand in the module once.
[[nodiscard]] emscripten::val caught();

/// Runs a call for JavaScript: `{value}`, null where there is nothing to say, or `{error}` whatever was thrown. No C++
/// exception crosses.
template <class F>
emscripten::val guarded(F&& call) {
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
      call();
      return emscripten::val::null();
    } else {
      return value_reply(emscripten::val(call()));
    }
  } catch (...) {
    return caught();
  }
}

}  // namespace backprop::bindings
