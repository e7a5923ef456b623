# SPDX-License-Identifier: GPL-3.0-or-later
# The program on a machine with emulated gauges (docs/TESTBEDS.md): what `devices` lists; a wrong family, a port
# that another program has, two gauges alike and one that is not there are told in one sentence.
. tests/system/lib.inc
bed=$PWD/${BUILD:-build}/tests/bed
port() { echo "serial:/dev/ttyUSB$1?family=$2"; }

# ---- what there is ----
set -- -c 'gauge a mark10 -' -c 'gauge b wagner - serial=FT77' -c 'gauge s hid-scale - serial=SC1'
expect 0 'No serial port and no USB scale' "$bed" "$@" -- "$A" devices
set -- "$@" -c 'plug a as ttyUSB3' -c 'plug b' -c 'plug s'
expect 0 '^serial:/dev/ttyUSB3$' "$bed" "$@" -- "$A" devices
grep -q 'Adapter (simulated)  0403:6001 .*serial FT77' "$T/out" || fail "the second adapter: $(cat "$T/out")"
grep -q '^usb:0922:8003:SC1  hid-scale$' "$T/out" || fail "the scale: $(cat "$T/out")"
[ "$(grep -c 'usable' "$T/out")" = 3 ] || fail "three are usable: $(cat "$T/out")"
expect 0 '"devices"' "$bed" "$@" -- "$A" devices --json
"$PY" - "$T/out" <<'PY' || fail "devices --json"
import json, sys
found = {d["serial"]: d for d in json.load(open(sys.argv[1]))["devices"]}
assert set(found) == {"AG0001", "FT77", "SC1"}, found
assert found["AG0001"]["address"] == "serial:/dev/ttyUSB3" and found["AG0001"]["usb_id"] == "0403:6001"
assert found["SC1"]["family"] == "hid-scale" and found["FT77"]["family"] == ""
assert all(d["permitted"] for d in found.values())
PY

# ---- every USB family, plugged in at once ----
set -- -c 'gauge h hid-scale - serial=H1' -c 'gauge d godirect - serial=D1' -c 'gauge l golink - serial=L1' -c 'gauge p phidget - serial=P1' \
	-c 'plug h' -c 'plug d' -c 'plug l' -c 'plug p'
expect 0 '"devices"' "$bed" "$@" -- "$A" devices --json
"$PY" - "$T/out" <<'PY' || fail "devices --json of USB gauges: $(cat "$T/out")"
import json, sys
found = {d["family"]: d for d in json.load(open(sys.argv[1]))["devices"]}
ids = {"hid-scale": "0922:8003", "godirect": "08f7:0010", "golink": "08f7:0003", "phidget": "06c2:003b"}
assert len(found) == 4, found
for (family, usb_id), serial in zip(ids.items(), ("H1", "D1", "L1", "P1")):
    d = found[family]
    assert (d["usb_id"], d["serial"], d["address"]) == (usb_id, serial, f"usb:{usb_id}:{serial}"), d
    assert d["permitted"] and d["verdict"] == "usable", d
PY

# ---- a bridge: its own numbers without two known loads; a version that nobody knows is refused and not spoken to ----
set -- -c 'gauge p phidget noise=0&zero=5' -c 'plug p'
expect 0 '0.0200 mV/V  *- ' "$bed" "$@" -- "$A" monitor --device usb:06c2:003b --raw --count 1
expect 0 '5.00 N  *5.000 N' "$bed" "$@" -- "$A" monitor --device 'usb:06c2:003b?points=0:0,2:500' --raw --count 1
expect 3 'device version 205 speaks a protocol that is not documented' "$bed" -c 'gauge p phidget - variant=version-205' -c 'plug p' -- \
	"$A" monitor --device usb:06c2:003b

# ---- the wrong one ----
expect 3 'nothing that a wagner gauge sends came' "$bed" -c 'gauge a mark10 -' -c 'plug a' -- "$A" monitor --device "$(port 0 wagner)"
expect 3 '/dev/ttyUSB1: no such port' "$bed" -c 'gauge a wagner -' -c 'plug a' -- "$A" monitor --device "$(port 1 wagner)"
expect 3 'usb:0922:8003: no such port or device' "$bed" -c 'gauge a wagner -' -c 'plug a' -- "$A" monitor --device usb:0922:8003

# ---- two programs, one port ----
printf 'until %s/first N 2\nrun %s/second %s monitor --device %s\n' "$T" "$T" "$A" "$(port 0 mark10)" |
	timeout 60 "$bed" -c 'gauge a mark10 -' -c 'plug a' -c "run $T/first $A monitor --device $(port 0 mark10) --count 200" ||
	fail "two programs: the bed ends with $?"
grep -q 'another program is using it' "$T/second" || fail "the second program: $(cat "$T/second")"
grep -q '^exit 3$' "$T/second" || fail "the second program: $(cat "$T/second")"
grep -q '^ *200 readings$' "$T/first" && grep -q '^exit 0$' "$T/first" || fail "the first program was disturbed: $(tail -n 5 "$T/first")"

# ---- two programs, one USB gauge ----
printf 'until %s/first.usb N 2\nrun %s/second.usb %s monitor --device usb:08f7:0010\n' "$T" "$T" "$A" |
	timeout 60 "$bed" -c 'gauge a godirect -' -c 'plug a' -c "run $T/first.usb $A monitor --device usb:08f7:0010 --count 200" ||
	fail "two programs, USB: the bed ends with $?"
grep -q 'another program is using it' "$T/second.usb" && grep -q '^exit 3$' "$T/second.usb" || fail "the second program: $(cat "$T/second.usb")"
grep -q '^ *200 readings$' "$T/first.usb" && grep -q '^exit 0$' "$T/first.usb" || fail "the first program was disturbed: $(tail -n 5 "$T/first.usb")"

# ---- two alike ----
set -- -c 'gauge a hid-scale noise=0&zero=1 serial=S1' -c 'gauge b hid-scale noise=0&zero=2 serial=S2' -c 'plug a' -c 'plug b'
expect 3 '2 devices alike are connected \(.*S[12].*S[12]' "$bed" "$@" -- "$A" monitor --device usb:0922:8003 --count 1
expect 0 ' 204 g' "$bed" "$@" -- "$A" monitor --device usb:0922:8003:S2 --raw --count 1
expect 0 ' 102 g' "$bed" "$@" -- "$A" monitor --device usb:0922:8003:S1 --raw --count 1
set -- -c 'gauge a mark10 noise=0&zero=1' -c 'gauge b mark10 noise=0&zero=2' -c 'plug a' -c 'plug b'
expect 0 '1.00 N ' "$bed" "$@" -- "$A" monitor --device "$(port 0 mark10)" --raw --count 1
expect 0 '2.00 N ' "$bed" "$@" -- "$A" monitor --device "$(port 1 mark10)" --raw --count 1
finish
