#include "backprop/trainer.h"

#include "backprop/batch_norm.h"
#include "backprop/error.h"

#include "plan/plan.h"
#include "train/dataset.h"
#include "train/update.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace backprop {

namespace {

/// Separate streams of one seed, so that changing one use does not change another.
enum Stream : std::uint64_t { kShuffle = 1, kAugment = 2 };

/// Dropout counts its masks up to here.
constexpr std::uint64_t kMaskSeeds = 1'000'000'000;

void check_rate(double rate) {
  if (!(rate >= 0 && rate <= 1e9)) {
    refuse(ErrorCode::OutOfRange, {"The learning rate must be a number from 0 to 1e9, such as 0.1."});
  }
}

void check_batch_size(const Network& network, std::int64_t size, std::int64_t count) {
  if (size < 1 || size > count) {
    refuse(ErrorCode::OutOfRange,
           {"The batch size is ", size, "; it must be from 1 to ", count, ", the number of samples."});
  }
  check_batch(network, size);
}

/// Training ends with the call, however it ends: whoever looks at the network next sees it predict.
struct InTraining {
  explicit InTraining(Network& trained) : network(trained) {}
  InTraining(const InTraining&) = delete;
  InTraining& operator=(const InTraining&) = delete;
  ~InTraining() { network.set_training(false); }
  Network& network;
};

}  // namespace

Trainer::Trainer(Network& network, Dataset data, TrainOptions options)
    : network_(network),
      data_(std::move(data)),
      options_(std::move(options)),
      updater_(std::make_unique<Updater>(options_)) {
  check_dataset(network_, data_);
  check_rate(options_.learning_rate);
  check_batch_size(network_, options_.batch_size, data_.count);
  check_schedule(options_);
  if (options_.augment && network_.sample_size() != static_cast<std::int64_t>(kDigitPixels)) {
    refuse(ErrorCode::ShapeMismatch, {"Augmentation moves 28 × 28 images, but this network takes ",
                                      network_.sample_size(), " numbers a sample. Switch it off."});
  }
  order_.resize(static_cast<std::size_t>(data_.count));
  start_epoch();
  Graph& graph = network_.graph();
  for (NodeIndex i = 0; i < graph.size(); ++i) {
    if (graph.node(i).op->name == "batch_norm") batch_norms_.push_back(i);
    if (graph.node(i).op->name != "dropout") continue;
    // Layers of one network must not drop the same places.
    const std::uint64_t seed = options_.seed + 0x9E3779B97F4A7C15ULL * dropouts_.size();
    graph.set_attribute(i, "seed", static_cast<double>(seed % kMaskSeeds));
    dropouts_.push_back(i);
  }
  plan_ = network_.training_plan();
}

Trainer::~Trainer() { publish(); }

void Trainer::start_epoch() {
  const auto epoch = static_cast<std::uint64_t>(seen_ / data_.count);
  Random random(options_.seed + 0x9E3779B97F4A7C15ULL * epoch, kShuffle);
  std::iota(order_.begin(), order_.end(), 0);
  for (std::size_t i = order_.size(); i-- > 1;) {
    std::swap(order_[i], order_[random.below(static_cast<std::uint32_t>(i + 1))]);
  }
  position_ = 0;
}

std::span<const std::int64_t> Trainer::next_indices() const {
  // The last batch of an epoch may be smaller: every sample is visited once.
  const std::int64_t count = std::min(options_.batch_size, data_.count - position_);
  return std::span(order_).subspan(static_cast<std::size_t>(position_), static_cast<std::size_t>(count));
}

void Trainer::gather(std::int64_t sample, std::int64_t place, std::span<float> to) const {
  if (!options_.augment) return gather_sample(data_, sample, to);
  std::vector<float> plain(to.size());
  gather_sample(data_, sample, plain);
  Random random(options_.seed, kAugment + static_cast<std::uint64_t>(seen_ + place) * 4);
  const std::uint64_t seed = std::uint64_t{random.next()} << 32U | random.next();
  augment(plain, to, options_.augmentation, seed);
}

void Trainer::load_batch(std::span<const std::int64_t> indices) {
  const std::int64_t width = network_.sample_size();
  const auto rows = static_cast<std::int64_t>(indices.size());
  Tensor x(network_.batch_shape(rows));
  std::vector<float> sample(static_cast<std::size_t>(width));
  for (std::int64_t row = 0; row < rows; ++row) {
    gather(indices[static_cast<std::size_t>(row)], row, sample);
    std::ranges::copy(sample, x.data() + row * width);
  }
  Graph& graph = network_.graph();
  Tensor t = gather_targets(network_, data_, indices);
  // x and t change shape together at a smaller last batch: neither fits the other's old shape.
  graph.set_together({{network_.x(), std::move(x)}, {network_.t(), std::move(t)}});
}

