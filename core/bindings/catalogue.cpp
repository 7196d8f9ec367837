#include "backprop/composites.h"
#include "backprop/op.h"

#include "guard.h"
#include "rooms.h"

#include <emscripten/bind.h>

namespace backprop::bindings {

namespace {

std::vector<std::string> copied(const Few<std::string_view, kMaxSlots>& texts) { return {texts.begin(), texts.end()}; }

/// Names of the inputs, and of the output, that the contribution of a slot reads.
val kept_to_js(Kept kept, const Op& op) {
  val out = val::array();
  std::size_t found = 0;
  for (std::size_t i = 0; i < op.slots.size(); ++i) {
    if ((kept.inputs >> i & 1U) != 0) out.set(found++, std::string(op.slots[i].name));
  }
  if (kept.output) out.set(found, std::string(op.output));
  return out;
}

val slots_to_js(const Op& op) {
  val out = val::array();
  for (std::size_t i = 0; i < op.slots.size(); ++i) {
    val slot = val::object();
    slot.set("name", std::string(op.slots[i].name));
    slot.set("differentiable", op.slots[i].combine != Combine::None);
    slot.set("kept", kept_to_js(op.slots[i].kept, op));
    out.set(i, slot);
  }
  return out;
}

val attributes_to_js(const Op& op) {
  val out = val::array();
  for (std::size_t i = 0; i < op.attributes.size(); ++i) {
    const AttributeInfo& info = op.attributes[i];
    val attribute = val::object();
    attribute.set("name", std::string(info.name));
    attribute.set("type", std::string(to_string(info.type)));
    attribute.set("required", info.required);
    attribute.set("meaning", std::string(info.meaning));
    if (info.min) attribute.set("min", *info.min);
    if (info.max) attribute.set("max", *info.max);
    if (info.below_max) attribute.set("belowMax", true);
    if (info.fallback) {
      attribute.set("default", info.type == AttributeType::Boolean ? val(*info.fallback != 0) : val(*info.fallback));
    }
    out.set(i, attribute);
  }
  return out;
}

val op_to_js(const Op& op) {
  val formulas = val::object();
  formulas.set("value", std::string(op.formulas.value));
  formulas.set("local", to_js(copied(op.formulas.local)));
  formulas.set("backward", to_js(copied(op.formulas.backward)));
  val out = val::object();
  out.set("name", std::string(op.name));
  out.set("symbol", std::string(op.symbol));
  out.set("title", std::string(op.title));
  out.set("category", std::string(to_string(op.category)));
  out.set("inputs", slots_to_js(op));
  out.set("variadic", op.variadic);
  out.set("output", std::string(op.output));
  out.set("attributes", attributes_to_js(op));
  out.set("formulas", formulas);
  out.set("kinks", std::string(op.kinks));
  out.set("keeps", std::string(op.keeps));
  out.set("opens", opens(op));
  return out;
}

val op_catalogue() {
  return guarded([] {
    val out = val::array();
    std::size_t i = 0;
    for (const Op* op : ops()) out.set(i++, op_to_js(*op));
    return out;
  });
}

}  // namespace

void bind_catalogue() { emscripten::function("ops", &op_catalogue); }

}  // namespace backprop::bindings
