# SPDX-License-Identifier: GPL-3.0-or-later
# The program on a machine with emulated gauges (docs/TESTBEDS.md): every family streams, through the real libraries;
# silence, delay, damage and junk on the way are borne; a gauge that is lost is said to be, and waited for.
. tests/system/lib.inc
bed=$PWD/${BUILD:-build}/tests/bed

# ---- every family that has an emulator, all at once; the slowest sends once a second ----
"$bed" -f >"$T/families"
n=0
set --
while read -r family where; do
	where=$(echo "$where" | sed "s/ttyUSB0/ttyUSB$n/")
	set -- "$@" -c "gauge $family $family noise=0&zero=5" -c "plug $family" -c \
		"run $T/all.$family $A monitor --device $where --raw --json --count 6 --seconds 60"
	n=$((n + 1))
done <"$T/families"
{ timeout 120 "$bed" "$@" </dev/null; echo $? >"$T/all.rc"; } & # looked at when the others are over as well
[ -z "${SAN:-}" ] || wait # forty programs with sanitizers at once are too many

# ---- what happens to a cable: each in a bed of its own, side by side ----
# watch NAME FAMILY ADDRESS "MORE OPTIONS": commands come on standard input; what is printed goes to NAME, NAME.err, NAME.rc
# In the commands OUT and ERR stand for the first two. Each is tied to what the program has printed: a busy machine is slow.
watch() {
	sed "s#OUT#$T/$1#g; s#ERR#$T/$1.err#g" |
		timeout 120 "$bed" -c "gauge g $2 noise=0.05" -c 'plug g' -- "$A" monitor --device "$3" --raw --json $4 >"$T/$1" 2>"$T/$1.err"
	echo $? >"$T/$1.rc"
}
tty=serial:/dev/ttyUSB0?family
begun='until OUT t_s 5\n'
on='until OUT t_s +5\n'
away=$begun'unplug g\nuntil ERR [370] 1\nplug g\nuntil ERR [371] 1\n'$on'unplug g\nplug g\nuntil ERR [371] 2\n'$on'stop\n'
printf "$away" | watch serial mark10 $tty=mark10 '' &
printf "$away" | watch usb hid-scale usb:0922:8003 '' &
printf "$away" | watch godirect godirect usb:08f7:0010 '' &
printf "$away" | watch golink golink usb:08f7:0003 '' &
printf "$away" | watch phidget phidget 'usb:06c2:003b?points=0:0,2:500' '' &
printf "${begun}unplug-mid-frame g\nuntil ERR [370] 1\nplug g\nuntil ERR [371] 1\n${on}stop\n" | watch middle wagner $tty=wagner '' &
printf "${begun}unplug g\n" | watch once mark10 $tty=mark10 --once &
printf "${begun}unplug g\n" | watch capture mark10 $tty=mark10 "--capture $T/capture.rec" &
printf "${begun}unplug g\n" | watch ended hid-scale usb:0922:8003 '--seconds 8' &
printf "${begun}unplug g\nuntil ERR [370] 1\nwait 0.5\nstop\n" | watch stopped mark10 $tty=mark10 '' &
printf "${begun}stall g 1.5\nuntil OUT gap +1\n${on}stop\n" | watch stall wagner $tty=wagner '' &
printf "${begun}delay g 60\nuntil OUT t_s +6\nstop\n" | watch delay lutron $tty=lutron '' &
printf "${begun}drop g 0.1\ngarble g 0.02\nuntil OUT t_s +6\nstop\n" | watch damage lutron $tty=lutron '' &
printf "${begun}babble g 1\nwait 1\nuntil OUT gap +1\n${on}stop\n" | watch babble mark10 $tty=mark10 '' &
printf "${begun}babble g 1\nwait 1\nuntil OUT gap +1\n${on}stop\n" | watch reports hid-scale usb:0922:8003 '' &
wait
[ "$(cat "$T/all.rc")" = 0 ] || fail "the bed of $n gauges ends with $(cat "$T/all.rc")"
while read -r family where; do
	readings=$(grep -c '^{"t_s"' "$T/all.$family")
	[ "$readings" = 6 ] && grep -q '^exit 0$' "$T/all.$family" || fail "$family: $readings readings: $(tail -n 3 "$T/all.$family")"
done <"$T/families"
[ "$n" -ge 4 ] || fail "only $n families"
"$PY" - "$T" <<'PY' || fail "what a monitor says"
import json, sys

def read(name):
    lines = [json.loads(line) for line in open(f"{sys.argv[1]}/{name}")]
    text = open(f"{sys.argv[1]}/{name}.err").read()
    assert lines and "summary" in lines[-1], (name, lines[-1:], text)
    return lines[:-1], lines[-1]["summary"], text, int(open(f"{sys.argv[1]}/{name}.rc").read())

def gaps(readings):
    return sum("gap" in r["flags"] for r in readings)

def unfounded(readings, s):  # a busy machine makes gaps of its own, but none without a silence or something in the summary
    short = [b for a, b in zip(readings, readings[1:]) if "gap" in b["flags"] and b["t_s"] - a["t_s"] < 0.2]
    return len(short) > s["timeouts"] + s["skipped_bytes"] + s["bad_length"] + s["bad_check"] + s["insane"]

for name, losses in (("serial", 2), ("usb", 2), ("godirect", 2), ("golink", 2), ("phidget", 2), ("middle", 1)):
    r, s, text, rc = read(name)
    assert rc == 143, (name, rc, text)
    assert (text.count("[370]"), text.count("[371]")) == (losses, losses), (name, text)
    assert gaps(r) >= losses and not unfounded(r, s), (name, gaps(r), s)
    assert s["readings"] == len(r) and all(abs(x["force_n"]) < 1 for x in r), name
for name in ("once", "capture", "ended"):
    r, s, text, rc = read(name)
    assert rc == 3 and "is gone" in text and "[371]" not in text, (name, rc, text)
    assert ("[370]" in text) == (name == "ended"), (name, text)
    assert len(r) >= 2, name
r, s, text, rc = read("stopped") # while the gauge is away
assert rc == 143 and "[370]" in text and "[371]" not in text and s["readings"] == len(r) > 2, (rc, text, s)
for name in ("stall", "delay", "damage", "babble", "reports"):
    r, s, text, rc = read(name)
    assert rc == 143 and "[309]" not in text, (name, rc, text)
    assert s["frames"] == s["readings"] + s["insane"] + s["foreign"] + s["refused"] + s["ignored"], (name, s)
    assert abs(r[-1]["force_n"]) < 1 or name == "damage", (name, r[-1])
r, s, text, rc = read("stall")
assert max(b["t_s"] - a["t_s"] for a, b in zip(r, r[1:])) > 1.2 and gaps(r) >= 1 and s["timeouts"] > 0, s
for name in ("babble", "reports"):
    r, s, text, rc = read(name)
    assert s["bad_length"] + s["skipped_bytes"] + s["insane"] + s["foreign"] > 20 and gaps(r) >= 1, (name, s)
PY
[ $failures = 0 ] || grep -h '^bed:' "$T"/*.err
"$A" monitor --device "replay:$T/capture.rec" --raw >/dev/null || fail "the capture of a lost gauge cannot be replayed"
finish
