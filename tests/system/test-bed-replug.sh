# SPDX-License-Identifier: GPL-3.0-or-later
# Gauges that come back under another name, on a machine with emulated ones (docs/TESTBEDS.md). By the adapter's serial
# number or by its socket the same gauge is found again, and what now has its old name is not taken in its place.
. tests/system/lib.inc
bed=$PWD/${BUILD:-build}/tests/bed

# watch NAME DEVICE: two gauges, one shows 1 N and one 2 N; commands on standard input, where OUT and ERR are what is printed
watch() {
	sed "s#OUT#$T/$1#g; s#ERR#$T/$1.err#g" | timeout 100 "$bed" -c 'gauge a mark10 noise=0&zero=1 serial=AG0042' -c 'gauge b mark10 noise=0&zero=2 serial=AG0043' \
		-c 'plug a as ttyUSB0' -- "$A" monitor --device "$2" --raw --json >"$T/$1" 2>"$T/$1.err"
	echo $? >"$T/$1.rc"
}
# The other gauge gets the name of the first, which comes back as another port and, but for its socket, elsewhere.
begun='until OUT t_s 5\nunplug a\nuntil ERR [370] 1\n'
over='until ERR [371] 1\nuntil OUT t_s +5\nstop\n'
swap=$begun'plug b as ttyUSB0\nwait 1\nplug a as ttyUSB1\n'$over
printf "$swap" | watch serial 'serial:0403:6001:AG0042?family=mark10' &
printf "$swap" | watch place 'serial:path=1-1?family=mark10' &
printf "${begun}plug a as ttyUSB3 at 7\n$over" | watch socket 'serial:0403:6001:AG0042?family=mark10' &
printf "${begun}plug b as ttyUSB0\nwait 2\nstop\n" | watch name 'serial:/dev/ttyUSB0?family=mark10' &
"$A" init "$T/study" --id test >/dev/null && "$A" points P001 add UTRAP_L --study "$T/study" >/dev/null || fail "no study"
printf "until $T/out ready 1\nwait 1\nunplug a\nwait 0.5\nplug b as ttyUSB0\nwait 1\nplug a as ttyUSB1 at 7\nuntil $T/out back 1\nstop\n" |
	timeout 100 "$bed" -c 'gauge a mark10 noise=0 serial=AG0042' -c 'gauge b mark10 noise=0 serial=AG0043' -c 'plug a as ttyUSB0' -- \
		"$A" record P001 --study "$T/study" --device 'serial:0403:6001:AG0042?family=mark10&simulated=1' --button peak \
		--no-journal test --yes --plain >"$T/out" 2>"$T/err"
[ $? = 143 ] && grep -q '^the gauge is back' "$T/out" || fail "the session: $(cat "$T/out" "$T/err")"
wait
"$PY" - "$T" <<'PY' || { fail "what a monitor says"; cat "$T"/*.err; }
import json, sys
for name, returns in (("serial", 1), ("place", 1), ("socket", 1), ("name", 0)):
    lines = [json.loads(line) for line in open(f"{sys.argv[1]}/{name}")]
    text = open(f"{sys.argv[1]}/{name}.err").read()
    shown = {r["shown"] for r in lines[:-1]}
    assert open(f"{sys.argv[1]}/{name}.rc").read() == "143\n", (name, text)
    assert text.count("[370]") == 1 and text.count("[371]") == returns, (name, text)
    assert shown == {"1.00 N"}, (name, shown)  # never the other one's
    gaps = [b["t_s"] - a["t_s"] for a, b in zip(lines, lines[1:-1]) if "gap" in b["flags"]]
    s = lines[-1]["summary"]  # a busy machine makes some more, but none without a silence or a request that was not answered
    assert len(gaps) >= returns and sum(gap < 0.2 for gap in gaps) <= s["timeouts"] + s["skipped_bytes"], (name, gaps, s)
PY
finish
