# SPDX-License-Identifier: GPL-3.0-or-later
# A gauge that sends text, through the shipped program: by a shipped profile and by one of its owner's; what is told of each
# line; a gauge that nobody knows is only listened to; captures carry the profile; instruments are refused by name.
. tests/system/lib.inc
cat >"$T/my-gauge.yaml" <<'Y'
# The example of docs/PROFILES.md.
algometer: profile 1
id: my-gauge
title: Maker and model
source: seen on the line of my own gauge, firmware 1.2
proven: yes
baud: 9600
pattern: "N:{blanks}{number} {unit}"
units: {kg: kgf, N: N, lb: lbf}
Y
cat >"$T/own.rec" <<'R'
# algometer-recording 1
# family: unknown
# kind: synthetic
0 < 4E 3A 20 20 31 32 2E 33 34 20 6B 67 0D 0A
100000 < 4E 3A 20 2D 4F 56 45 52 2D 0D 0A
200000 < 01 FF
R
own="replay:$T/own.rec?family=text&profile=$T/my-gauge.yaml"
"$A" monitor --device "$own" --explain >"$T/told" 2>&1 || fail "explain"
grep -qF '0.000 s  reading     "N:  12.34 kg"  = 121.014 N  number '"'12.34', unit 'kg' is kgf" "$T/told" || fail "no reading told: $(cat "$T/told")"
grep -qF '0.100 s  insane      "N: -OVER-"  stops at column 5 ('"'O'): {number} does not fit" "$T/told" || fail "no stop told: $(cat "$T/told")"
grep -qF '0.200 s  cut         01 FF' "$T/told" || fail "no rest told: $(cat "$T/told")"
"$A" monitor --device "$own" --explain --json | "$PY" -c '
import json, sys
rows = [json.loads(line) for line in sys.stdin]
assert [r.get("verdict") for r in rows[:-1]] == ["reading", "insane", "cut"], rows
assert rows[0]["bytes"] == "4E 3A 20 20 31 32 2E 33 34 20 6B 67" and abs(rows[0]["force_n"] - 12.34 * 9.80665) < 1e-6, rows[0]
assert rows[1]["force_n"] is None and "column 5" in rows[1]["why"], rows[1]
assert rows[-1]["summary"]["insane"] == 1, rows[-1]' || fail "explain --json"

# Listening needs no family, decodes nothing, and its capture can be read later with a profile.
expect 0 '4E 3A 20 20 31 32 2E 33 34 20 6B 67 0D 0A +\|N:  12.34 kg\.\.\|' "$A" monitor --device "replay:$T/own.rec" --bytes --capture "$T/heard.rec"
grep -qx ' *27 bytes' "$T/out" || fail "bytes heard"
grep -qx '# family: unknown' "$T/heard.rec" || fail "family of what was heard"
expect 2 'of no known family: add .family=NAME or .profile=NAME' "$A" monitor --device "replay:$T/heard.rec"
expect 0 '"value":12.34,"unit":"kgf"' "$A" monitor --device "replay:$T/heard.rec?profile=$T/my-gauge.yaml" --raw --json --capture "$T/read.rec"
grep -qx '# profile: my-gauge' "$T/read.rec" || fail "a capture without its profile"
expect 2 "unknown profile 'my-gauge'" "$A" monitor --device "replay:$T/read.rec"
printf '# algometer-recording 1\n# family: unknown\n# kind: synthetic\n0 < 31\n1000 < 32 2E\n2000 < 35 20 4E\n3000 < 0D\n4000 < 0A\n5000 < 32\n90000 < 33\n' >"$T/trickle.rec"
expect 0 '^ *0.000 s  31 32 2E 35 20 4E 0D 0A  +\|12.5 N..\|$' "$A" monitor --device "replay:$T/trickle.rec" --bytes
grep -qE '^ *0.005 s  32 +\|2\|$' "$T/out" && grep -qE '^ *0.090 s  33 +\|3\|$' "$T/out" || fail "rows of --bytes: $(cat "$T/out")"
expect 2 'choose one' "$A" monitor --device "$own" --bytes --raw
expect 2 'it goes with family=text only' "$A" monitor --device 'serial:/dev/x?family=wagner&profile=csv'
sed -i 's/{number}/{nomber}/' "$T/my-gauge.yaml"
expect 1 "my-gauge.yaml:8:10: pattern, character 11 .'{nomber}" "$A" monitor --device "$own"

# The emulated gauge on a pseudo-terminal: its address names its profile, what is asked is told.
"$A" sim text --pty >"$T/served" 2>/dev/null &
served=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -s "$T/served" ] && break; sleep 0.1; done
address=$(head -n 1 "$T/served")
case $address in *family=text\&profile=torbal-fa\&simulated=1) ;; *) fail "address: $address" ;; esac
expect 0 "profile torbal-fa asks the gauge with 'SI.r.n', every 100 ms" "$A" monitor --device "$address" --count 3 --raw
grep -qE ' N +-?[0-9.]+ N' "$T/out" || fail "no reading from the pseudo-terminal"
# --bytes writes nothing to it, so it says nothing.
expect 0 '^ *0 readings$' "$A" monitor --device "$address" --bytes --seconds 0.5
grep -q ' bytes$' "$T/out" && fail "the gauge was asked"
kill $served

# Families, and what cannot be read.
expect 2 "'Somedic' .Somedic algometer, SenseBox. is known and cannot be read: nobody documented" "$A" monitor --device 'serial:/dev/ttyUSB0?family=Somedic'
expect 2 'speaks Bluetooth LE only' "$A" monitor --device tindeq
expect 0 '^text:torbal-fa +profile' "$A" families
"$A" families --json | "$PY" -c '
import json, sys
rows = {r["family"]: r for r in json.load(sys.stdin)["families"]}
assert rows["mark10"]["status"] == "full" and rows["mark10"]["line"] == "115200 8N1", rows["mark10"]
assert rows["text:nextech"]["status"] == "guess" and rows["chatillon"]["status"] == "refused"
assert rows["text:shimpo-fgv"]["line"] == "" and rows["chatillon"]["rate_hz"] is None' || fail "families --json"
finish
