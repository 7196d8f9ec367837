#include "graph/opening.h"

#include "backprop/batch_norm.h"
#include "backprop/error.h"

namespace backprop {

Opening::Opening(const GraphDocument& document, std::string id, const ClosedForm& composite, std::vector<Input> given)
    : form(composite), inputs(std::move(given)), id_(std::move(id)) {
  for (const DocumentNode& node : document.nodes) taken_.insert(node.id);
}

std::string Opening::unused(std::string_view stem) {
  // Ids have a longest length; a name cut short is still a name.
  const std::string base = id_.substr(0, kMaxNameBytes - 40) + "." + std::string(stem);
  std::string name = base;
  for (int number = 2; !taken_.insert(name).second; ++number) name = message({base, number});
  return name;
}

Opening::Id Opening::add(std::string id, std::string_view op, std::initializer_list<Id> from) {
  DocumentNode& node = made.emplace_back();
  node.id = std::move(id);
  node.op = op;
  for (const Id each : from) {
    const auto i = static_cast<std::size_t>(each);
    node.inputs.push_back(i < inputs.size() ? inputs[i].id : made[i - inputs.size()].id);
  }
  return static_cast<Id>(inputs.size() + made.size() - 1);
}

Opening::Id Opening::apply(std::string_view op, std::initializer_list<Id> from) { return add(unused(op), op, from); }

Opening::Id Opening::apply(std::string_view op, std::initializer_list<Id> from, const Attributes& attributes) {
  const Id id = apply(op, from);
  made.back().attributes = attributes;
  return id;
}

Opening::Id Opening::constant(double value) {
  const Id id = add(unused("c"), "constant", {});
  made.back().value = Tensor::scalar(value);
  return id;
}

void Opening::result(std::string_view op, std::initializer_list<Id> from) { add(id_, op, from); }

namespace {

using Id = Opening::Id;

/// The default of layer_norm's `eps`.
constexpr double kLayerNormEpsilon = 1e-5;

Attributes last_axis_kept() { return {{"axis", std::vector<std::int64_t>{-1}}, {"keepdims", true}}; }

/// 1 / (1 + e^−x), the book's four steps.  source  Saitoh (2016), §5.5.2
void open_sigmoid(Opening& open) {
  const Id negative = open.apply("mul", {open[0], open.constant(-1)});
  const Id sum = open.apply("add", {open.apply("exp", {negative}), open.constant(1)});
  open.result("div", {open.constant(1), sum});
}

/// X · W, then + B over every row.  source  Saitoh (2016), §5.6
void open_affine(Opening& open) { open.result("add", {open.apply("matmul", {open[0], open[1]}), open[2]}); }

/// e^x / Σ e^x. The closed op subtracts the maximum first; the book's figure does not, and neither does this.
void open_softmax(Opening& open) {
  const Id exponentials = open.apply("exp", {open[0]});
  open.result("div", {exponentials, open.apply("sum", {exponentials}, last_axis_kept())});
}

/// exp, sum, division; then log, × t, sum, × −1/n.  source  Saitoh (2016), appendix A
void open_softmax_with_loss(Opening& open) {
  const Shape& scores = open.shape(0);
  const auto classes = static_cast<double>(scores.back());
  const double samples = scores.rank() == 2 ? static_cast<double>(scores[0]) : 1;
  const Id exponentials = open.apply("exp", {open[0]});
  const Id probabilities = open.apply("div", {exponentials, open.apply("sum", {exponentials}, last_axis_kept())});
  const Id logs = open.apply("log", {probabilities});
  // Labels become rows of 0 and 1; and t receives no gradient, open or closed.
  const bool rows = open.shape(1) == scores;
  const Id targets = rows && open.inputs[1].constant ? open[1]
                     : rows                          ? open.apply("one_hot", {open[1]})
                                                     : open.apply("one_hot", {open[1]}, {{"classes", classes}});
  const Id total = open.apply("sum", {open.apply("mul", {targets, logs})});
  open.result("mul", {total, open.constant(-1 / samples)});
}

/// (1/n) Σ (y − t)².
void open_mean_squared_error(Opening& open) {
  open.result("mean", {open.apply("square", {open.apply("sub", {open[0], open[1]})})});
}

/// ln Σ e^x taken from x.
void open_log_softmax(Opening& open) {
  const Id sum = open.apply("sum", {open.apply("exp", {open[0]})}, last_axis_kept());
  open.result("sub", {open[0], open.apply("log", {sum})});
}

/// γ (x − μ) / √(σ² + ε) + β with the scale and shift in a shape that broadcasts.
void finish_norm(Opening& open, Id difference, Id variance, double epsilon, Id gamma, Id beta) {
  const Id deviation = open.apply("sqrt", {open.apply("add", {variance, open.constant(epsilon)})});
  const Id normal = open.apply("div", {difference, deviation});
  open.result("add", {open.apply("mul", {normal, gamma}), beta});
}

double epsilon_of(const Opening& open, double fallback) {
  const auto given = open.form.attributes.find("eps");
  return given == open.form.attributes.end() ? fallback : std::get<double>(given->second);
}

/// Mean, difference, variance of the batch; divided, scaled and shifted.  source  Saitoh (2016), §6.3
void open_batch_norm(Opening& open) {
  const Shape& x = open.shape(0);
  // One number a channel: as [c, 1, 1] it meets the axis of the channels.
  const auto channels = [&](std::size_t slot) {
    if (x.rank() == 2) return open[slot];
    std::vector<std::int64_t> extents(x.rank() - 1, 1);
    extents[0] = x[1];
    return open.apply("reshape", {open[slot]}, {{"shape", extents}});
  };
  const auto training = open.form.attributes.find("training");
  const bool own = training == open.form.attributes.end() || std::get<bool>(training->second);
  Id variance{};
  Id difference{};
  if (own) {
    std::vector<std::int64_t> axes{0};
    for (std::size_t axis = 2; axis < x.rank(); ++axis) axes.push_back(static_cast<std::int64_t>(axis));
    const Attributes batch{{"axis", axes}, {"keepdims", true}};
    difference = open.apply("sub", {open[0], open.apply("mean", {open[0]}, batch)});
    variance = open.apply("mean", {open.apply("square", {difference})}, batch);
  } else {
    if (!open.inputs[3].constant || !open.inputs[4].constant) {
      refuse(ErrorCode::Unsupported,
             {"with its running statistics, batch_norm opens where they are constants: open, they would receive ",
              "gradients. Make \"", open.inputs[3].id, "\" and \"", open.inputs[4].id, "\" constants."});
    }
    difference = open.apply("sub", {open[0], channels(3)});
    variance = channels(4);
  }
  const Id gamma = channels(1);
  finish_norm(open, difference, variance, epsilon_of(open, kBatchNormEpsilon), gamma, channels(2));
}

/// The same along the last axis, for each row by itself.
void open_layer_norm(Opening& open) {
  const Id difference = open.apply("sub", {open[0], open.apply("mean", {open[0]}, last_axis_kept())});
  const Id variance = open.apply("mean", {open.apply("square", {difference})}, last_axis_kept());
  finish_norm(open, difference, variance, epsilon_of(open, kLayerNormEpsilon), open[1], open[2]);
}

}  // namespace

OpenComposite opening_of(std::string_view op) {
  if (op == "sigmoid") return &open_sigmoid;
  if (op == "affine") return &open_affine;
  if (op == "softmax") return &open_softmax;
  if (op == "log_softmax") return &open_log_softmax;
  if (op == "softmax_with_loss") return &open_softmax_with_loss;
  if (op == "batch_norm") return &open_batch_norm;
  if (op == "layer_norm") return &open_layer_norm;
  if (op == "mean_squared_error") return &open_mean_squared_error;
  return nullptr;
}

}  // namespace backprop
