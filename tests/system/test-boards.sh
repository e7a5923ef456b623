# SPDX-License-Identifier: GPL-3.0-or-later
# Load cell boards and a machine that presses by itself, at the commands: what can be recorded is, and what is no force at
# a tip is refused by name; a gauge that is too slow is told.
. tests/system/lib.inc
S=$T/study
make_study "$S" || fail "the study could not be made"
record() { # code pattern device
	expect "$1" "$2" "$A" record P012 --study "$S" --device "$3" --clock 2026-03-02T09:30:00+01:00 --yes
}

record 0 'accepted' 'sim:openscale?seed=3&hz=40'
record 3 "load cell's own numbers.*points=" 'sim:hx711?seed=3'
record 3 "cuff's pressure is not a force" 'sim:cpar'
expect 3 "cuff's pressure is not a force" "$A" check --study "$S" --device sim:cpar --weights 0.5,1,2 --yes
n=$(find "$S" -name '*.h5' | wc -l)
[ "$n" = 1 ] || fail "1 session can be recorded, $n files are there"

# The cuff: its pressure stands in the column of pressures, and it lets go when it is told to.
expect 0 '20.0 kPa stimulating' "$A" monitor --device 'sim:cpar?firmware=old' --raw --count 130
expect 0 ' - N +49.8 kPa .*gauge: 49.8 kPa stimulating' "$A" monitor --device replay:tests/recordings/cpar/examples.rec
for firmware in new intermediate old; do
	expect 0 '0.0 kPa' "$A" monitor --device "sim:cpar?firmware=$firmware" --stop --raw --count 2
done
expect 2 'new, intermediate or old' "$A" monitor --device 'sim:cpar?firmware=8' --raw --count 2
expect 3 'no documented command for stopping' "$A" monitor --device sim:wagner --stop --raw --count 2
expect 2 'cuffs 1 and 2' "$A" monitor --device 'replay:tests/recordings/cpar/examples.rec?strict=1&channel=3' --raw

# The rate that comes, beside the one to be expected.
expect 0 ' 62.5 readings a second' "$A" monitor --device 'sim:mark10?bundle=16' --raw --seconds 5
grep -q '62.5 readings a second come, and 100 were to be expected' "$T/err" || fail "a slow gauge is not told"
expect 0 '"rate_hz":5[,}]' "$A" monitor --device sim:openscale --json --seconds 5
[ ! -s "$T/err" ] || fail "a rate that was not promised is missed: $(cat "$T/err")"
finish
