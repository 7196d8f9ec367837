#include "tables.h"

namespace backprop::digits {
namespace {

constexpr std::int8_t kBar[] = {
    0, -95, 0, -32, 0, 32, 0, 95,
};

constexpr std::int8_t kFlag[] = {
    -35, -60, -10, -80, 5, -95, 3, 0, 0, 95,
};

constexpr std::int8_t kBase[] = {
    -35, -60, -10, -80, 5, -95, 3, 0, 0, 92, -45, 95, 45, 95,
};

constexpr Allograph kAll[] = {
    {"bar", 80, "m---", 1.2F, 0.27F, kBar},
    {"flag", 12, "m-v--", 1.2F, 0.27F, kFlag},
    {"base", 8, "m-v--m-", 1.2F, 0.27F, kBase},
};

}  // namespace

std::span<const Allograph> one_allographs() { return kAll; }

}  // namespace backprop::digits
