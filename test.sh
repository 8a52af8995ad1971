#!/usr/bin/env bash
# Restores, builds and runs every suite this machine can run, and names those it leaves out.
#   ./test.sh            everything but the cluster's proofs (about fifteen minutes)
#   ./test.sh --cluster  the same with the cluster's proofs in their short form, and the clients over a cluster (about half an hour)
#   ./test.sh --full     the same with the cluster's proofs at full length (about an hour and a half)
#   ./test.sh --quick    without any proof in real time
# Ends with one line: N passed, N failed, N skipped.
set -u
cd "$(dirname "$0")"

configuration=Release
quick=false cluster=false cluster_length=--quick
case "${1:-}" in
  --quick) quick=true ;;
  --cluster) cluster=true ;;
  --full) cluster=true cluster_length= ;;
esac

passed=0 failed=0 skipped=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

leave_out() { # suite, reason
  echo "LEFT OUT: $1: $2"
  skipped=$((skipped + 1))
}

finish() {
  echo
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit
}

# A registry may lack packages that only some projects need; the stand-alone projects restore everywhere.
solution=GeminiBalance.Cluster.sln
if ! dotnet restore "$solution" >"$results/restore.log" 2>&1; then
  missing=$(grep -oE "Unable to find package [A-Za-z0-9.]+" "$results/restore.log" | sed 's/.*package //; s/\.$//' | sort -u | paste -sd' ' -)
  solution=GeminiBalance.Standalone.slnf
  if ! dotnet restore "$solution" >"$results/restore.log" 2>&1; then
    cat "$results/restore.log"
    failed=1
    finish
  fi

  for project in $(grep -oE '"[^"]+\.csproj"' GeminiBalance.Cluster.sln | tr -d '"' | tr '\\' '/'); do
    grep -q "$project" "$solution" || leave_out "$project" "packages its registry does not offer: ${missing:-see dotnet restore}"
  done
fi

if ! dotnet build "$solution" --no-restore -c "$configuration" -v quiet >"$results/build.log" 2>&1; then
  cat "$results/build.log"
  failed=1
  finish
fi

has_database() { PATH="$PATH:/usr/sbin:/usr/local/sbin:/usr/libexec" command -v mariadbd mysqld >/dev/null 2>&1; }

for project in tests/*.Tests/*.csproj; do
  name=$(basename "$(dirname "$project")")
  grep -q "$(basename "$project")" "$solution" || continue
  log="$results/$name.log"
  dotnet test "$project" --no-build -c "$configuration" --blame-hang --blame-hang-timeout 10m --results-directory "$results/$name" \
    --logger "console;verbosity=normal" >"$log" 2>&1
  status=$?
  count() { grep -E "^ *$1: [0-9]+" "$log" | tail -1 | grep -oE "[0-9]+" || echo 0; }
  p=$(count Passed) f=$(count Failed) s=$(count Skipped)
  if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then
    f=1
  fi

  echo "$name: $p passed, $f failed, $s skipped"
  if grep -q "GeminiBalance.MariaDb" "$project" && ! has_database; then
    echo "LEFT OUT: $name, as far as it needs a database: neither mariadbd nor mysqld is here (Debian: apt-get install mariadb-server)"
  fi

  table="tests/$name/bin/$configuration/net10.0/replay.md"
  [ -f "$table" ] && [ "$table" -nt "$results/build.log" ] && cat "$table"
  [ "$f" -gt 0 ] && grep -vE "^ +Passed " "$log"
  [ "$s" -gt 0 ] && grep -E "^ +Skipped |^ +Skipped:" "$log" | sort -u | head -20
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done

clients() { # name, arguments of tests/Clients/run.sh
  local name=$1
  shift
  if ! command -v npm >/dev/null 2>&1 || ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; then
    leave_out "$name" "needs Node.js 20 or later and npm"
    return
  fi

  tests/Clients/run.sh "$configuration" "$@" >"$results/clients.log" 2>&1
  status=$?
  count() { grep -E "^# $1 [0-9]+" "$results/clients.log" | tail -1 | grep -oE "[0-9]+" || echo 0; }
  p=$(count pass) f=$(count fail) s=$(count skipped)
  if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then
    f=1
  fi

  echo "$name: $p passed, $f failed, $s skipped"
  [ "$f" -gt 0 ] && cat "$results/clients.log"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
}

if [ -f tests/Clients/run.sh ]; then
  clients "Clients (npm)"
  if ! $cluster; then
    leave_out "Clients (npm) over a cluster" "runs with --cluster or --full"
  elif [ "$solution" = GeminiBalance.Cluster.sln ] && PATH="$PATH:/usr/sbin" command -v mariadbd >/dev/null 2>&1; then
    clients "Clients (npm) over a cluster" cluster
  else
    leave_out "Clients (npm) over a cluster" "needs the cluster's projects built, and mariadbd"
  fi
fi

proof() { # name, arguments of tests/Load
  local name=$1
  shift
  if $quick; then
    leave_out "proof $name" "runs in real time; not with --quick"
    return
  fi

  dotnet "tests/Load/bin/$configuration/net10.0/GeminiBalance.Load.dll" "$@" | tee "$results/proof.log"
  case "${PIPESTATUS[0]}" in
    0)
      passed=$((passed + 1))
      echo "proof $name: passed"
      ;;
    77)
      leave_out "proof $name" "$(sed -n 's/^SKIPPED [^:]*: //p' "$results/proof.log")"
      ;;
    *)
      failed=$((failed + 1))
      echo "proof $name: FAILED"
      ;;
  esac
}

if [ -f tests/Load/GeminiBalance.Load.csproj ]; then
  proof "quota" quota
  proof "quota through kill -9" quota --kill
  for name in quota kill freeze rolling database skew compare; do
    if $cluster; then
      proof "cluster $name" cluster "$name" $cluster_length
    else
      leave_out "proof cluster $name" "runs with --cluster (short) or --full"
    fi
  done
fi

finish
