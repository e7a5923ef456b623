#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# `algometer monitor` and `devices` as shipped: every refusal is one sentence with the right exit code;
# clean ends by signal, count and time; a gauge on a pseudo-terminal and on TCP; unplugging.
set -u
program=$(cd "$BUILD" && pwd)/algometer
recordings=$(pwd)/tests/recordings
tmp=$(mktemp -d) || exit 1
pid= bad=0
trap 'kill $pid 2>/dev/null; rm -rf "$tmp"' EXIT
chmod 755 "$tmp"
cd "$tmp" || exit 1
say() { echo "$*"; bad=1; }

# want CODE TEXT ARGUMENTS...: exit code, and exactly one line on stderr, which contains TEXT
want() {
	code=$1 text=$2
	shift 2
	timeout 30 $as "$program" monitor "$@" >out 2>err </dev/null
	rc=$?
	[ $rc = "$code" ] || say "monitor $*: exit $rc, expected $code"
	[ "$(wc -l <err)" = 1 ] || say "monitor $*: not one sentence: $(cat err)"
	grep -qF -- "$text" err || say "monitor $*: '$text' is not in: $(cat err)"
}
as=

serve() { # FAMILY OPTIONS...: an emulated gauge; sets pid and address
	rm -f served
	"$program" sim "$@" >served 2>/dev/null &
	pid=$!
	n=0
	until [ -s served ]; do
		n=$((n + 1))
		[ $n -gt 150 ] && { say "sim $* does not start"; return; }
		sleep 0.1
	done
	address=$(head -n 1 served)
	address=${address%%\?*}
}
unserve() { kill "$pid"; wait "$pid" 2>/dev/null; pid=; }

# ---- what was typed: 2 ----
want 2 'is missing'
want 2 "unknown option '--devise'" --devise tty:x
want 2 "unknown kind" --device usbserial:/dev/ttyUSB0
want 2 "unknown instrument family 'quantum' (known: wagner, wagner-fdix, " --device 'serial:/dev/x?family=quantum'
want 2 "'bord'" --device 'serial:/dev/x?bord=9600'
want 2 'which family of gauge' --device tty:/dev/null
want 2 'speaks over USB' --device 'tty:/dev/null?family=hid-scale'
want 2 "'3x' is not a number" --device tty:/dev/null --seconds 3x
want 2 'four hex digits' --device usb:1:2

