import type { DebianPackage } from "../kit/package.ts";

// What init scripts say, word for word as on Debian ("Starting X: Y."), in our own shell code (lsb-base's functions and the LSB's).
const initFunctions = `# Functions for init scripts.

start_daemon () {
    nice=0 pidfile= force=
    while getopts fn:p: option; do
        case "$option" in f) force=yes ;; n) nice=$OPTARG ;; p) pidfile=$OPTARG ;; esac
    done
    shift $((OPTIND - 1)); OPTIND=1
    program=$1; shift
    start-stop-daemon --start --quiet --oknodo --nicelevel "$nice" \${pidfile:+--pidfile "$pidfile"} --exec "$program" -- "$@"
}

pidofproc () {
    pidfile=
    while getopts p: option; do
        case "$option" in p) pidfile=$OPTARG ;; esac
    done
    shift $((OPTIND - 1)); OPTIND=1
    if [ -n "$pidfile" ] && [ -r "$pidfile" ]; then
        read -r pid < "$pidfile"
        if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then echo "$pid"; return 0; fi
        return 1
    fi
    pidof -o %PPID -x "$1" && return 0
    return 3
}

killproc () {
    pidfile=
    while getopts p: option; do
        case "$option" in p) pidfile=$OPTARG ;; esac
    done
    shift $((OPTIND - 1)); OPTIND=1
    start-stop-daemon --stop --quiet --oknodo \${2:+--signal "\${2#-}"} \${pidfile:+--pidfile "$pidfile"} --exec "$1"
}

status_of_proc () {
    file=
    while getopts p: option; do
        case "$option" in p) file=$OPTARG ;; esac
    done
    shift $((OPTIND - 1)); OPTIND=1
    status=0
    pidofproc \${file:+-p "$file"} "$1" >/dev/null || status=$?
    case $status in
        0) log_success_msg "$2 is running" ;;
        4) log_failure_msg "could not access PID file for $2" ;;
        *) log_failure_msg "$2 is not running" ;;
    esac
    return $status
}

log_success_msg () { echo "$*."; }
log_failure_msg () { echo "$* ... failed!"; }
log_warning_msg () { echo "$* ... (warning)."; }
log_begin_msg () { printf '%s' "$*"; }
log_daemon_msg () { if [ -n "\${2:-}" ]; then printf '%s: %s' "$1" "$2"; else printf '%s:' "$1"; fi; }
log_progress_msg () { printf ' %s' "$*"; }
log_action_msg () { echo "$*."; }
log_action_begin_msg () { printf '%s...' "$*"; }
log_action_cont_msg () { printf '%s...' "$*"; }

log_end_msg () {
    case "\${1:-0}" in 0) echo . ;; 255) echo ' (warning).' ;; *) echo ' failed!' ;; esac
    return "\${1:-0}"
}

log_action_end_msg () {
    if [ "$1" -eq 0 ]; then echo "done\${2:+ ($2)}."; else echo "failed\${2:+ ($2)}."; fi
}

for hook in /lib/lsb/init-functions.d/*; do
    [ ! -r "$hook" ] || . "$hook"
done
`;

const verbose = `# The same messages, only when VERBOSE is not "no" (/etc/default/rcS).
for message in daemon_msg begin_msg action_msg action_begin_msg action_end_msg end_msg; do
    eval "vlog_$message () { [ \\"\\\${VERBOSE:-yes}\\" = no ] || log_$message \\"\\$@\\"; }"
done
unset message
`;

export default {
  name: "sysvinit-utils", summary: "pidof and other utilities of System V init",
  files: [
    { path: "/lib/lsb", directory: true },
    { path: "/lib/lsb/init-functions.d", directory: true },
    { path: "/lib/lsb/init-functions", text: initFunctions },
    { path: "/lib/lsb/init-functions.d/00-verbose", text: verbose },
  ],
} satisfies DebianPackage;
