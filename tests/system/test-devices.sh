#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `algometer devices` as shipped: the list, and detection on an emulated gauge's pseudo-terminal. Without a
# port named it would open the real ones of this machine, so that is left to tests/unit/test_adapter.c.
. tests/system/lib.inc

serve() { # FAMILY: an emulated gauge at $T/port; sets pid
	rm -f "$T/served" "$T/port"
	"$A" sim "$1" --pty --link "$T/port" >"$T/served" 2>/dev/null &
	pid=$!
	n=0
	until [ -s "$T/served" ]; do
		n=$((n + 1))
		[ $n -le 150 ] || { fail "sim $1 does not start"; return; }
		sleep 0.1
	done
}

expect 0 '"devices":' "$A" devices --json
expect 2 'a port is named with --listen or --probe only' "$A" devices serial:x
expect 2 'only a port can be listened to' "$A" devices --listen usb:0922:8003
expect 2 'only a port can be listened to' "$A" devices --probe sim:mark10
expect 2 'without it: it is what is looked for' "$A" devices --listen 'tty:/dev/null?family=wagner'
expect 2 'VID:PID:SERIAL' "$A" devices --listen serial:0403:6001
expect 3 'no such port or device' "$A" devices --listen serial:/dev/ttyUSB999
expect 3 'no such port or device' "$A" devices --listen serial:0403:6001:NOT-THERE
expect 3 'no such port or device' "$A" monitor --device 'serial:path=9-9?family=wagner'

serve lutron
expect 0 'speaks by itself like lutron$' "$A" devices --listen "tty:$T/port"
grep -q "use tty:$T/port?family=lutron$" "$T/out" || fail "no address to use: $(cat "$T/out")"
grep -q 'asserts DTR' "$T/err" || fail "the opening is not announced: $(cat "$T/err")"
expect 0 '"families":[[:space:]]*\["lutron"\]' "$A" devices --probe "tty:$T/port" --json
grep -q '"asked":[[:space:]]*false' "$T/out" || fail "it was asked though it speaks: $(cat "$T/out")"
kill "$pid"

serve wagner # does not speak unasked, and was written nothing
( timeout 1 "$A" devices --listen "tty:$T/port" >"$T/out" 2>&1; echo $? >"$T/rc" )
[ "$(cat "$T/rc")" != 0 ] || fail "listening to a silent gauge ended at once: $(cat "$T/out")"
grep -q 'listening at 9600 baud 8N1' "$T/out" || fail "it is not told what goes on: $(cat "$T/out")"
grep -q 'asking' "$T/out" && fail "it asks without being told to"
kill "$pid"
finish
