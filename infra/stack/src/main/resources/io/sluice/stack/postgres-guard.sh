# Starts a Postgres server, and stops it when standard input ends: the JVM that started this script holds the other end,
# so it ends when the JVM closes it, and when the JVM is gone, however it went.
#
# Arguments: the data folder, then the command that starts the server and returns when it takes connections.
# Prints the server's process id when it does.

# Ctrl-C and a closed terminal reach every process of the terminal: the JVM says when it is time to stop, not the terminal.
# PIPE: the JVM may be gone before it has read what is printed here.
trap '' HUP INT QUIT TERM PIPE

data=$1
shift
"$@" </dev/null >&2 || exit 1
read -r server <"$data/postmaster.pid" || exit 1
echo "$server"

while read -r _; do :; done

# A process id is used again after a while: it is ours only while the server's own file says so.
is_running() {
    { read -r now <"$data/postmaster.pid"; } 2>/dev/null && [ "$now" = "$server" ] || return 1
    case $(ps -o comm= -p "$server" 2>/dev/null || cat "/proc/$server/comm" 2>/dev/null) in
        *postgres*) return 0 ;;
        *) return 1 ;;
    esac
}

# stop SIGNAL TENTHS: sends the signal and waits that many tenths of a second for the end.
stop() {
    ! is_running || kill -"$1" "$server"
    left=$2
    while is_running; do
        [ "$left" -gt 0 ] || return 1
        left=$((left - 1))
        sleep 0.1
    done
}

# fast: clients are cut off; then without a last checkpoint, which the next start makes up for; then by force
stop INT 150 || stop QUIT 50 || stop KILL 20
