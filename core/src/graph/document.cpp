#include "backprop/document.h"

#include "json/json.h"

#include <cmath>

namespace backprop {

namespace {

constexpr std::size_t kMaxTextBytes = 4096;
constexpr std::size_t kMaxInputs = 16;

AttributeValue attribute_of(json::Value value, const json::Place& place) {
  if (yyjson_is_bool(value)) return yyjson_get_bool(value);
  if (yyjson_is_num(value)) return yyjson_get_num(value);
  if (!yyjson_is_arr(value) || yyjson_arr_size(value) > kMaxInputs) {
    json::refuse(place, "a number, true or false, or a short list of integers", value);
  }
  std::vector<std::int64_t> list;
  std::size_t i = 0;
  std::size_t count = 0;
  json::Value each = nullptr;
  yyjson_arr_foreach(value, i, count, each) {
    list.push_back(json::integer_of(each, json::Place(place, i), -1'000'000'000, 1'000'000'000));
  }
  return list;
}

Attributes attributes_of(json::Value value, const json::Place& place) {
  Attributes attributes;
  if (value == nullptr) return attributes;
  if (!yyjson_is_obj(value)) json::refuse(place, "an object", value);
  std::size_t i = 0;
  std::size_t count = 0;
  json::Value key = nullptr;
  json::Value each = nullptr;
  yyjson_obj_foreach(value, i, count, key, each) {
    const std::string name = json::string_of(key, place, kMaxNameBytes);
    attributes[name] = attribute_of(each, json::Place(json::Place(place, "."), name));
  }
  return attributes;
}

std::array<double, 2> position_of(json::Value value, const json::Place& place) {
  if (!yyjson_is_arr(value) || yyjson_arr_size(value) != 2) json::refuse(place, "[x, y]", value);
  return {json::number_of(yyjson_arr_get(value, 0), json::Place(place, std::size_t{0})),
          json::number_of(yyjson_arr_get(value, 1), json::Place(place, std::size_t{1}))};
}

std::vector<std::string> inputs_of(json::Value value, const json::Place& place) {
  std::vector<std::string> ids;
  if (json::member(value, "inputs") == nullptr) return ids;
  const json::Value inputs = json::array_at(value, "inputs", json::Place(place, ".inputs"));
  if (yyjson_arr_size(inputs) > kMaxInputs)
    json::refuse(json::Place(place, ".inputs"), "a list of at most 16 ids", inputs);
  std::size_t i = 0;
  std::size_t count = 0;
  json::Value each = nullptr;
  yyjson_arr_foreach(inputs, i, count, each) {
    ids.push_back(json::string_of(each, json::Place(json::Place(place, ".inputs"), i), kMaxNameBytes));
  }
  return ids;
}

std::shared_ptr<const ClosedForm> closed_form_of(json::Value value, const json::Place& place) {
  if (value == nullptr) return nullptr;
  if (!yyjson_is_obj(value)) json::refuse(place, "an object with \"op\" and \"inputs\"", value);
  ClosedForm form;
  form.op = json::string_of(json::member(value, "op"), json::Place(place, ".op"), kMaxNameBytes);
  form.inputs = inputs_of(value, place);
  form.attributes = attributes_of(json::member(value, "attrs"), json::Place(place, ".attrs"));
  form.label = json::optional_string(value, "label", json::Place(place, ".label"), kMaxTextBytes);
  form.group = json::optional_string(value, "group", json::Place(place, ".group"), kMaxNameBytes);
  return std::make_shared<const ClosedForm>(std::move(form));
}

DocumentNode node_of(json::Value value, const json::Place& place) {
  if (!yyjson_is_obj(value)) json::refuse(place, "an object with \"id\" and \"op\"", value);
  DocumentNode node;
  node.id = json::string_of(json::member(value, "id"), json::Place(place, ".id"), kMaxNameBytes);
  node.op = json::string_of(json::member(value, "op"), json::Place(place, ".op"), kMaxNameBytes);
  node.inputs = inputs_of(value, place);
  if (const json::Value given = json::member(value, "value"))
    node.value = json::tensor_of(given, json::Place(place, ".value"));
  node.attributes = attributes_of(json::member(value, "attrs"), json::Place(place, ".attrs"));
  node.label = json::optional_string(value, "label", json::Place(place, ".label"), kMaxTextBytes);
  node.group = json::optional_string(value, "group", json::Place(place, ".group"), kMaxNameBytes);
  node.note = json::optional_string(value, "note", json::Place(place, ".note"), kMaxTextBytes);
  if (const json::Value position = json::member(value, "position")) {
    node.position = position_of(position, json::Place(place, ".position"));
  }
  node.closed = closed_form_of(json::member(value, "closed"), json::Place(place, ".closed"));
  return node;
}

void add_attributes(const json::Writer& out, yyjson_mut_val* object, const Attributes& attributes,
                    const json::Place& place) {
  if (attributes.empty()) return;
  yyjson_mut_val* list = yyjson_mut_obj(out.get());
  for (const auto& [name, value] : attributes) {
    yyjson_mut_val* written = nullptr;
    if (const double* number = std::get_if<double>(&value)) {
      written = json::number_value(out, *number, json::Place(json::Place(place, ".attrs."), name));
    } else if (const bool* flag = std::get_if<bool>(&value)) {
      written = yyjson_mut_bool(out.get(), *flag);
    } else {
      written = yyjson_mut_arr(out.get());
      for (const std::int64_t each : std::get<std::vector<std::int64_t>>(value))
        yyjson_mut_arr_add_int(out.get(), written, each);
    }
    yyjson_mut_obj_add(list, json::string_value(out, name), written);
  }
  yyjson_mut_obj_add_val(out.get(), object, "attrs", list);
}

void add_text(const json::Writer& out, yyjson_mut_val* object, const char* name, const std::string& text) {
  if (!text.empty()) yyjson_mut_obj_add_val(out.get(), object, name, json::string_value(out, text));
}

void add_inputs(const json::Writer& out, yyjson_mut_val* object, const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  yyjson_mut_val* inputs = yyjson_mut_obj_add_arr(out.get(), object, "inputs");
  for (const std::string& id : ids) yyjson_mut_arr_append(inputs, json::string_value(out, id));
}

yyjson_mut_val* closed_form_value(const json::Writer& out, const ClosedForm& form, const json::Place& place) {
  yyjson_mut_val* object = yyjson_mut_obj(out.get());
  add_text(out, object, "op", form.op);
  add_inputs(out, object, form.inputs);
  add_attributes(out, object, form.attributes, place);
  add_text(out, object, "label", form.label);
  add_text(out, object, "group", form.group);
  return object;
}

yyjson_mut_val* node_value(const json::Writer& out, const DocumentNode& node) {
  const std::string place = message({"node \"", node.id, "\""});
  yyjson_mut_val* object = yyjson_mut_obj(out.get());
  add_text(out, object, "id", node.id);
  add_text(out, object, "op", node.op);
  add_inputs(out, object, node.inputs);
  if (node.value) yyjson_mut_obj_add_val(out.get(), object, "value", json::tensor_value(out, *node.value, place));
  add_attributes(out, object, node.attributes, place);
  add_text(out, object, "label", node.label);
  add_text(out, object, "group", node.group);
  add_text(out, object, "note", node.note);
  if (node.position) {
    yyjson_mut_val* position = yyjson_mut_obj_add_arr(out.get(), object, "position");
    for (const double each : *node.position) yyjson_mut_arr_append(position, json::number_value(out, each, place));
  }
  if (node.closed) yyjson_mut_obj_add_val(out.get(), object, "closed", closed_form_value(out, *node.closed, place));
  return object;
}

}  // namespace

GraphDocument parse_document(std::string_view text) {
  const json::Document file = json::parse(text, kMaxDocumentBytes, "graph document");
  const json::Value root = yyjson_doc_get_root(file.get());
  if (!yyjson_is_obj(root)) json::refuse("The graph document", "an object", root);
  const json::Value format = json::member(root, "format");
  if (!yyjson_equals_str(format, "backprop-graph")) json::refuse("\"format\"", "\"backprop-graph\"", format);
  const json::Value version = json::member(root, "version");
  if (!yyjson_is_num(version) || yyjson_get_num(version) != 1) {
    json::refuse("\"version\"", "1, the only version that this program reads", version);
  }
  GraphDocument document;
  const json::Place root_place("nodes");
  const json::Value nodes = json::array_at(root, "nodes", "\"nodes\"");
  if (yyjson_arr_size(nodes) > kMaxNodes) {
    refuse(ErrorCode::TooLarge,
           {"The graph has ", yyjson_arr_size(nodes), " nodes; at most ", kMaxNodes, " are allowed."});
  }
  std::size_t i = 0;
  std::size_t count = 0;
  json::Value each = nullptr;
  yyjson_arr_foreach(nodes, i, count, each) { document.nodes.push_back(node_of(each, json::Place(root_place, i))); }
  document.output = json::optional_string(root, "output", "\"output\"", kMaxNameBytes);
  if (const json::Value seed = json::member(root, "seed")) document.seed = json::tensor_of(seed, "\"seed\"");
  document.title = json::optional_string(root, "title", "\"title\"", kMaxTextBytes);
  document.note = json::optional_string(root, "note", "\"note\"", kMaxTextBytes);
  return document;
}

std::string to_json(const GraphDocument& document) {
  const json::Writer out = json::writer();
  yyjson_mut_val* root = yyjson_mut_obj(out.get());
  yyjson_mut_doc_set_root(out.get(), root);
  yyjson_mut_obj_add_str(out.get(), root, "format", "backprop-graph");
  yyjson_mut_obj_add_int(out.get(), root, "version", 1);
  if (!document.title.empty()) {
    yyjson_mut_obj_add_val(out.get(), root, "title", json::string_value(out, document.title));
  }
  if (!document.note.empty()) yyjson_mut_obj_add_val(out.get(), root, "note", json::string_value(out, document.note));
  yyjson_mut_val* nodes = yyjson_mut_obj_add_arr(out.get(), root, "nodes");
  for (const DocumentNode& node : document.nodes) yyjson_mut_arr_append(nodes, node_value(out, node));
  if (!document.output.empty())
    yyjson_mut_obj_add_val(out.get(), root, "output", json::string_value(out, document.output));
  if (document.seed)
    yyjson_mut_obj_add_val(out.get(), root, "seed", json::tensor_value(out, *document.seed, "\"seed\""));
  return json::write(out);
}

}  // namespace backprop
