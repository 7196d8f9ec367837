#include "gunzip.h"

#include "backprop/error.h"

#include <algorithm>
#include <string>

#include <zlib.h>

namespace backprop::digits {

struct Gunzip::State {
  z_stream stream{};
  std::span<const std::uint8_t> rest;  // not yet handed to zlib, whose counters have 32 bits
  bool ended = false;
};

bool is_gzip(std::span<const std::uint8_t> bytes) { return bytes.size() >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B; }

Gunzip::Gunzip(std::span<const std::uint8_t> file) : state_(new State{.rest = file}) {
  constexpr int kGzipOnly = 16 + MAX_WBITS;
  if (inflateInit2(&state_->stream, kGzipOnly) == Z_OK) return;
  delete state_;
  refuse(ErrorCode::TooLarge, {"read_idx: no memory left to inflate the gzip stream; close other pages."});
}

Gunzip::~Gunzip() {
  inflateEnd(&state_->stream);
  delete state_;
}

void Gunzip::read(std::vector<std::uint8_t>& out, std::size_t count) {
  constexpr std::size_t kChunk = std::size_t{1} << 20;  // the output grows with what really comes, not with promises
  z_stream& stream = state_->stream;
  while (count > 0 && !state_->ended) {
    const std::size_t before = out.size();
    const std::size_t room = std::min(count, kChunk);
    out.resize(before + room);
    stream.next_out = out.data() + before;
    stream.avail_out = static_cast<uInt>(room);
    if (stream.avail_in == 0) {
      const std::size_t piece = std::min(state_->rest.size(), kChunk);
      stream.next_in = const_cast<Bytef*>(state_->rest.data());  // zlib reads only, but says so only with ZLIB_CONST
      stream.avail_in = static_cast<uInt>(piece);
      state_->rest = state_->rest.subspan(piece);
    }
    const int status = inflate(&stream, Z_NO_FLUSH);
    const std::size_t got = room - stream.avail_out;
    out.resize(before + got);
    count -= got;
    state_->ended = status == Z_STREAM_END;
    if (status == Z_OK || status == Z_STREAM_END) continue;
    if (status == Z_BUF_ERROR) {
      if (!state_->rest.empty()) continue;
      refuse(ErrorCode::MalformedFile, {"read_idx: the gzip stream stops after ", out.size(),
                                        " bytes of content, before its end. Download the file again."});
    }
    refuse(ErrorCode::MalformedFile,
           {"read_idx: the gzip stream is damaged after ", out.size(), " bytes of content (",
            (stream.msg != nullptr ? stream.msg : "no detail"), "). Download the file again."});
  }
}

std::size_t Gunzip::left_over() const { return state_->stream.avail_in + state_->rest.size(); }

}  // namespace backprop::digits
