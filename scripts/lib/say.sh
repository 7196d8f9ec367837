# Messages and paths that every setup script shares. Source it; do not run it.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# What is fetched is kept once per user, so that a second clone takes seconds.
cache=${BACKPROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/backprop-playground}

say() { printf '\033[2m[setup]\033[0m %s\n' "$*"; }

# die MESSAGE COMMAND: stop with what is missing and the one command that mends it.
die() {
  printf '\n[setup] %s\n' "$1" >&2
  [ $# -lt 2 ] || printf '[setup] mend it with:  %s\n\n' "$2" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

sha256() { if have sha256sum; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1; }

# locked NAME COMMAND...: two clones that set up at once wait for each other instead of writing the same cache.
locked() {
  local lock="$cache/$1.lock"; shift
  mkdir -p "$cache"
  if ! have flock; then "$@"; return; fi
  ( flock -n 9 || { say "waiting for another setup to finish"; flock 9; }; "$@" ) 9>"$lock"
}
