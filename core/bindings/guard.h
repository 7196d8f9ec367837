#pragma once

#include "backprop/error.h"

#include <type_traits>

#include <emscripten/val.h>

namespace backprop::bindings {

/// `{code, message, nodes}`, what JavaScript throws as a BackpropError.
[[nodiscard]] emscripten::val error_data(const Error& error);

/// A function that makes the reply to a call: `{value}`, null where there is nothing to say. Refers to a function that
/// outlives it.
class Reply {
 public:
  template <class F>
  Reply(const F& call)  // NOLINT: a lambda is one
      : call_(&call), make_([](const void* of) { return reply(*static_cast<const F*>(of)); }) {}
  emscripten::val operator()() const { return make_(call_); }

 private:
  template <class F>
  static emscripten::val reply(const F& call) {
    if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
      call();
      return emscripten::val::null();
    } else {
      return with_value(emscripten::val(call()));
    }
  }
  static emscripten::val with_value(const emscripten::val& value);

  const void* call_;
  emscripten::val (*make_)(const void*);
};

/// Runs a call for JavaScript: its reply, or `{error}` whatever was thrown. No C++ exception crosses.
[[nodiscard]] emscripten::val guarded(Reply reply);

}  // namespace backprop::bindings
