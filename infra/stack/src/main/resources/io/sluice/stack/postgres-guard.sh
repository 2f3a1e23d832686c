# Starts a Postgres server, and stops it when standard input ends. The JVM that started this script holds the other end of
# the pipe. So standard input ends when the JVM closes the pipe, and also when the JVM has ended or was killed.
#
# Arguments: the data folder, then the command that starts the server and returns when the server accepts connections.
# Then the script prints the server's process id.

# Ctrl-C and a closed terminal send signals to every process of the terminal. The script ignores them, because only the JVM
# may stop the server. PIPE: the JVM may have ended before it has read the process id.
trap '' HUP INT QUIT TERM PIPE

data=$1
shift
"$@" </dev/null >&2 || exit 1
read -r server <"$data/postmaster.pid" || exit 1
echo "$server"

while read -r _; do :; done

# The system may give the process id to another process later. It is the server's only while the server's file has it.
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

# First a fast stop, which disconnects clients; then an immediate stop without a checkpoint, after which the next start
# recovers; then by force.
stop INT 150 || stop QUIT 50 || stop KILL 20
