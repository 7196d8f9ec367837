#pragma once

#include "backprop/error.h"
#include "backprop/graph.h"

#include <cstdio>
#include <cstdlib>

namespace backprop::fuzz {

/// A property that no input may break.
inline void must(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// Refusals are what the core is there for; anything else that is thrown, or a refusal without a sentence, is a fault.
template <class Call>
void refused_or_done(Call call) {
  try {
    call();
  } catch (const Error& error) {
    must(error.message().size() > 10 && error.message().size() < 100'000, "a refusal says what is wrong");
  }
}

/// All elements of a graph's values.
inline std::int64_t elements_of(const Graph& graph) {
  std::int64_t total = 0;
  for (NodeIndex i = 0; i < graph.size(); ++i) total += graph.node(i).shape.count();
  return total;
}

}  // namespace backprop::fuzz
