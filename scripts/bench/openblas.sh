#!/usr/bin/env bash
# Prints a folder with OpenBLAS's libblas.so.3 for NumPy to be measured with, or nothing. Debian's NumPy comes with the reference
# BLAS, which is ten times slower: to beat that would say nothing. The library is unpacked into the user's cache, not installed.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/lib/say.sh
folder=$cache/openblas
if [ ! -f "$folder/complete" ] && have apt-get && have dpkg-deb; then
  work=$folder.partial
  rm -rf "$work"
  mkdir -p "$work/debs"
  download() { (cd "$work/debs" && apt-get download -qq libopenblas0-pthread libgfortran5 </dev/null >/dev/null 2>&1); }
  download || { [ "$(id -u)" = 0 ] && apt-get update -qq </dev/null >/dev/null 2>&1 && download; } || exit 0
  for deb in "$work"/debs/*.deb; do dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$work"; done
  rm -rf "$work/debs"
  touch "$work/complete"
  rm -rf "$folder"
  mv "$work" "$folder"
fi
[ -f "$folder/complete" ] || exit 0
for library in "$folder"/usr/lib/*/openblas-pthread/libblas.so.3; do
  echo "$(dirname "$library"):$(dirname "$(dirname "$library")")"
done
