# SPDX-License-Identifier: GPL-3.0-or-later
# `algometer button` as shipped: presses through a pipe with their instants, bounces left out; what cannot be a
# button is refused in one sentence with the right exit code, by button and by record alike.
. tests/system/lib.inc

# A press every 200 ms after the first, each bouncing once; the pipe is there when the program listens.
press() { # fifo
	for i in $(seq 100); do
		[ -p "$1" ] && break
		sleep 0.1
	done
	sleep 0.5
	for i in 1 2 3; do
		printf 'press\npress\n' >"$1"
		sleep 0.2
	done
}

press "$T/text.fifo" &
expect 0 '^3 presses, 3 bounces left out' "$A" button --test --button "fifo:$T/text.fifo" --seconds 4
grep -qE '^press 3  at +[0-9.]+ s  arrived [0-9.]+ ms later  \(1 bounced' "$T/out" || { fail "no third press"; cat "$T/out"; }
press "$T/json.fifo" &
expect 0 '"presses":3,"bounces":3' "$A" button --test --button "fifo:$T/json.fifo" --seconds 4 --json
[ "$(grep -c '"delay_ms":' "$T/out")" = 3 ] || { fail "not three presses as JSON"; cat "$T/out"; }

"$A" button --test --seconds 60 >"$T/out" 2>&1 </dev/null &
pid=$!
sleep 0.5
kill -TERM $pid
wait $pid
[ $? = 143 ] || fail "a test that is stopped does not end with 143"

expect 0 '.' "$A" button --list
expect 0 '"inputs"' "$A" button --list --json
expect 2 'say --test or --list' "$A" button
expect 2 'say --test or --list' "$A" button --test --list
expect 2 'no button that could be tried' "$A" button --test --button peak
expect 2 'not one of key' "$A" button --test --button pedal
expect 2 'none of the gauges' "$A" button --test --button gauge
expect 2 'the port is missing' "$A" button --test --button line:cts
expect 2 'not one of cts' "$A" button --test --button line:rts@/dev/ttyS0
expect 3 'no such pedal' "$A" button --test --button line:cts@/dev/absent
expect 3 'no such pedal' "$A" button --test --button evdev:/dev/input/absent
expect 3 'not an input device' "$A" button --test --button evdev:/dev/null
"$A" sim mark10 --pty --link "$T/gauge" >"$T/sim.out" 2>&1 &
for i in $(seq 50); do
	[ -e "$T/gauge" ] && break
	sleep 0.1
done
expect 3 'no modem lines' "$A" button --test --button "line:cts@$T/gauge"
make_study "$T/study" || fail "no study"
expect 2 'none of the gauges' "$A" record P012 --study "$T/study" --device sim:mark10 --button gauge --yes
expect 3 'no such pedal' "$A" record P012 --study "$T/study" --device sim:mark10 --button evdev:/dev/absent --yes
finish
