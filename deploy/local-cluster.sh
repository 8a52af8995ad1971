#!/usr/bin/env bash
# A whole cluster on this machine: a database, silos, gateways and a fake upstream. Ctrl-C ends everything.
#   deploy/local-cluster.sh [--silos N] [--gateways N] [--keys N] [--rpm N] [--strict] [--fresh]
#   deploy/local-cluster.sh restart silo-2      in a second terminal: ends one process in order and starts it again
#   deploy/local-cluster.sh stop silo-2         ends one process in order
set -u
cd "$(dirname "$0")/.."

silos=3 gateways=2 keys=10 rpm=10 strict=false fresh=false
configuration=Release
state="$PWD/data/local-cluster"
client_token=sk-demo
admin_token=sk-admin-local-cluster
stop_seconds=35 # A silo takes 30 s at the most.
start_seconds=60
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_UI_LANGUAGE=en

usage() {
  sed -n '2,5s/^# //p' "$0"
  exit "${1:-1}"
}

fail() {
  echo "$*" >&2
  exit 1
}

# --- processes: each has a folder with its command, environment, log and process id ---

running() { [ -f "$state/$1/pid" ] && kill -0 "$(cat "$state/$1/pid")" 2>/dev/null; }

define() { # name, program's folder, assembly, arguments
  mkdir -p "$state/$1"
  : >"$state/$1/environment"
  printf '%s\n' "$PWD/$2/bin/$configuration/net10.0/$3.dll" >"$state/$1/program"
  printf '%s\n' "${@:4}" >"$state/$1/arguments"
}

setting() { printf 'export %s=%q\n' "$2" "$3" >>"$state/$1/environment"; }

start() { # name
  local arguments=() line
  while IFS= read -r line; do [ -n "$line" ] && arguments+=("$line"); done <"$state/$1/arguments"
  (
    cd "$state/$1" || exit 1
    # shellcheck source=/dev/null
    . ./environment
    exec nohup dotnet "$(cat program)" ${arguments[@]+"${arguments[@]}"} >>log 2>&1 </dev/null
  ) &
  echo $! >"$state/$1/pid"
  disown
}

stop() { # name
  running "$1" || return 0
  local pid waited=0
  pid=$(cat "$state/$1/pid")
  kill -TERM "$pid" 2>/dev/null
  while kill -0 "$pid" 2>/dev/null; do
    waited=$((waited + 1))
    if [ "$waited" -gt $((stop_seconds * 5)) ]; then
      echo "$1 did not end within $stop_seconds s: killed"
      kill -KILL "$pid" 2>/dev/null
    fi
    sleep 0.2
  done
  rm -f "$state/$1/pid"
}

await() { # name, address that answers 200 when it is ready
  local waited=0
  until curl -fsS -o /dev/null --max-time 2 "$2" 2>/dev/null; do
    waited=$((waited + 1))
    if ! running "$1" || [ "$waited" -gt $((start_seconds * 4)) ]; then
      tail -n 30 "$state/$1/log" >&2
      fail "$1 did not come up. All of its output: $state/$1/log"
    fi
    sleep 0.25
  done
}

names() { # prefix
  local folder
  for folder in "$state/$1"-*; do [ -d "$folder" ] && basename "$folder"; done
}

# --- ports ---

is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

used_ports=" "
free_port() { # the first to try; the answer is in $port
  port=$1
  while [[ "$used_ports" == *" $port "* ]] || is_taken "$port"; do port=$((port + 1)); done
  used_ports="$used_ports$port "
}

# --- database ---

find_program() {
  local folder name
  for name in "$@"; do
    command -v "$name" 2>/dev/null && return 0
    for folder in /usr/sbin /usr/local/sbin /usr/libexec /opt/homebrew/bin /opt/homebrew/opt/mariadb/bin /usr/local/opt/mariadb/bin /usr/local/mysql/bin; do
      [ -x "$folder/$name" ] && echo "$folder/$name" && return 0
    done
  done
  return 1
}

