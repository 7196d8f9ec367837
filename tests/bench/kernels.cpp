/// GFLOPS of the plan's kernels beside the peak of the same minute: a loop of products and sums that stays in
/// registers. Ratios are what counts; the machine's speed moves. Rounds are interleaved, medians are printed.
///   scripts/build-wasm backprop_bench && node build/wasm-release/backprop_bench.js
#include "backprop/random.h"

#include "kernels/activation.h"
#include "kernels/gemm.h"
#include "kernels/matrix.h"
#include "kernels/sparse.h"
#include "kernels/vector.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

using namespace backprop;

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// 12 chains of independent products and sums.
[[gnu::noinline]] float peak(int rounds) {
  kernels::Float4 sum[12] = {};
  kernels::Float4 factor = kernels::splat(0.999F);
  for (int i = 0; i < rounds; ++i) {
    for (kernels::Float4& each : sum) each = kernels::multiply_add(each, factor, factor);
  }
  float total = 0;
  for (const kernels::Float4& each : sum) total += kernels::sum_of(each);
  return total;
}

struct Case {
  std::string name;
  double flops;  ///< of one call
  std::function<void()> run;
  double seconds = 1e-3;  ///< of one call, once known
  std::vector<double> rates{};
};

std::vector<float> draw(std::size_t count, double density = 1) {
  static Random random(7);
  std::vector<float> numbers(count);
  for (float& each : numbers) {
    if (random.uniform() < density) each = static_cast<float>(random.uniform(-1, 1));
  }
  return numbers;
}

void add_products(std::vector<Case>& cases, std::size_t rows, std::size_t k, std::size_t n) {
  const std::size_t wide = kernels::padded(n);
  auto* x = new std::vector<float>(draw(rows * kernels::padded(k)));
  auto* w = new std::vector<float>(draw(k * wide));
  auto* y = new std::vector<float>(draw(rows * wide));
  auto* t = new std::vector<float>(draw(wide * kernels::padded(k)));
  const double flops = 2.0 * static_cast<double>(rows * k * n);
  const std::string shape = std::to_string(rows) + " x " + std::to_string(k) + " x " + std::to_string(n);
  const std::size_t x_row = kernels::padded(k);
  cases.push_back({shape + "  X W", flops, [=] {
                     kernels::product({.m = rows,
                                       .n = wide,
                                       .k = k,
                                       .b = w->data(),
                                       .b_row = wide,
                                       .base = nullptr,
                                       .base_row = 0,
                                       .c = y->data(),
                                       .c_row = wide},
                                      x->data(), x_row, 1);
                   }});
  cases.push_back({shape + "  XT dY", flops, [=] {
                     kernels::product({.m = k,
                                       .n = wide,
                                       .k = rows,
                                       .b = y->data(),
                                       .b_row = wide,
                                       .base = w->data(),
                                       .base_row = wide,
                                       .c = w->data(),
                                       .c_row = wide},
                                      x->data(), 1, x_row);
                   }});
  cases.push_back({shape + "  dY WT", flops, [=] {
                     kernels::transpose(w->data(), k, n, wide, t->data(), x_row);
                     kernels::product({.m = rows,
                                       .n = x_row,
                                       .k = n,
                                       .b = t->data(),
                                       .b_row = x_row,
                                       .base = nullptr,
                                       .base_row = 0,
                                       .c = x->data(),
                                       .c_row = x_row},
                                      y->data(), wide, 1);
                   }});
}

void add_sparse(std::vector<Case>& cases, std::size_t rows, std::size_t k, std::size_t n, double density) {
  const std::size_t wide = kernels::padded(n);
  auto* x = new std::vector<float>(draw(rows * k, density));
  auto* entries = new std::vector<kernels::Entry>(rows * k + 8);
  auto* starts = new std::vector<std::uint32_t>;
  const std::size_t block = kernels::block_columns(wide);
  const auto make_list = [=] {
    starts->clear();
    std::size_t count = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t first = 0; first < k; first += block) {
        starts->push_back(static_cast<std::uint32_t>(count));
        count +=
            kernels::sparse_row(x->data() + r * k, first, std::min(k, first + block), wide, entries->data() + count);
      }
    }
    starts->push_back(static_cast<std::uint32_t>(count));
  };
  make_list();
  auto* w = new std::vector<float>(draw(k * wide));
  auto* y = new std::vector<float>(draw(rows * wide));
  auto* bias = new std::vector<float>(wide);
  const double flops = 2.0 * static_cast<double>(rows * k * n);
  char name[64];
  std::snprintf(name, sizeof name, "%zu x %zu x %zu at %.2f", rows, k, n, density);
  const kernels::SparseRows list{rows, (k + block - 1) / block, entries->data(), starts->data()};
  cases.push_back({std::string(name) + "  list X W", flops,
                   [=] { kernels::sparse_product(list, w->data(), bias->data(), wide, y->data()); }});
  cases.push_back(
      {std::string(name) + "  list XT dY", flops, [=] { kernels::sparse_gradient(list, y->data(), wide, w->data()); }});
  cases.push_back({std::string(name) + "  making the list", flops, make_list});
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 7;
  std::vector<Case> cases;
  float sink = 0;
  cases.push_back({"peak", 8.0 * 12 * 10000, [&] { sink += peak(10000); }});
  add_products(cases, 100, 784, 50);
  add_products(cases, 100, 50, 10);
  add_products(cases, 100, 784, 128);
  add_products(cases, 100, 128, 64);
  add_products(cases, 100, 4320, 100);
  for (const double density : {0.19, 0.3, 0.4, 0.5}) {
    add_sparse(cases, 100, 784, 50, density);
    add_sparse(cases, 100, 784, 128, density);
  }
  auto* tanhs = new std::vector<float>(draw(160));
  cases.push_back(
      {"tanh of 160 (G/s)", 160, [=] { kernels::activate(kernels::Activation::Tanh, tanhs->data(), 160); }});
  auto* exps = new std::vector<float>(draw(160));
  cases.push_back(
      {"sigmoid of 160 (G/s)", 160, [=] { kernels::activate(kernels::Activation::Sigmoid, exps->data(), 160); }});
  const std::string wanted = argc > 2 ? argv[2] : "";  // a part of the names; the peak is always measured
  std::erase_if(cases,
                [&](const Case& each) { return each.name != "peak" && each.name.find(wanted) == std::string::npos; });
  for (int round = 0; round < rounds; ++round) {
    for (Case& each : cases) {
      // Parts of a fraction of a millisecond: the best of many fell between two turns of other programs.
      const int calls = std::max(1, static_cast<int>(2e-4 / each.seconds));
      double best = 1e9;
      for (int part = 0; part < 40; ++part) {
        const double start = now();
        for (int i = 0; i < calls; ++i) each.run();
        best = std::min(best, (now() - start) / calls);
      }
      each.seconds = best;
      if (round > 0) each.rates.push_back(each.flops / best / 1e9);
    }
  }
  double top = 0;
  for (Case& each : cases) {
    std::ranges::sort(each.rates);
    const double median = each.rates[each.rates.size() / 2];
    if (top == 0) top = median;
    std::printf("%-36s %8.2f GFLOPS  %5.1f %% of peak (best %.2f)\n", each.name.c_str(), median, 100 * median / top,
                each.rates.back());
  }
  return sink == 1 ? 1 : 0;
}
