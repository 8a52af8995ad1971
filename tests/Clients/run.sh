#!/usr/bin/env bash
# Runs the client suite against a gateway and a fake upstream that it starts and stops itself. Needs both built.
#   tests/Clients/run.sh [Debug|Release]
set -eu
cd "$(dirname "$0")"
export GATEWAY_CONFIGURATION=${1:-Release}
npm ci --no-audit --no-fund --silent
exec node --test --test-reporter=tap --test-timeout=120000 --test-concurrency=1 ./*.test.mjs
