#pragma once

#include <string>
#include <vector>

namespace backprop::cli {

/// Each takes the words after its name and returns the exit code: 0, or 1 where the answer is no.
int check(const std::vector<std::string>& words);
int run(const std::vector<std::string>& words);
int gradient_check(const std::vector<std::string>& words);
int train(const std::vector<std::string>& words);
int evaluate_weights(const std::vector<std::string>& words);

}  // namespace backprop::cli
