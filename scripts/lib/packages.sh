# Programs that come from the system: checks them, and installs the missing ones on Debian when run as root. Source it after say.sh.

# program, Debian package that brings it, Homebrew formula
programs_to_build='
git git git
python3 python3 python
cmake cmake cmake
ninja ninja-build ninja
c++ g++ gcc
'
programs_to_test='
chromium chromium chromium
numpy python3-numpy numpy
'
programs_to_check='
clang-format clang-format clang-format
clang-tidy clang-tidy llvm
'

# browser: prints the Chromium to test with. CHROMIUM names one that is elsewhere.
browser() {
  local program
  for program in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' /Applications/Chromium.app/Contents/MacOS/Chromium; do
    if [ -n "$program" ] && command -v "$program"; then return; fi
  done
  return 1
}

# there PROGRAM
there() {
  case $1 in
    chromium) browser >/dev/null ;;
    numpy) python3 -c 'import numpy' 2>/dev/null || /usr/bin/python3 -c 'import numpy' 2>/dev/null ;;
    *) have "$1" ;;
  esac
}

# missing_packages COLUMN LIST: that column of every line whose program is missing.
missing_packages() {
  local line
  while read -r -a line; do
    if [ ${#line[@]} -gt 0 ] && ! there "${line[0]}"; then printf '%s ' "${line[$1]}"; fi
  done <<<"$2"
}

# ccache comes along when something is installed anyway: it is optional, and makes rebuilds quick.
install_packages() {
  say "installing with apt:" "$@"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq </dev/null && apt-get install -y -q --no-install-recommends "$@" </dev/null |
    awk '/^(Get:|Setting up)/ { print "          " ($1 == "Setting" ? "set up " $3 : $5 " " $(NF - 1) " " $NF); fflush() }'
}

# fuzzing_there: clang, and the libFuzzer of that clang.
fuzzing_there() {
  have clang++ && ls "$(clang++ --print-resource-dir)"/lib/*/libclang_rt.fuzzer[-.]* >/dev/null 2>&1
}

# The fuzzers are optional: without them their tests are skipped, with a word.
setup_fuzzing() {
  fuzzing_there && return
  if have apt-get && [ "$(id -u)" = 0 ]; then
    have clang++ || install_packages clang || true
    have clang++ && install_packages "libclang-rt-$(clang++ -dumpversion | cut -d. -f1)-dev" || true
  fi
  fuzzing_there || say "no clang with libFuzzer here, the fuzzers will be skipped (Debian: apt-get install clang libclang-rt-NN-dev, NN its version)"
}

check_node() {
  have node && have npm || die "Node.js 20 or newer is missing" "apt-get install nodejs npm   (Debian 13; elsewhere brew install node)"
  local major
  major=$(node -p 'process.versions.node.split(".")[0]')
  [ "$major" -ge 20 ] || die "Node.js is $(node --version), wanted 20 or newer" "install a newer Node.js, for example with nvm: nvm install 22"
}

setup_packages() {
  check_node
  local wanted=$programs_to_build missing
  case ${1:-} in
    --tests | --bench) wanted+=$programs_to_test ;;
    --check) wanted+=$programs_to_check ;;
  esac
  missing=$(missing_packages 1 "$wanted")
  if [ -n "$missing" ]; then
    if have brew && ! have apt-get; then die "missing programs" "brew install $(missing_packages 2 "$wanted")"; fi
    have apt-get || die "missing programs; their Debian packages are: $missing" "install them with this system's package manager"
    [ "$(id -u)" = 0 ] || die "missing packages: $missing" "sudo apt-get update && sudo apt-get install -y $missing"
    # shellcheck disable=SC2086 # one word a package
    install_packages $missing ccache || die "apt could not install: $missing" "apt-get update && apt-get install -y $missing"
  fi
  local version
  version=$(cmake --version | awk 'NR == 1 { print $3 }')
  newer_or_same "$version" 3.25 || die "CMake is $version, wanted 3.25 or newer" "apt-get install cmake   (from Debian 12 or newer)"
  case ${1:-} in --tests | --fuzz) setup_fuzzing ;; esac
}
