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
		"run $T/all.$family $A monitor --device $where --raw --json --count 6 --seconds 20"
	n=$((n + 1))
done <"$T/families"
{ timeout 60 "$bed" "$@" </dev/null; echo $? >"$T/all.rc"; } & # looked at when the others are over as well
[ -z "${SAN:-}" ] || wait # forty programs with sanitizers at once are too many

# ---- what happens to a cable: each in a bed of its own, side by side ----
# watch NAME FAMILY ADDRESS "MORE OPTIONS": commands come on standard input; what is printed goes to NAME, NAME.err, NAME.rc
# A program with sanitizers takes long to begin: each wait is two then.
watch() {
	sed "${SAN:+s/^wait .*/&\n&/}" | timeout 60 "$bed" -c "gauge g $2 noise=0.05" -c 'plug g' -- "$A" monitor --device "$3" --raw --json $4 \
		>"$T/$1" 2>"$T/$1.err"
	echo $? >"$T/$1.rc"
}
tty=serial:/dev/ttyUSB0?family
away='wait 1\nunplug g\nwait 0.7\nplug g\nwait 2.5\nunplug g\nplug g\nwait 3\nstop\n'
printf "$away" | watch serial mark10 $tty=mark10 '' &
printf "$away" | watch usb hid-scale usb:0922:8003 '' &
printf "$away" | watch godirect godirect usb:08f7:0010 '' &
printf "$away" | watch golink golink usb:08f7:0003 '' &
printf "$away" | watch phidget phidget 'usb:06c2:003b?points=0:0,2:500' '' &
printf 'wait 1\nunplug-mid-frame g\nwait 0.5\nplug g\nwait 3\nstop\n' | watch middle wagner $tty=wagner '' &
printf 'wait 1\nunplug g\n' | watch once mark10 $tty=mark10 --once &
printf 'wait 1\nunplug g\n' | watch capture mark10 $tty=mark10 "--capture $T/capture.rec" &
printf 'wait 1\nunplug g\n' | watch ended hid-scale usb:0922:8003 '--seconds 3' &
printf 'wait 1\nunplug g\nwait 0.7\nstop\n' | watch stopped mark10 $tty=mark10 '' &
printf 'wait 1\nstall g 1.5\nwait 3\nstop\n' | watch stall wagner $tty=wagner '' &
printf 'wait 1\ndelay g 60\nwait 2\nstop\n' | watch delay lutron $tty=lutron '' &
printf 'wait 0.5\ndrop g 0.1\ngarble g 0.02\nwait 2.5\nstop\n' | watch damage lutron $tty=lutron '' &
printf 'wait 1\nbabble g 1\nwait 2.5\nstop\n' | watch babble mark10 $tty=mark10 '' &
printf 'wait 1\nbabble g 1\nwait 2.5\nstop\n' | watch reports hid-scale usb:0922:8003 '' &
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
    assert "summary" in lines[-1], (name, lines[-1])
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
    assert r[-1]["t_s"] > 2.5, name
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
[ $failures = 0 ] || for f in "$T"/*.err; do echo "== $f"; tail -n 4 "$f"; done
"$A" monitor --device "replay:$T/capture.rec" --raw >/dev/null || fail "the capture of a lost gauge cannot be replayed"
finish