void Trainer::load_plan(std::span<const std::int64_t> indices) {
  load_answers(*plan_, network_, data_, indices);
  if (!options_.augment) return plan_->load_samples(samples_of(data_), indices);
  const auto width = static_cast<std::size_t>(network_.sample_size());
  moved_.resize(indices.size() * width);
  places_.resize(indices.size());
  std::iota(places_.begin(), places_.end(), 0);
  for (std::size_t row = 0; row < indices.size(); ++row) {
    gather(indices[row], places_[row], {moved_.data() + row * width, width});
  }
  plan_->load_samples({.numbers = moved_.data()}, places_);
}

void Trainer::publish() {
  if (!ahead_) return;
  plan_->write_parameters(network_.graph());
  // What the graph computed belongs to other weights.
  network_.graph().clear();
  ahead_ = false;
}

double Trainer::loss_of(std::span<const std::int64_t> indices) {
  begin_iteration();
  load_plan(indices);
  plan_->forward();
  return plan_->loss();
}

void Trainer::begin_iteration() {
  network_.set_training(true);
  for (const NodeIndex node : dropouts_) {
    network_.graph().set_attribute(node, "iteration",
                                   static_cast<double>(static_cast<std::uint64_t>(iteration_) % kMaskSeeds));
  }
}

void Trainer::remember_statistics() {
  Graph& graph = network_.graph();
  for (const NodeIndex index : batch_norms_) {
    const Node& node = graph.node(index);
    Tensor& mean = graph.leaf_value(node.inputs[3]);
    Tensor& variance = graph.leaf_value(node.inputs[4]);
    BatchStatistics next = updated_running_statistics({mean, variance}, plan_->input_of(index), node.attributes);
    round_to(graph.dtype(), mean = std::move(next.mean));
    round_to(graph.dtype(), variance = std::move(next.variance));
  }
}

double Trainer::learning_rate() const { return scheduled_rate(options_, iteration_); }

void Trainer::update() {
  remember_statistics();
  if (updater_->is_plain_descent()) return plan_->descend(static_cast<float>(learning_rate()));
  plan_->differentiate();
  // The padding of a row stays 0: its gradient is 0, and so is all that is made of it.
  std::vector<UpdateItem> items;
  for (plan::Parameter& p : plan_->parameters()) items.push_back({p.now, p.gradient, p.is_weight()});
  updater_->apply(iteration_ + 1, learning_rate(), items);
}

double Trainer::run(std::int64_t iterations) {
  const double mean = advance(iterations);
  publish();
  return mean;
}

double Trainer::advance(std::int64_t iterations) {
  double total = 0;
  plan_->reserve(static_cast<std::size_t>(options_.batch_size));
  if (!ahead_) plan_->read_parameters(network_.graph());
  ahead_ = true;
  const InTraining in_training(network_);
  for (std::int64_t i = 0; i < iterations; ++i) {
    if (position_ >= data_.count) start_epoch();
    const auto indices = next_indices();
    const auto rows = static_cast<std::int64_t>(indices.size());
    const double loss = loss_of(indices);
    if (!std::isfinite(loss)) {
      restore();
      refuse(ErrorCode::NotFinite,
             {"The loss became ", std::isnan(loss) ? "NaN" : "infinite", " at iteration ", iteration_ + 1,
              ". The weights of the iteration before are kept. Lower the learning rate and go on."});
    }
    update();
    position_ += rows;
    seen_ += rows;
    ++iteration_;
    last_loss_ = loss;
    total += loss;
  }
  return iterations > 0 ? total / static_cast<double>(iterations) : 0;
}

void Trainer::restore() {
  // The update before this loss did the damage; an optimizer's state built on it would do it again.
  updater_->reset();
  plan_->restore();
  publish();
}

double Trainer::epoch() const noexcept { return static_cast<double>(seen_) / static_cast<double>(data_.count); }

void Trainer::set_learning_rate(double rate) {
  check_rate(rate);
  options_.learning_rate = rate;
}

void Trainer::set_batch_size(std::int64_t size) {
  check_batch_size(network_, size, data_.count);
  options_.batch_size = size;
}

void Trainer::show_next_batch() {
  publish();
  if (position_ >= data_.count) start_epoch();
  begin_iteration();
  load_batch(next_indices());
}

}  // namespace backprop
