#include "text/number.h"

#include <array>
#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#ifdef __EMSCRIPTEN__
#include <emscripten/em_js.h>
#endif

#ifdef __EMSCRIPTEN__

// JavaScript reads and writes numbers just as exactly; the C library's own functions would be 20 kB of the module.
// Both follow the grammar of JSON, of which C's is a superset.
EM_JS_DEPS(backprop_numbers, "$stringToUTF8,$UTF8ToString");
EM_JS(void, backprop_write_number, (char* to, int size, double number), { stringToUTF8(String(number), to, size); });
EM_JS(double, backprop_read_number, (const char* text, int size), { return Number(UTF8ToString(text, size)); });

/// What yyjson calls instead of `strtod`: on a number that it has already found to be one.
extern "C" double backprop_strtod(const char* text, char** end) {
  const char* after = text;
  while ((*after >= '0' && *after <= '9') || *after == '-' || *after == '+' || *after == '.' || (*after | 32) == 'e') {
    ++after;
  }
  *end = const_cast<char*>(after);
  return backprop_read_number(text, static_cast<int>(after - text));
}

/// And instead of `snprintf`, whose one format there is "%.*g".
extern "C" int backprop_snprintf(char* to, std::size_t size, const char* format, ...) {
  std::va_list arguments;
  va_start(arguments, format);
  va_arg(arguments, int);  // as many digits as are needed, not as many as asked for
  backprop_write_number(to, static_cast<int>(size), va_arg(arguments, double));
  va_end(arguments);
  return static_cast<int>(std::strlen(to));
}

#endif

namespace backprop {

std::string number_text(double number) {
  if (!std::isfinite(number)) return std::isnan(number) ? "nan" : number > 0 ? "inf" : "-inf";
  std::array<char, 32> text{};
#ifdef __EMSCRIPTEN__
  backprop_write_number(text.data(), static_cast<int>(text.size()), number);
#else
  for (int digits = 15; digits <= 17; ++digits) {
    std::snprintf(text.data(), text.size(), "%.*g", digits, number);
    if (std::strtod(text.data(), nullptr) == number) break;
  }
#endif
  return text.data();
}

}  // namespace backprop
