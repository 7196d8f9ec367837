# Finds the Emscripten to build with and writes .toolchain/emscripten.cmake, which the wasm presets name as their toolchain file.
# In this order: the one chosen earlier, `emcc` on PATH, $EMSDK, the user's cache, Debian 13's packages. Source it after
# unpack-emscripten.sh.

emscripten_wanted=3.1.69
toolchain_file=$root/.toolchain/emscripten.cmake

# newer_or_same VERSION WANTED
newer_or_same() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# emscripten_usable FOLDER: it is there and new enough.
emscripten_usable() {
  local version
  version=$(tr -d '"' 2>/dev/null <"$1/emscripten-version.txt") || return 1
  [ -f "$1/cmake/Modules/Platform/Emscripten.cmake" ] && newer_or_same "$version" $emscripten_wanted
}

# emscripten_links FOLDER: it compiles, links and runs a program that throws; an installed one may lack libraries or Node.
emscripten_links() {
  local probe status=0
  probe=$(mktemp -d)
  echo '#include <stdexcept>
int main() { try { throw std::runtime_error(""); } catch (const std::exception&) { return 0; } return 1; }' >"$probe/probe.cpp"
  ("$1/em++" -std=c++20 -O1 -msimd128 -fwasm-exceptions "$probe/probe.cpp" -o "$probe/probe.js" &&
    node "$probe/probe.js") >"$probe/log" 2>&1 </dev/null || status=1
  [ $status = 0 ] || say "the one in $1 can't build a program: $(tail -n 1 "$probe/log")"
  rm -rf "$probe"
  return $status
}

# The folder that the toolchain file chosen earlier names.
emscripten_chosen() {
  [ ! -f "$toolchain_file" ] || sed -n 's|^include("\(.*\)/cmake/Modules/Platform/Emscripten.cmake")$|\1|p' "$toolchain_file"
}

emscripten_choose() {
  mkdir -p "$root/.toolchain"
  printf '# Written by scripts/setup.\ninclude("%s/cmake/Modules/Platform/Emscripten.cmake")\n' "$1" >"$toolchain_file"
  say "Emscripten $(tr -d '"' <"$1/emscripten-version.txt") from $1"
}

setup_emscripten() {
  local folder
  folder=$(emscripten_chosen)
  if [ -n "$folder" ] && emscripten_usable "$folder"; then return; fi

  local places=()
  if have emcc && have em-config; then places+=("$(em-config EMSCRIPTEN_ROOT 2>/dev/null || true)"); fi
  if [ -n "${EMSDK:-}" ]; then places+=("$EMSDK/upstream/emscripten"); fi
  if [ -f "$emscripten_unpacked/complete" ]; then places+=("$emscripten_unpacked/usr/share/emscripten"); fi
  for folder in ${places[@]+"${places[@]}"}; do
    if emscripten_usable "$folder" && emscripten_links "$folder"; then emscripten_choose "$folder"; return; fi
  done

  [ -n "$(mirror_uri)" ] || die "Emscripten $emscripten_wanted or newer is missing, and this machine has no Debian mirror to take it from" \
    "brew install emscripten   (or emsdk: ./emsdk install latest && ./emsdk activate latest && . ./emsdk_env.sh)"
  locked emscripten unpack_emscripten
  folder=$emscripten_unpacked/usr/share/emscripten
  emscripten_links "$folder" || die "the Emscripten unpacked in $emscripten_unpacked does not work" "rm -rf '$emscripten_unpacked' && npm run setup"
  emscripten_choose "$folder"
}
