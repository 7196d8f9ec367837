#include "command_line.h"

#include <algorithm>
#include <charconv>

namespace backprop::cli {

namespace {

template <class T>
T parsed(const std::string& name, const std::string& text, const char* wanted) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    throw UsageError{"--" + name + " is \"" + text + "\"; wanted " + wanted + "."};
  }
  return value;
}

}  // namespace

Arguments::Arguments(const std::vector<std::string>& words, const std::vector<std::string>& with_value,
                     const std::vector<std::string>& switches) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!words[i].starts_with("--")) {
      rest_.push_back(words[i]);
      continue;
    }
    const std::string name = words[i].substr(2);
    if (std::ranges::find(switches, name) != switches.end()) {
      values_[name] = "";
    } else if (std::ranges::find(with_value, name) == with_value.end()) {
      throw UsageError{"There is no option --" + name + " here."};
    } else if (i + 1 == words.size()) {
      throw UsageError{"--" + name + " needs a value."};
    } else {
      values_[name] = words[++i];
    }
  }
}

std::string Arguments::text(const std::string& name, const std::string& fallback) const {
  const auto found = values_.find(name);
  return found == values_.end() ? fallback : found->second;
}

std::string Arguments::required(const std::string& name) const {
  if (!has(name)) throw UsageError{"--" + name + " is missing."};
  return values_.at(name);
}

double Arguments::number(const std::string& name, double fallback) const {
  return has(name) ? parsed<double>(name, values_.at(name), "a number") : fallback;
}

std::int64_t Arguments::integer(const std::string& name, std::int64_t fallback) const {
  return has(name) ? parsed<std::int64_t>(name, values_.at(name), "a whole number") : fallback;
}

}  // namespace backprop::cli
