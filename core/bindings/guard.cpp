#include "guard.h"

#include "marshal.h"

#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

namespace backprop::bindings {

namespace {

val error_data(std::string_view code, const std::string& message, const std::vector<std::string>& nodes) {
  val data = val::object();
  put(data, "code", code);
  put(data, "message", message);
  put(data, "nodes", to_js(nodes));
  return data;
}

val error_reply(const val& error) {
  val reply = val::object();
  put(reply, "error", error);
  return reply;
}

}  // namespace

val error_data(const Error& error) { return error_data(to_string(error.code()), error.message(), error.nodes()); }

val Reply::with_value(const val& value) {
  val reply = val::object();
  put(reply, "value", value);
  return reply;
}

val guarded(Reply reply) {
  try {
    return reply();
  } catch (const Error& error) {
    return error_reply(error_data(error));
  } catch (const std::bad_alloc&) {
    return error_reply(
        error_data("OutOfMemory",
                   "The engine asked for more memory than this browser gives one page. Use a smaller graph, "
                   "batch or data set, or close other graphs and networks first.",
                   {}));
  } catch (const std::exception& error) {
    return error_reply(
        error_data("Internal",
                   std::string("The engine failed unexpectedly: ") + error.what() +
                       ". This is a fault in the engine; the call changed nothing that can be relied on.",
                   {}));
  } catch (...) {
    return error_reply(
        error_data("Internal",
                   "The engine failed for an unknown reason. This is a fault in the engine; the call changed "
                   "nothing that can be relied on.",
                   {}));
  }
}

}  // namespace backprop::bindings
