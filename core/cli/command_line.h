#pragma once

#include "backprop/error.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace backprop::cli {

/// A call that does not say what it should: the program prints the sentence and how it is used, and exits with 2.
struct UsageError {
  std::string message;
};

/// The words after a subcommand: `--name value` pairs, switches, and the rest in order.
class Arguments {
 public:
  /// `with_value` and `switches` are the names that exist. Throws UsageError for another one or a missing value.
  Arguments(const std::vector<std::string>& words, const std::vector<std::string>& with_value,
            const std::vector<std::string>& switches);

  [[nodiscard]] const std::vector<std::string>& rest() const noexcept { return rest_; }
  [[nodiscard]] bool has(const std::string& name) const { return values_.contains(name); }
  [[nodiscard]] std::string text(const std::string& name, const std::string& fallback) const;
  /// Throws UsageError where it is missing.
  [[nodiscard]] std::string required(const std::string& name) const;
  [[nodiscard]] double number(const std::string& name, double fallback) const;
  [[nodiscard]] std::int64_t integer(const std::string& name, std::int64_t fallback) const;

 private:
  std::map<std::string, std::string> values_;
  std::vector<std::string> rest_;
};

}  // namespace backprop::cli
