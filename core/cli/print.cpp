#include "print.h"

#include <array>
#include <charconv>
#include <cmath>

namespace backprop::cli {

std::string number_text(double number) {
  if (!std::isfinite(number)) return "null";
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
  return {text.data(), end};
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) {
      std::array<char, 8> escape{};
      std::snprintf(escape.data(), escape.size(), "\\u%04x", static_cast<unsigned>(c));
      out += escape.data();
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string json_of(const Tensor& tensor) {
  std::string text = "{\"shape\": " + tensor.shape().text() + ", \"data\": [";
  for (std::size_t i = 0; i < tensor.size(); ++i) {
    if (i > 0) text += ", ";
    text += number_text(tensor[i]);
  }
  return text + "]}";
}

std::string short_text(const Tensor& tensor) {
  constexpr std::size_t kShown = 6;
  std::string text = tensor.shape().rank() == 0 ? "" : tensor.shape().text() + " ";
  for (std::size_t i = 0; i < std::min(kShown, tensor.size()); ++i) {
    std::array<char, 32> number{};
    std::snprintf(number.data(), number.size(), "%s%.6g", i > 0 ? ", " : "", tensor[i]);
    text += number.data();
  }
  return tensor.size() > kShown ? text + ", …" : text;
}

}  // namespace backprop::cli
