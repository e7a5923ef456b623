# SPDX-License-Identifier: GPL-3.0-or-later
# A cable that is pulled and put back, twice: the session goes on each time, and a stop afterwards keeps
# what was measured. The gauge that was opened again must not lean on anything of the one before.
. tests/system/lib.inc
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_stack_use_after_return=1"
"$A" init "$T/study" --id test >/dev/null || fail "no study"
gauge= record=
trap 'kill $gauge $record 2>/dev/null; rm -rf "$T"' EXIT
serve() { # number: each has a button of its own; the first one's is listened to
	"$A" sim mark10 --pty --link "$T/gauge" --button "$T/button$1" --seed 11 --site UTRAP_L --threshold 160 --pause 2 \
		--truth "$T/truth" >"$T/address$1" 2>"$T/sim$1.log" &
	gauge=$!
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ -s "$T/address$1" ] && break
		sleep 0.1
	done
}
pull() {
	kill "$gauge"
	wait "$gauge"
	gauge=
	sleep 0.5
}

"$A" points P001 add UTRAP_L --study "$T/study" >/dev/null || fail "no point"
serve 1
"$A" record P001 --study "$T/study" --device "tty:$T/gauge?family=mark10&simulated=1" --button "fifo:$T/button1" \
	--no-journal test --yes --plain >"$T/out" 2>"$T/err" </dev/null &
record=$!
sleep 3
for n in 2 3; do
	pull
	serve $n
	sleep 2.5
done
kill -TERM "$record"
wait "$record"
code=$?
record=
[ $code = 143 ] || { fail "exit $code"; cat "$T/out" "$T/err"; }
lost=$(grep -c '^ALARM: lost' "$T/out")
[ "$lost" = 2 ] || { fail "the loss was told $lost times, not twice"; cat "$T/out" "$T/err"; }
"$A" show "$(find "$T/study/sub-P001" -name '*_algometry.h5')" >"$T/shown" || fail "the session cannot be shown"

# Gone for good: a pseudo-terminal's number is not opened again. Every place that is left is stored as missing.
pull
serve 4
"$A" record P001 --study "$T/study" --device "tty:$(readlink "$T/gauge")?family=mark10&simulated=1" --button peak \
	--procedure acr1990 --no-journal test --yes --plain >"$T/out" 2>"$T/err" </dev/null &
record=$!
sleep 2
pull
wait "$record"
record=
missing=$(grep -c '^saved: press [0-9]*, [A-Z0-9_]*, missing' "$T/out")
[ "$missing" = 18 ] || { fail "$missing of 18 places are stored as missing"; cat "$T/out" "$T/err"; }
finish
