# Installs the npm packages of the lock file when node_modules differs from it. No package's install script runs. Source it after say.sh.

setup_node_modules() {
  node "$root/scripts/lib/node-modules-match.mjs" "$root" && return
  say "installing the npm packages of package-lock.json"
  (cd "$root" && npm ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error </dev/null) ||
    die "the npm packages could not be installed" "npm ci --ignore-scripts"
}
