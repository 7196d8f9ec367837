#pragma once

#include <string>

namespace backprop {

/// A number in the fewest digits that read back to the same bits: `1.1`, not `1.1000000000000001`; `100` for a whole
/// one; `inf`, `-inf` or `nan` for what is none.
[[nodiscard]] std::string number_text(double number);

}  // namespace backprop
