#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `algometer sim` on a pseudo-terminal: address, answers, the patient's button, the truth, line
# settings, the end; and what it refuses.
set -u
program=$(cd "$BUILD" && pwd)/algometer
tmp=$(mktemp -d) || exit 1
pid= reader= bad=0
trap 'kill $pid $reader 2>/dev/null; rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1

check() { # what, then a command that must succeed
	what=$1
	shift
	"$@" >/dev/null 2>&1 || { echo "not so: $what"; bad=1; }
}

# want CODE TEXT ARGUMENTS...: refused with this exit code and one sentence that contains TEXT
want() {
	code=$1 text=$2
	shift 2
	timeout 20 "$program" sim "$@" >out 2>err </dev/null
	rc=$?
	[ $rc = "$code" ] || { echo "sim $*: exit $rc, expected $code"; bad=1; }
	grep -q "$text" err || { echo "sim $*: '$text' is not in: $(cat err)"; bad=1; }
	[ -s out ] && { echo "sim $*: said on stdout: $(cat out)"; bad=1; }
	return 0
}

wait_for() { # file, text
	n=0
	until grep -q "$2" "$1" 2>/dev/null; do
		n=$((n + 1))
		[ $n -gt 150 ] && { echo "'$2' did not come: $(cat "$1")"; bad=1; return; }
		sleep 0.1
	done
}

want 2 "unknown instrument family 'quantum'" quantum --pty
want 2 'which family' --pty
want 2 'choose one' mark10
want 2 'choose one' mark10 --pty --tcp 0
want 2 'USB device' hid-scale --pty
want 2 "unknown option '--sead'" mark10 --pty --sead 1
want 2 "'colour'" mark10 --pty --options colour=red
want 2 'given twice' mark10 --pty --seed 1 --options seed=2
want 2 "'noise'.*0,1" mark10 --pty --options noise=0,1
want 2 "site 'UTRAP R'" mark10 --pty --site 'LEV_R,UTRAP R'
want 2 'not a number' mark10 --pty --rate 30,5
: >plain
want 2 'not a FIFO' mark10 --pty --button plain
want 1 'exists already' mark10 --pty --link plain
want 1 'cannot be written' mark10 --pty --truth no/such/folder

# A quick press of 200 kPa; the examiner begins 0.2 s after the first host.
"$program" sim mark10 --pty --link gauge --button button --truth truth --presses 1 --start 0.2 --rate 150 \
	--threshold 200 --options tremor=0 >out 2>err &
pid=$!
wait_for out '^tty:'
check 'the first line is the address' [ "$(head -n 1 out)" = "tty:gauge?family=mark10&simulated=1" ]
check 'it says that it is simulated' grep -q simulated err
cat button >pressed &
reader=$!
exec 3<>gauge
printf 'RM\r' >&3
IFS= read -r line <&3
check "model, said to be simulated: $line" [ "$line" = "M5-50 (simulated)$(printf '\r')" ]
printf '?\r' >&3
IFS= read -r line <&3
case $line in *' N'*) ;; *) echo "reading: '$line'"; bad=1 ;; esac
stty 9600 <&3
wait_for err 'to 9600 baud 8N1'
stty 115200 <&3
wait_for truth '"press":1'
wait $pid
check 'exit 0 after the last press' [ $? = 0 ]
exec 3>&-
wait $reader
check 'one line from the button' [ "$(grep -c '^button [0-9]*$' pressed)" = 1 ]
check 'truth of the press' grep -q '"site":"UTRAP_R".*"threshold_n":20,.*"simulated":true' truth
stamp=$(cut -d' ' -f2 pressed)
check 'the stamp is the truth' awk -v ns="$stamp" -F'"t_button_s":' \
	'{ split($2, a, ","); d = a[1] - ns / 1e9; exit !(d < 0.001 && d > -0.001) }' truth
check 'link and FIFO are taken away' [ ! -e gauge ] && [ ! -e button ]

# TERM ends it cleanly.
"$program" sim lutron --tcp 0 >out 2>err &
pid=$!
wait_for out '^tcp:127.0.0.1:[0-9]*?family=lutron&simulated=1$'
kill -TERM $pid
wait $pid
check 'exit 143 after TERM' [ $? = 143 ]
exit $bad
