#!/usr/bin/env bash
# Runs the client suite against a gateway and a fake upstream that it starts and stops itself. Needs all of them built.
#   tests/Clients/run.sh [Debug|Release] [cluster]     with "cluster": a silo and two gateways, over a MariaDB of its own
set -eu
cd "$(dirname "$0")"
export GATEWAY_CONFIGURATION=${1:-Release}
export GATEWAY_SHAPE=${2:-standalone}
npm ci --no-audit --no-fund --silent
if [ "$GATEWAY_SHAPE" = cluster ]; then
  export PATH="$PATH:/usr/sbin"
  folder=$(mktemp -d)
  mariadb-install-db --no-defaults --auth-root-authentication-method=normal --skip-test-db --user="$(id -un)" --datadir="$folder/data" >"$folder/log" 2>&1
  CLIENTS_DATABASE_SOCKET="$folder/socket"
  CLIENTS_DATABASE_PORT=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
  export CLIENTS_DATABASE_SOCKET CLIENTS_DATABASE_PORT
  mariadbd --no-defaults --user="$(id -un)" --datadir="$folder/data" --bind-address=127.0.0.1 --port="$CLIENTS_DATABASE_PORT" --socket="$CLIENTS_DATABASE_SOCKET" \
    --pid-file="$folder/pid" --skip-log-bin --innodb-buffer-pool-size=64M >"$folder/log" 2>&1 &
  database=$!
  trap 'kill "$database"; wait "$database" || true; rm -rf "$folder"' EXIT
  until mariadb --no-defaults --socket="$CLIENTS_DATABASE_SOCKET" --user=root -e 'SELECT 1' >"$folder/answer" 2>&1; do
    kill -0 "$database" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
    sleep 0.2
  done
fi

node --test --test-reporter=tap --test-timeout=120000 --test-concurrency=1 ./*.test.mjs
