#pragma once

#include "backprop/tensor.h"

#include <cstdio>
#include <string>
#include <string_view>

namespace backprop::cli {

/// The shortest text that reads back as the same double; `null` where JSON has no number for it.
[[nodiscard]] std::string number_text(double number);
[[nodiscard]] std::string quoted(std::string_view text);

/// `{"shape": [2], "data": [1, 2]}`
[[nodiscard]] std::string json_of(const Tensor& tensor);

/// For people: all of a small tensor, the beginning of a large one.
[[nodiscard]] std::string short_text(const Tensor& tensor);

}  // namespace backprop::cli
