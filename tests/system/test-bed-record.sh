# SPDX-License-Identifier: GPL-3.0-or-later
# A session on a machine with emulated gauges (docs/TESTBEDS.md) whose cable is pulled, once in the middle of a press:
# the press is rejected as lost, the session goes on with the same gauge within 2 s, and waiting for it costs less
# than 2 % of a processor.
. tests/system/lib.inc
bed=$PWD/${BUILD:-build}/tests/bed
"$A" init "$T/study" --id test >/dev/null || fail "no study"

# session NAME FAMILY ADDRESS: commands on standard input
session() {
	"$A" points "$1" add UTRAP_L --study "$T/study" >/dev/null || fail "no point"
	timeout 60 "$bed" -l "$T/$1.log" -c "gauge g $2 noise=0.05&threshold=150" -c 'plug g' -- \
		"$A" record "$1" --study "$T/study" --device "$3" --button peak --no-journal test --yes --plain \
		>"$T/$1.out" 2>"$T/$1.err"
	echo $? >"$T/$1.rc"
}
ticks() { # of a program's processor time
	awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"
}
# away NAME: processor time over 2 s without the gauge
away() {
	program=$(awk '$2 == "program" { print $3 }' "$T/$1.log")
	before=$(ticks "$program")
	sleep 2
	echo $(($(ticks "$program") - before)) >"$T/$1.ticks"
}

for s in 'P001 mark10 serial:/dev/ttyUSB0?family=mark10&simulated=1' 'P002 hid-scale usb:0922:8003?simulated=1'; do
	set -- $s
	{
		sleep 1.5
		printf 'press g\nwait 2.5\nunplug g\n'
		sleep 2.8
		away "$1"
		printf 'plug g\nwait 3\nunplug-mid-frame g\nwait 0.7\nplug g\nwait 3\nstop\n'
	} | session "$@" &
done
wait

for p in P001 P002; do
	[ "$(cat "$T/$p.rc")" = 143 ] || { fail "$p: exit $(cat "$T/$p.rc")"; cat "$T/$p.out" "$T/$p.err"; }
	grep -q '^saved: press 1, UTRAP_L, rejected, lost' "$T/$p.out" || fail "$p: the press that was cut off: $(grep ^saved "$T/$p.out")"
	[ "$(grep -c '^the gauge is back' "$T/$p.out")" = 2 ] || fail "$p: the return was not told twice: $(cat "$T/$p.out")"
	"$A" show "$(find "$T/study/sub-$p" -name '*_algometry.h5')" >"$T/shown" || fail "$p: cannot be shown"
	# Away for 2.3 s and for about 0.7 s, and back at most 2 s after that; 3 s, as other tests keep the machine busy.
	awk '$2 == "s" && $3 == "lost" { n++; from = $1 } $2 == "s" && $3 == "back" { print n, $1 - from }' "$T/shown" >"$T/times"
	awk '{ if ($2 > ($1 == 1 ? 2.6 : 0.8) + 3) exit 1 } END { exit NR != 2 }' "$T/times" || fail "$p: back too late: $(cat "$T/times" "$T/shown")"
	echo "$p: $(cat "$T/$p.ticks") ticks while away, back after $(tr "\n" " " <"$T/times")"
	[ -n "${SAN:-}" ] || [ "$(cat "$T/$p.ticks")" -le $((2 * $(getconf CLK_TCK) * 2 / 100)) ] || fail "$p: $(cat "$T/$p.ticks") ticks in 2 s without a gauge"
done
finish
