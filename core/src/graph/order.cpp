#include "graph/order.h"

#include <algorithm>
#include <functional>
#include <queue>

namespace backprop {

std::vector<std::size_t> topological_order(const Edges& inputs) {
  const std::size_t count = inputs.size();
  std::vector<std::size_t> missing(count);
  Edges users(count);
  for (std::size_t node = 0; node < count; ++node) {
    missing[node] = inputs[node].size();
    for (const std::size_t input : inputs[node]) users[input].push_back(node);
  }
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  for (std::size_t node = 0; node < count; ++node) {
    if (missing[node] == 0) ready.push(node);
  }
  std::vector<std::size_t> order;
  order.reserve(count);
  while (!ready.empty()) {
    const std::size_t node = ready.top();
    ready.pop();
    order.push_back(node);
    for (const std::size_t user : users[node]) {
      if (--missing[user] == 0) ready.push(user);
    }
  }
  return order;
}

std::vector<std::size_t> find_cycle(const Edges& inputs, const std::vector<std::size_t>& ordered) {
  std::vector<bool> done(inputs.size(), false);
  for (const std::size_t node : ordered) done[node] = true;
  // Whatever is left over has an input that is left over too: walking up those must come round.
  std::size_t node = 0;
  while (done[node]) ++node;
  std::vector<std::size_t> path;
  std::vector<bool> seen(inputs.size(), false);
  while (!seen[node]) {
    seen[node] = true;
    path.push_back(node);
    node = *std::ranges::find_if(inputs[node], [&](std::size_t input) { return !done[input]; });
  }
  path.erase(path.begin(), std::ranges::find(path, node));
  std::ranges::reverse(path);
  return path;
}

}  // namespace backprop
