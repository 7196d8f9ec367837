# The C and C++ libraries as source archives, kept per user for CMake (cmake/dependencies.cmake holds the same hashes and reads
# them from there). Where apt has no Debian mirror, CMake fetches the very same versions from their own sites. Source it after mirror.sh.

# Debian source package, archive, SHA-256.
source_archives='
eigen3 eigen3_3.4.0.orig.tar.bz2 b4c198460eba6f28d34894e3a5710998818515104d6e74e5cc331ce31e46e626
catch2 catch2_3.7.1.orig.tar.gz c991b247a1a0d7bb9c39aa35faf0fe9e19764213f28ffba3109388e62ee0269c
yyjson yyjson_0.10.0+ds.orig.tar.xz ae6fde69a193e10afab426ef13f113d6903446405f9db9ee98bfb572bd6c961a
zlib zlib_1.3.dfsg+really1.3.1.orig.tar.gz 60dd315c07f616887caa029408308a018ace66e3d142726a97db164b3b8f69fb
'

sources_missing() {
  local package archive hash
  while read -r package archive hash; do
    [ -z "$package" ] || [ -f "$cache/sources/$archive" ] || echo "$package"
  done <<<"$source_archives"
}

sources_fetch() {
  local missing package archive hash
  missing=$(sources_missing)
  [ -n "$missing" ] || return 0
  mirror_update || return 0
  mkdir -p "$cache/sources/partial"
  say "fetching the sources of" $missing
  # shellcheck disable=SC2086 # one word a package
  (cd "$cache/sources/partial" && mirror_apt source -qq --download-only --tar-only $missing) || return 0
  while read -r package archive hash; do
    [ -f "$cache/sources/partial/$archive" ] || continue
    [ "$(sha256 "$cache/sources/partial/$archive")" = "$hash" ] || die "$archive is not the file that was pinned (SHA-256 differs)"
    mv "$cache/sources/partial/$archive" "$cache/sources/$archive"
  done <<<"$source_archives"
}
