# Unpacks Debian 13's Emscripten 3.1.69 (LLVM 19, Binaryen 120) into the user's cache: nothing is installed, no root is needed,
# and the folder may be moved. Source it after mirror.sh.
#
#   emscripten-3.1.69/
#     usr/    the packages' files
#     bin/    a link per compiler program to `launch`, which starts it with the C library it was built for
#     lib/    where clang, told that it lives in bin/, looks for its own headers

emscripten_version=3.1.69
emscripten_unpacked=$cache/emscripten-$emscripten_version
emscripten_packages='emscripten binaryen node-acorn clang-19 lld-19 llvm-19 libclang-common-19-dev libclang-cpp19 libllvm19
  libc6 libgcc-s1 libstdc++6 libedit2 libbsd0 libmd0 libtinfo6 libffi8 libxml2 liblzma5 libicu76 libz3-4 libzstd1 zlib1g'

unpack_emscripten() {
  [ ! -f "$emscripten_unpacked/complete" ] || return 0 # another clone was quicker
  local needs
  for needs in dpkg-deb tar python3 node; do
    have $needs || die "$needs is missing, wanted to unpack Emscripten" "apt-get install ${needs/dpkg-deb/dpkg}"
  done
  mirror_update || die "the package lists of Debian 13 can't be read, wanted for Emscripten $emscripten_version" \
    "apt-get update   (is this machine's Debian mirror reachable?)"

  local work=$emscripten_unpacked.partial
  rm -rf "$work"
  mkdir -p "$work/debs" "$work/bin" "$work/lib"
  say "fetching Emscripten $emscripten_version and LLVM 19 (325 MB, once per user)"
  # shellcheck disable=SC2086 # one word a package
  (cd "$work/debs" && set -o pipefail && mirror_apt download -q $emscripten_packages |
    awk '/^Get:/ { print "         ", $5, $(NF - 1), $NF; fflush() }') ||
    die "the packages of Emscripten could not be fetched" "npm run setup   (try again)"
  say "unpacking it (about 20 s)"
  local deb
  for deb in "$work"/debs/*.deb; do
    # Left out: documents, the libraries for LTO and for position-independent code, and LLVM's largest tools.
    dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$work" --exclude='*/share/doc' --exclude='*/share/man' --exclude='*/emscripten/test' \
      --exclude='*/lib/wasm32-emscripten/*/*' --exclude='*/llvm-exegesis' --exclude='*/obj2yaml' --exclude='*/bin/wasm-fuzz-*'
    rm "$deb"
  done
  rmdir "$work/debs"
  adapt_emscripten "$work"
  touch "$work/complete"
  rm -rf "$emscripten_unpacked"
  mv "$work" "$emscripten_unpacked"
}

# adapt_emscripten FOLDER: makes the unpacked files work where they are.
adapt_emscripten() {
  local base=$1 program name
  cat >"$base/bin/launch" <<'LAUNCH'
#!/bin/sh
# Starts the program whose name this link has, through Debian 13's own dynamic linker and libraries.
name=${0##*/} base=${0%/*}/..
program=$base/usr/lib/llvm-19/bin/$name
[ -e "$program" ] || program=$base/usr/bin/$name
for linker in "$base"/usr/lib/*-linux-gnu/ld-linux-*; do break; done
libraries=${linker%/*}:$base/usr/lib/llvm-19/lib
# Through the linker, clang can't see which file it is: keep the path it was called by, or it misses its own headers.
case $name in clang*) [ "$1" = -cc1 ] || set -- -no-canonical-prefixes "$@" ;; esac
exec "$linker" --argv0 "$0" --library-path "$libraries" "$program" "$@"
LAUNCH
  chmod +x "$base/bin/launch"
  for program in "$base"/usr/lib/llvm-19/bin/* "$base"/usr/bin/wasm*; do
    name=${program##*/}
    case $name in clang | clang++ | wasm* | llvm-*) ln -sf launch "$base/bin/$name" ;; esac
  done
  ln -s ../usr/lib/llvm-19/lib/clang "$base/lib/clang"

  # emcc's JavaScript passes import acorn by Node's rules for ES modules: only a node_modules folder above them counts.
  mkdir -p "$base/usr/share/emscripten/node_modules"
  mv "$base"/usr/share/nodejs/acorn* "$base/usr/share/emscripten/node_modules/"

  # Every compilation starts Python. Where `python3` is a version manager's shim, that alone takes a second: prefer Debian's own.
  for program in "$base"/usr/share/emscripten/*; do
    if [ ! -f "$program" ] || [ -L "$program" ] || ! grep -q 'command -v python3' "$program"; then continue; fi
    sed -i 's|PYTHON=$(command -v python3 2> /dev/null)|PYTHON=$([ -x /usr/bin/python3 ] \&\& echo /usr/bin/python3 \|\| command -v python3 2> /dev/null)|' "$program"
  done

  cat >"$base/usr/share/emscripten/.emscripten" <<'CONFIG'
# Paths follow from the place of this file, so the folder may be moved.
import os, shutil
_base = os.path.realpath(os.path.join(os.path.dirname(os.environ['EM_CONFIG']), '..', '..', '..'))
LLVM_ROOT = os.path.join(_base, 'bin')
BINARYEN_ROOT = _base
NODE_JS = shutil.which('node')
FROZEN_CACHE = True # the package brings every library built
CONFIG
}
