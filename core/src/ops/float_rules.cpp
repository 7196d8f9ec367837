#include "ops/op_list.h"

#include <algorithm>

namespace backprop {

namespace {

/// In the order of the catalogue.
constinit const Rule<float>* const kFloatRules[] = {
#define BACKPROP_ENTER(name) &name##_f32,
    BACKPROP_OPS(BACKPROP_ENTER)
#undef BACKPROP_ENTER
};

}  // namespace

template <>
const Rule<float>& Op::rule<float>() const noexcept {
  return *kFloatRules[std::ranges::find(ops(), this) - ops().begin()];
}

}  // namespace backprop