database_pid=""
start_database() {
  if [ -n "${MYSQL_CONNECTION:-}" ]; then
    echo "database    the one MYSQL_CONNECTION names"
    return
  fi

  local server installer folder="$state/database" user
  user=$(id -un)
  server=$(find_program mariadbd mysqld) || fail "No database here. Either install MariaDB (Debian, Ubuntu: sudo apt-get install mariadb-server; macOS: brew install mariadb),
or set MYSQL_CONNECTION to one, such as 'Server=…;Database=…;User ID=…;Password=…'."
  mkdir -p "$folder"
  if [ ! -d "$folder/data" ]; then
    echo "database    making its folder"
    if installer=$(find_program mariadb-install-db mysql_install_db); then
      "$installer" --no-defaults --auth-root-authentication-method=normal --skip-test-db --user="$user" --datadir="$folder/data" >"$folder/log" 2>&1
    else
      "$server" --no-defaults --initialize-insecure --user="$user" --datadir="$folder/data" >"$folder/log" 2>&1
    fi || { cat "$folder/log" >&2; rm -rf "$folder/data"; fail "The database could not be made."; }
  fi

  cat >"$folder/first.sql" <<SQL
CREATE DATABASE IF NOT EXISTS gemini_balance;
CREATE USER IF NOT EXISTS 'gemini_balance'@'%' IDENTIFIED BY 'local-cluster';
GRANT ALL ON gemini_balance.* TO 'gemini_balance'@'%';
SQL
  free_port 13306
  local socket
  socket=$(mktemp -u "${TMPDIR:-/tmp}/gb-db.XXXXXX")
  nohup "$server" --no-defaults --user="$user" --datadir="$folder/data" --bind-address=127.0.0.1 --port="$port" --socket="$socket" --pid-file="$folder/server.pid" \
    --init-file="$folder/first.sql" --skip-log-bin --innodb-buffer-pool-size=256M >"$folder/log" 2>&1 </dev/null &
  database_pid=$!
  local waited=0
  until is_taken "$port"; do
    waited=$((waited + 1))
    if ! kill -0 "$database_pid" 2>/dev/null || [ "$waited" -gt $((start_seconds * 5)) ]; then
      tail -n 20 "$folder/log" >&2
      fail "The database did not start. If another run was killed, end its server first: see $folder/server.pid"
    fi
    sleep 0.2
  done
  export MYSQL_CONNECTION="Server=127.0.0.1;Port=$port;Database=gemini_balance;User ID=gemini_balance;Password=local-cluster"
  echo "database    127.0.0.1:$port, $server"
}

# --- the end ---

finish() {
  trap '' INT TERM
  echo
  echo "Ending everything: gateways, silos, fake upstream, database"
  stop_all gateway
  stop_all silo
  stop upstream
  if [ -n "$database_pid" ]; then
    kill -TERM "$database_pid" 2>/dev/null
    while kill -0 "$database_pid" 2>/dev/null; do sleep 0.2; done
  fi
  rm -f "$state/running"
}

stop_all() { # prefix
  local name stops=()
  for name in $(names "$1"); do
    stop "$name" &
    stops+=($!)
  done
  [ ${#stops[@]} -eq 0 ] || wait "${stops[@]}"
}

# --- commands ---

case "${1:-}" in
  restart | stop)
    [ $# -eq 2 ] || usage
    [ -f "$state/$2/program" ] || fail "There is no $2. There are: $(names silo | paste -sd' ' -) $(names gateway | paste -sd' ' -) upstream"
    stop "$2"
    [ "$1" = stop ] || { start "$2"; echo "$2 starts again as process $(cat "$state/$2/pid"); its output: $state/$2/log"; }
    exit 0
    ;;
esac

while [ $# -gt 0 ]; do
  case "$1" in
    --silos | --gateways | --keys | --rpm)
      [[ "${2:-}" =~ ^[0-9]+$ ]] && { [ "$2" -gt 0 ] || [ "$1" = --rpm ]; } || fail "$1 needs a number"
      case "$1" in --silos) silos=$2 ;; --gateways) gateways=$2 ;; --keys) keys=$2 ;; --rpm) rpm=$2 ;; esac
      shift 2
      ;;
    --strict) strict=true && shift ;;
    --fresh) fresh=true && shift ;;
    --help | -h) usage 0 ;;
    *) usage ;;
  esac
done

