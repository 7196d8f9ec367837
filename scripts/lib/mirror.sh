# Reading Debian 13 (trixie) without installing anything from it: apt with a state of its own, so that the host's lists, pins and
# installed packages neither matter nor change. Packages come from the mirror that the host's apt is already set up with, and apt
# checks their signatures with the host's Debian keyring. Source it after say.sh.

mirror_release=trixie
mirror_state=$cache/apt-$mirror_release

# Prints the address of the Debian mirror that apt is set up with; nothing where there is none. `--no-release-info` also finds
# it on an image whose package lists are empty.
mirror_uri() {
  have apt-get || return 0
  local codename
  codename=$(. /etc/os-release 2>/dev/null && [ "${ID:-}" = debian ] && echo "${VERSION_CODENAME:-}") || true
  apt-get indextargets --no-release-info --format '$(RELEASE) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    awk -v codename="$codename" '!found && ($1 == codename || $1 !~ /-/ && $2 ~ /\/debian\/?$/) { print $2; found = 1 }'
}

mirror_write_config() {
  local uri=$1 dir=$mirror_state
  mkdir -p "$dir/state/lists/partial" "$dir/cache/archives/partial"
  : >"$dir/status"
  printf 'deb %s %s main\ndeb-src %s %s main\n' "$uri" $mirror_release "$uri" $mirror_release >"$dir/sources.list"
  cat >"$dir/apt.conf" <<CONF
Dir::State "$dir/state";
Dir::State::Status "$dir/status";
Dir::Cache "$dir/cache";
Dir::Etc::SourceList "$dir/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
APT::Sandbox::User "$(id -un)";
Acquire::Retries "3";
CONF
}

# mirror_update: fetches the package lists once a day; fails where there is no Debian mirror.
mirror_update() {
  local uri
  uri=$(mirror_uri)
  [ -n "$uri" ] || return 1
  if [ -n "$(find "$mirror_state/updated" -mtime -1 2>/dev/null)" ]; then return 0; fi
  say "reading the package lists of Debian 13"
  mirror_write_config "$uri"
  APT_CONFIG=$mirror_state/apt.conf apt-get update -qq </dev/null || return 1
  touch "$mirror_state/updated"
}

# mirror_apt ARGUMENTS...: apt-get with that state. After a failure the lists are read again: the mirror may have moved on.
mirror_apt() {
  APT_CONFIG=$mirror_state/apt.conf apt-get "$@" </dev/null || { rm -f "$mirror_state/updated"; return 1; }
}