# ---- the device: 3 ----
echo text >plain
want 3 '/dev/nothere0: no such port' --device 'serial:/dev/nothere0?family=wagner'
want 3 'nothere: no such port' --device "tty:$tmp/nothere?family=wagner"
want 3 'usb:ffff:fffe: ' --device usb:ffff:fffe
want 3 'no connection' --device 'tcp:127.0.0.1:1?family=mark10'
want 3 'not a serial port' --device "serial:$tmp/plain?family=wagner"
want 3 'replay:FILE' --device "tty:$tmp/plain?family=wagner"
want 3 'nothing that a lutron gauge sends came: 0 bytes' --device 'sim:lutron?stall=0&stall_for=60'
# Without permission: a terminal of group 'tty', as an ordinary user.
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
	serve mark10 --pty
	node=${address#tty:}
	chgrp tty "$node" && chmod 620 "$node"
	# A build for coverage writes its counts there, where nobody may; it would complain on stderr.
	mkdir -m 777 counts
	as="env GCOV_PREFIX=$tmp/counts setpriv --reuid 65534 --regid 65534 --clear-groups"
	if $as test -x "$program"; then
		want 3 "$node: no permission: only the administrator may use it" --device "$address?family=mark10"
		chmod 660 "$node"
		want 3 "usermod -aG tty" --device "$address?family=mark10"
	fi
	as=
	unserve
fi

# ---- recordings: 1, and where ----
printf '# algometer-recording 1\n# family: mark10\n# kind: recorded\n0 < 2D 3\n' >cut.rec
want 1 'cut.rec:4: ' --device replay:cut.rec --raw
printf '# algometer-recording 7\n' >newer.rec
want 1 'format 7 is newer than 1' --device replay:newer.rec --raw
want 1 'nothere.rec: no such file' --device replay:nothere.rec
want 1 'exists already' --device "replay:$recordings/mark10/units.rec" --capture cut.rec
sed 's/family: mark10/family: quantum/' "$recordings/mark10/units.rec" >alien.rec
want 2 "unknown instrument family 'quantum'" --device replay:alien.rec
"$program" monitor --device 'replay:alien.rec?family=mark10' --raw >out 2>err || say "?family= does not override a recording: $(cat err)"
grep -q '3.258 lbF' out || say 'nothing of the overridden recording'

# ---- served gauges ----
for family in wagner wagner-fdix mark10 lutron imada imada-zt shimpo kcp; do
	for how in '--pty' '--tcp 0'; do
		serve $family $how --seed 7
		timeout 20 "$program" monitor --device "$(head -n 1 served)" --raw --json --count 5 >out 2>err ||
			say "$family $how: $(cat err)"
		[ "$(grep -c '"unit":"\(N\|kgf\|lbf\)"' out)" = 5 ] || say "$family $how: not 5 readings: $(cat out)"
		tail -n 1 out | grep -q '"summary":{"readings":5,.*"insane":0' || say "$family $how: summary: $(tail -n 1 out)"
		unserve
	done
done
serve mark10 --pty
timeout 20 "$program" monitor --device "$address?family=mark10&stream=1" --raw --count 30 >out 2>err || say "stream: $(cat err)"
timeout 20 "$program" monitor --device "$address?family=mark10" --raw --count 3 >out 2>err || say "after a stream: $(cat err)"
grep -q unsolicited out && say "the stream was not stopped: $(cat out)"
timeout 20 "$program" monitor --device "$address?family=mark10&simulated=1" --raw --count 3 --capture served.rec >out 2>err ||
	say "capture of a served gauge: $(cat err)"
grep -q '^# kind: synthetic$' served.rec || say 'a capture of a served simulation does not say so'
# A gauge that is not of the family.
want 3 'nothing that a lutron gauge sends came' --device "$address?family=lutron"
# Two at once.
timeout 20 "$program" monitor --device "$address?family=mark10" --raw >held 2>/dev/null &
holder=$!
sleep 1.5
want 3 'another program is using it' --device "$address?family=mark10"
# Unplugged while it is read: 3, with the summary.
unserve
wait $holder
rc=$?
[ $rc = 3 ] || say "unplugged: exit $rc"
grep -q ' readings$' held || say "unplugged: no summary: $(tail -n 3 held)"
want 3 'no such port' --device "$address?family=mark10"

# ---- clean ends ----
for sig in INT:130 TERM:143 HUP:129; do
	"$program" monitor --device "replay:$recordings/mark10/stream.rec?pace=1" --raw --json >out 2>err &
	pid=$!
	sleep 0.7
	[ "$sig" = INT:130 ] && env kill -INT $pid || kill -"${sig%:*}" $pid
	wait $pid
	rc=$?
	pid=
	# A shell's background job ignores INT until a program asks for it: ours does.
	[ $rc = "${sig#*:}" ] || say "$sig: exit $rc"
	tail -n 1 out | grep -q '^{"summary":' || say "$sig: no summary"
done
"$program" monitor --device 'sim:wagner?seed=3' --raw --json --seconds 2 --capture a.rec >a 2>/dev/null || say 'sim does not run'
"$program" monitor --device 'sim:wagner?seed=3' --raw --json --seconds 2 >b 2>/dev/null
cmp a b || say 'the same seed gives other readings'
sed -n 's/.*"shown":"\([^"]*\)".*/\1/p' a >shown_live
"$program" monitor --device replay:a.rec --raw --json 2>/dev/null | sed -n 's/.*"shown":"\([^"]*\)".*/\1/p' >shown_again
tail -n "$(wc -l <shown_live)" shown_again | cmp - shown_live || say 'a capture replays other readings'
grep -q '^# kind: synthetic$' a.rec || say 'a capture of a simulation does not say so'
# Strictly, the program has to ask the same again and gets the same answers.
for family in wagner mark10; do
	"$program" monitor --device "sim:$family?seed=4" --raw --json --seconds 1 --capture "$family.rec" >/dev/null 2>&1
	"$program" monitor --device "replay:$family.rec?strict=1" --raw --json >out 2>err || say "strict $family: $(cat err)"
	[ "$(wc -l <out)" -gt 30 ] || say "strict $family: $(wc -l <out) lines"
done
"$program" monitor --device 'replay:mark10.rec?strict=1&family=wagner' --raw >out 2>err
[ $? = 1 ] || say 'strict: another family asks the same'
grep -q 'differs from the recording' err || say "strict: $(cat err)"
"$program" monitor --device 'sim:mark10?unplug=2' --raw --json >out 2>err && say 'a gauge that is gone ends with 0'
grep -q 'the device is gone' err || say "gone: $(cat err)"
tail -n 1 out | grep -q '^{"summary":' || say 'gone: no summary'
"$program" monitor --device "replay:$recordings/wagner/forms.rec" >out 2>err || say "live from a recording: $(cat err)"
grep -q 'kPa/s' out || say "live shows no rate: $(cat out)"
"$program" monitor --device "replay:$recordings/wagner/forms.rec" --raw >/dev/full 2>err && say 'a full standard output is success'

# ---- devices ----
"$program" devices --json >out 2>err || say "devices: $(cat err)"
grep -q '"devices":' out || say "devices: $(cat out)"
"$program" devices extra >out 2>err && say 'devices takes a word'
exit $bad
