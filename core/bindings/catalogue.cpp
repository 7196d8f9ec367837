#include "backprop/composites.h"
#include "backprop/op.h"

#include "guard.h"
#include "rooms.h"

#include <emscripten/bind.h>

namespace backprop::bindings {

namespace {

val texts(const Few<std::string_view, kMaxSlots>& each) {
  return list(each, [](std::string_view text) { return text; });
}

/// Names of the inputs, and of the output, that the contribution of a slot reads.
val kept_to_js(Kept kept, const Op& op) {
  val out = val::array();
  std::size_t found = 0;
  for (std::size_t i = 0; i < op.slots.size(); ++i) {
    if ((kept.inputs >> i & 1U) != 0) put(out, found++, op.slots[i].name);
  }
  if (kept.output) put(out, found, op.output);
  return out;
}

val slots_to_js(const Op& op) {
  return list(op.slots, [&](const Slot& each) {
    val slot = val::object();
    put(slot, "name", each.name);
    put(slot, "differentiable", each.combine != Combine::None);
    put(slot, "kept", kept_to_js(each.kept, op));
    return slot;
  });
}

val attributes_to_js(const Op& op) {
  return list(op.attributes, [](const AttributeInfo& info) {
    val attribute = val::object();
    put(attribute, "name", info.name);
    put(attribute, "type", to_string(info.type));
    put(attribute, "required", info.required);
    put(attribute, "meaning", info.meaning);
    if (info.min) put(attribute, "min", *info.min);
    if (info.max) put(attribute, "max", *info.max);
    if (info.below_max) put(attribute, "belowMax", true);
    if (info.fallback) {
      put(attribute, "default", info.type == AttributeType::Boolean ? val(*info.fallback != 0) : val(*info.fallback));
    }
    return attribute;
  });
}

val op_to_js(const Op& op) {
  val formulas = val::object();
  put(formulas, "value", op.formulas.value);
  put(formulas, "local", texts(op.formulas.local));
  put(formulas, "backward", texts(op.formulas.backward));
  val out = val::object();
  put(out, "name", op.name);
  put(out, "symbol", op.symbol);
  put(out, "title", op.title);
  put(out, "category", to_string(op.category));
  put(out, "inputs", slots_to_js(op));
  put(out, "variadic", op.variadic);
  put(out, "output", op.output);
  put(out, "attributes", attributes_to_js(op));
  put(out, "formulas", formulas);
  put(out, "kinks", op.kinks);
  put(out, "keeps", op.keeps);
  put(out, "opens", opens(op));
  return out;
}

val op_catalogue() {
  return guarded([] { return list(ops(), [](const Op* op) { return op_to_js(*op); }); });
}

}  // namespace

void bind_catalogue() { emscripten::function("ops", &op_catalogue); }

}  // namespace backprop::bindings
