#include "backprop/safetensors.h"

#include "json/json.h"
#include "nn/half.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <set>

namespace backprop {

static_assert(std::endian::native == std::endian::little,
              "safetensors are little-endian; a big-endian machine must swap bytes here");

namespace {

constexpr std::size_t kMaxHeaderBytes = std::size_t{1} << 20;

[[noreturn]] void refuse(std::initializer_list<Piece> why) {
  refuse(ErrorCode::MalformedFile,
         {"This is not a whole safetensors file: ", message(why), ". Save it or download it again."});
}

std::size_t bytes_per_element(std::string_view dtype, const std::string& name) {
  if (dtype == "F16") return 2;
  if (dtype == "F32") return 4;
  if (dtype == "F64") return 8;
  refuse(ErrorCode::Unsupported,
         {"Tensor \"", name, "\" has dtype ", dtype, "; F16, F32 and F64 can be read. Convert it first."});
}

template <class Stored, class Widen>
void decode(const std::uint8_t* bytes, Tensor& tensor, Widen widen) {
  for (std::size_t i = 0; i < tensor.size(); ++i) {
    Stored stored;
    std::memcpy(&stored, bytes + i * sizeof(Stored), sizeof(Stored));
    tensor[i] = widen(stored);
  }
}

Tensor tensor_of(const std::string& name, json::Value entry, std::span<const std::uint8_t> data) {
  const std::string quoted = message({"\"", name, "\""});
  const json::Place place(quoted);
  const json::Place offsets_place(place, ".data_offsets");
  if (!yyjson_is_obj(entry)) json::refuse(place, "an object", entry);
  const std::string dtype = json::string_of(json::member(entry, "dtype"), json::Place(place, ".dtype"), 16);
  const std::size_t width = bytes_per_element(dtype, name);
  const json::Value shape_list = json::array_at(entry, "shape", json::Place(place, ".shape"));
  std::vector<std::int64_t> extents;
  std::size_t i = 0;
  std::size_t count = 0;
  json::Value each = nullptr;
  yyjson_arr_foreach(shape_list, i, count, each) {
    extents.push_back(json::integer_of(each, json::Place(place, ".shape"), 0, kMaxElements));
  }
  const json::Value offsets = json::array_at(entry, "data_offsets", offsets_place);
  const auto size = static_cast<std::int64_t>(data.size());
  if (yyjson_arr_size(offsets) != 2) json::refuse(offsets_place, "[begin, end]", offsets);
  const std::int64_t begin =
      json::integer_of(yyjson_arr_get(offsets, 0), json::Place(offsets_place, std::size_t{0}), 0, size);
  const std::int64_t end =
      json::integer_of(yyjson_arr_get(offsets, 1), json::Place(offsets_place, std::size_t{1}), begin, size);
  Tensor tensor{Shape(extents)};
  if (static_cast<std::size_t>(end - begin) != tensor.size() * width) {
    refuse({"tensor ", quoted, " of shape ", tensor.shape(), " and dtype ", dtype, " needs ", tensor.size() * width,
            " bytes but its offsets give ", end - begin});
  }
  const std::uint8_t* bytes = data.data() + begin;
  if (width == 2) decode<std::uint16_t>(bytes, tensor, from_half);
  if (width == 4) decode<float>(bytes, tensor, [](float v) { return v; });
  if (width == 8) decode<double>(bytes, tensor, [](double v) { return rounded(Dtype::Float32, v); });
  return tensor;
}

void read_metadata(json::Value object, std::map<std::string, std::string>& metadata) {
  if (!yyjson_is_obj(object)) json::refuse("\"__metadata__\"", "an object", object);
  std::size_t i = 0;
  std::size_t count = 0;
  json::Value key = nullptr;
  json::Value each = nullptr;
  yyjson_obj_foreach(object, i, count, key, each) {
    if (!yyjson_is_str(each)) json::refuse("\"__metadata__\"", "texts only", each);
    metadata[std::string(yyjson_get_str(key), yyjson_get_len(key))] =
        std::string(yyjson_get_str(each), yyjson_get_len(each));
  }
}

}  // namespace

Safetensors read_safetensors(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < 8) refuse({"it has ", bytes.size(), " bytes, fewer than the 8 of its header length"});
  std::uint64_t header_length = 0;
  std::memcpy(&header_length, bytes.data(), 8);
  if (header_length > kMaxHeaderBytes || header_length > bytes.size() - 8) {
    refuse({"its header claims ", header_length, " bytes, but ", bytes.size() - 8, " follow"});
  }
  const auto length = static_cast<std::size_t>(header_length);
  const std::string_view text(reinterpret_cast<const char*>(bytes.data() + 8), length);
  const std::span<const std::uint8_t> data = bytes.subspan(8 + length);
  Safetensors file;
  try {
    const json::Document header = json::parse(text, kMaxHeaderBytes, "header");
    const json::Value root = yyjson_doc_get_root(header.get());
    if (!yyjson_is_obj(root)) json::refuse("The header", "an object", root);
    std::set<std::string> names;
    std::size_t i = 0;
    std::size_t count = 0;
    json::Value key = nullptr;
    json::Value entry = nullptr;
    yyjson_obj_foreach(root, i, count, key, entry) {
      const std::string name = json::string_of(key, "a tensor's name", 1024);
      if (name == "__metadata__") {
        read_metadata(entry, file.metadata);
      } else if (!names.insert(name).second) {
        refuse({"tensor \"", name, "\" stands in it twice"});
      } else {
        file.tensors.emplace_back(name, tensor_of(name, entry, data));
      }
    }
  } catch (const Error& error) {
    if (error.code() != ErrorCode::MalformedDocument) throw;
    refuse({error.message()});
  }
  return file;
}