command -v dotnet >/dev/null 2>&1 || fail "The .NET 10 SDK is missing: https://dotnet.microsoft.com/download"
command -v curl >/dev/null 2>&1 || fail "curl is missing"
if [ -f "$state/running" ] && kill -0 "$(cat "$state/running")" 2>/dev/null; then
  fail "A local cluster already runs as process $(cat "$state/running"): end it with Ctrl-C there, or with kill $(cat "$state/running")"
fi
if $fresh; then rm -rf "$state"; fi
mkdir -p "$state"
for name in $(names silo) $(names gateway) upstream; do
  running "$name" && stop "$name" # Left over from a run that was killed.
  rm -rf "${state:?}/$name"
done

echo "build       silo, gateway.cluster, tests/FakeGemini"
for project in silo gateway.cluster tests/FakeGemini; do
  dotnet build "$project" -c "$configuration" -v quiet -nologo >"$state/build.log" 2>&1 || { cat "$state/build.log" >&2; fail "$project does not build."; }
done

trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
echo $$ >"$state/running"
start_database
dotnet "silo/bin/$configuration/net10.0/GeminiBalance.Silo.dll" migrate || exit 1

free_port 9090
upstream=http://127.0.0.1:$port
define upstream tests/FakeGemini GeminiBalance.FakeGemini --port "$port" --rpm "$rpm" --accept-any-key
start upstream
await upstream "$upstream/__stats"
echo "upstream    $upstream/__stats"

grant_without_database=true
if $strict; then grant_without_database=false; fi
for i in $(seq 1 "$silos"); do
  name=silo-$i
  define "$name" silo GeminiBalance.Silo
  setting "$name" MYSQL_CONNECTION "$MYSQL_CONNECTION"
  setting "$name" GRANT_WITHOUT_DATABASE "$grant_without_database"
  free_port $((11110 + i)) && setting "$name" SILO_PORT "$port"
  free_port $((30000 + i)) && setting "$name" SILO_GATEWAY_PORT "$port"
  free_port $((8090 + i)) && setting "$name" PORT "$port"
  echo "http://127.0.0.1:$port/health" >"$state/$name/health"
  start "$name"
done
for name in $(names silo); do
  await "$name" "$(cat "$state/$name/health")/ready"
  echo "$name      $(cat "$state/$name/health")/details, process $(cat "$state/$name/pid")"
done

first_gateway=""
for i in $(seq 1 "$gateways"); do
  name=gateway-$i
  define "$name" gateway.cluster GeminiBalance.Gateway.Cluster
  setting "$name" MYSQL_CONNECTION "$MYSQL_CONNECTION"
  setting "$name" ENCRYPTION_KEY local-cluster-encryption-key
  setting "$name" AUTH_TOKEN "$admin_token"
  setting "$name" ALLOWED_TOKENS "$client_token"
  setting "$name" BASE_URL "$upstream/v1beta"
  setting "$name" DEFAULT_RPM "$rpm"
  setting "$name" DRAIN_DELAY_SECONDS 0
  # In a file, because the environment has no room for many keys.
  echo "API_KEYS=$(seq 1 "$keys" | awk '{ printf "%sAIzaLocal%030d", (NR > 1 ? "," : ""), $1 }')" >"$state/$name/.env"
  free_port $((7999 + i)) && setting "$name" PORT "$port"
  address=http://localhost:$port
  echo "$address/health" >"$state/$name/health"
  first_gateway=${first_gateway:-$address}
  start "$name"
  await "$name" "$address/health/ready"
  echo "$name   $address, process $(cat "$state/$name/pid")"
done

cat <<TEXT

Ready: $keys keys of $rpm requests per minute each. A call:

  curl $first_gateway/v1/chat/completions -H "Authorization: Bearer $client_token" -H "Content-Type: application/json" \\
    -d '{"model":"gemini-2.5-flash","messages":[{"role":"user","content":"Hello"}]}'

  admin token   $admin_token
  output        $state/<name>/log
  try           kill -9 \$(cat $state/silo-1/pid)
                deploy/local-cluster.sh restart silo-1

Ctrl-C ends everything.
TEXT

while true; do
  for name in $(names silo) $(names gateway) upstream; do
    if [ -f "$state/$name/pid" ] && ! running "$name"; then
      rm -f "$state/$name/pid"
      echo "$name has ended; deploy/local-cluster.sh restart $name starts it again"
    fi
  done
  sleep 1
done
