#pragma once

#include <emscripten/val.h>

#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "backprop/error.h"
#include "marshal.h"

namespace backprop::bindings {

/// `{code, message, nodes}`, what JavaScript throws as a BackpropError.
inline emscripten::val error_data(std::string_view code, const std::string& message, const std::vector<std::string>& nodes) {
  emscripten::val data = emscripten::val::object();
  data.set("code", std::string(code));
  data.set("message", message);
  data.set("nodes", to_js(nodes));
  return data;
}

inline emscripten::val error_reply(std::string_view code, const std::string& message,
                                   const std::vector<std::string>& nodes = {}) {
  emscripten::val reply = emscripten::val::object();
  reply.set("error", error_data(code, message, nodes));
  return reply;
}

/// Runs a call for JavaScript: `{value}`, or `{error}` whatever was thrown. No C++ exception crosses.
template <class F>
emscripten::val guarded(F&& call) {
  try {
    emscripten::val reply = emscripten::val::object();
    if constexpr (std::is_void_v<std::invoke_result_t<F>>) {
      call();
      reply.set("value", emscripten::val::null());
    } else {
      reply.set("value", call());
    }
    return reply;
  } catch (const Error& error) {
    return error_reply(to_string(error.code()), error.message(), error.nodes());
  } catch (const std::bad_alloc&) {
    return error_reply("OutOfMemory",
                       "The engine asked for more memory than this browser gives one page. Use a smaller graph, batch or "
                       "data set, or close other graphs and networks first.");
  } catch (const std::exception& error) {
    return error_reply("Internal", std::string("The engine failed unexpectedly: ") + error.what() +
                                       ". This is a fault in the engine; the call changed nothing that can be relied on.");
  } catch (...) {
    return error_reply("Internal",
                       "The engine failed for an unknown reason. This is a fault in the engine; the call changed nothing "
                       "that can be relied on.");
  }
}

}  // namespace backprop::bindings