std::vector<std::uint8_t> write_safetensors(const Safetensors& file, bool half) {
  const std::size_t width = half ? 2 : 4;
  const json::Writer out = json::writer();
  yyjson_mut_val* root = yyjson_mut_obj(out.get());
  yyjson_mut_doc_set_root(out.get(), root);
  if (!file.metadata.empty()) {
    yyjson_mut_val* metadata = yyjson_mut_obj(out.get());
    for (const auto& [key, value] : file.metadata) {
      yyjson_mut_obj_add(metadata, json::string_value(out, key), json::string_value(out, value));
    }
    yyjson_mut_obj_add(root, json::string_value(out, "__metadata__"), metadata);
  }
  std::size_t offset = 0;
  for (const auto& [name, tensor] : file.tensors) {
    yyjson_mut_val* entry = yyjson_mut_obj(out.get());
    yyjson_mut_obj_add_str(out.get(), entry, "dtype", half ? "F16" : "F32");
    yyjson_mut_val* shape = yyjson_mut_obj_add_arr(out.get(), entry, "shape");
    for (const std::int64_t extent : tensor.shape().extents()) yyjson_mut_arr_add_int(out.get(), shape, extent);
    yyjson_mut_val* offsets = yyjson_mut_obj_add_arr(out.get(), entry, "data_offsets");
    yyjson_mut_arr_add_uint(out.get(), offsets, offset);
    offset += tensor.size() * width;
    yyjson_mut_arr_add_uint(out.get(), offsets, offset);
    yyjson_mut_obj_add(root, json::string_value(out, name), entry);
  }
  std::string header = json::write(out);
  header.append((8 - header.size() % 8) % 8, ' ');

  std::vector<std::uint8_t> bytes(8 + header.size() + offset);
  const std::uint64_t length = header.size();
  std::memcpy(bytes.data(), &length, 8);
  std::memcpy(bytes.data() + 8, header.data(), header.size());
  std::uint8_t* to = bytes.data() + 8 + header.size();
  for (const auto& [name, tensor] : file.tensors) {
    for (std::size_t i = 0; i < tensor.size(); ++i, to += width) {
      if (half) {
        const std::uint16_t stored = to_half(static_cast<float>(tensor[i]));
        std::memcpy(to, &stored, 2);
      } else {
        const auto stored = static_cast<float>(tensor[i]);
        std::memcpy(to, &stored, 4);
      }
    }
  }
  return bytes;
}

}  // namespace backprop
