# SPDX-License-Identifier: GPL-3.0-or-later
# Check weights from end to end with an emulated gauge: a good one passes, one that reads too much fails, what was
# entered once is kept, nothing is stored of half a check, and the drift is drawn.
. tests/system/lib.inc
S=$T/study
"$A" init "$S" --id test --zone UTC --examiner E1 >/dev/null || fail "the study could not be made"
C=$S/calibration

# What is missing or makes no sense is said before the gauge is asked.
expect 2 'no check weights are entered.*--weights 0.5,1,2,5' "$A" check --device sim:mark10 --yes --study "$S"
expect 2 'three weights are the least' "$A" check --device sim:mark10 --weights 1,2 --yes --study "$S"
expect 2 'named twice' "$A" check --device sim:mark10 --weights 1,2,2 --yes --study "$S"
expect 2 'numbers with a decimal point' "$A" check --device sim:mark10 --weights '1;2;5' --yes --study "$S"
expect 2 'gravity.*1.62' "$A" check --device sim:mark10 --gravity 1.62 --yes --study "$S"
expect 2 'loadings' "$A" check --device sim:mark10 --loadings 4 --yes --study "$S"
expect 2 'options only' "$A" check P012 --study "$S"
expect 0 'kept for the next checks' "$A" check --weights 1,2,5 --study "$S"
grep -q '^masses_kg: \[1, 2, 5\]$' "$C/weights.yaml" || fail "weights cannot be entered without a gauge"
expect 2 'no gauge is named' "$A" check --study "$S"
expect 1 'no check is stored' "$A" check --list --study "$S"
expect 1 'no check is stored' "$A" plot check --study "$S"
rm -f "$C/weights.yaml"

# A good gauge passes; what was typed is kept for the next time.
expect 0 'standard gravity 9.80665' "$A" check --device sim:mark10 --weights 0.5,1,2,5 --yes --study "$S" \
	--clock 2026-03-02T09:30:00Z
expect 0 'kept for the next checks' "$A" check --device sim:mark10 --gravity 9.8155 --class M1 --uncertainty 0.005 \
	--tolerance 1,0.5 --loadings 3 --capacity 100 --temperature 21.5 --yes --study "$S" --clock 2026-03-09T09:30:00Z
for word in 'SIMULATED. PASSED' 'Nothing was adjusted' 'class M1, uncertainty 0.005 %' '21.5 degrees' 'repeatability 0' \
	'range +100 N' 'R2 1.00000' 'put on 5 kg \(49.08 N\)'; do
	grep -qE -- "$word" "$T/out" || fail "no '$word' in a check"
done
cp "$C/weights.yaml" "$T/weights"
grep -q '^local_g_m_s2: 9.8155$' "$T/weights" || fail "gravity was not kept"
f=$C/SIM0001_2026-03-09T093000.yaml
head -n 1 "$f" | grep -qx 'algometer: check 1' || fail "no check file"
[ "$(grep -c '^- {loading' "$f")" = 27 ] || fail "not 27 rows"
grep -q '^simulated: true$' "$f" && grep -q "^examiner: 'E1'$" "$f" || fail "$f does not say who and what"
[ "$(stat -c %a "$f")" = 600 ] || fail "$f can be read by others"

# Never overwritten.
cp "$f" "$T/first"
expect 1 'never overwritten' "$A" check --device 'sim:mark10?gain=1.02' --yes --study "$S" --clock 2026-03-09T09:30:00Z
cmp -s "$f" "$T/first" || fail "a check was overwritten"

# One that reads 2 % too much fails, and is stored all the same; gauges of every family are understood.
expect 1 'did not pass: .*5 kg reads \+0.9' "$A" check --device 'sim:mark10?gain=1.02' --yes --study "$S" \
	--clock 2026-03-16T09:30:00Z
grep -q 'FAILED' "$T/out" && grep -q 'nothing was adjusted' "$T/err" || fail "a failure is not told"
[ -e "$C/SIM0001_2026-03-16T093000.yaml" ] || fail "a failed check was not stored"
grep -q '^passed: false$' "$C/SIM0001_2026-03-16T093000.yaml" || fail "a failed check says passed"
expect 0 'PASSED' "$A" check --device 'sim:mark10?gain=1.02' --capacity 500 --yes --study "$S" --clock 2026-03-17T09:30:00Z
expect 0 'PASSED' "$A" check --device 'sim:mark10?zero=0.3' --yes --study "$S" --clock 2026-03-18T09:30:00Z
for family in wagner lutron hid-scale; do
	expect 0 'PASSED' "$A" check --device "sim:$family" --yes --study "$S" --clock 2026-03-02T09:30:00Z
done
expect 0 '"passed":.*true' "$A" check --device sim:wagner --yes --study "$S" --clock 2026-03-03T09:30:00Z --json
"$PY" -c 'import json, sys; d = json.load(open(sys.argv[1])); assert d["adjusted"] is False and len(d["weights"]) == 4' \
	"$T/out" || fail "no JSON"

# A gauge that swings, is silent, gone, overloaded, turned round or not simulated.
n=$(ls "$C" | wc -l)
expect 3 'did not come to rest' "$A" check --device 'sim:mark10?noise=1' --yes --study "$S"
expect 3 'no usable reading|nothing that' "$A" check --device 'sim:mark10?stall=5' --yes --study "$S"
expect 3 'is gone' "$A" check --device 'sim:mark10?unplug=5' --yes --study "$S"
expect 2 'more than the gauge.s 20.0 N' "$A" check --device sim:mark10 --capacity 20 --yes --study "$S"
expect 3 'add polarity=-' "$A" check --device 'sim:mark10?polarity=-' --yes --study "$S"
expect 2 'simulated gauge only' "$A" check --device replay:tests/recordings/mark10/stream.rec --yes --study "$S"
expect 1 '0 of at least 3 weights' "$A" check --device sim:mark10 --study "$S"
[ "$(ls "$C" | wc -l)" = "$n" ] || fail "something was stored of a check that was not made"

# By hand, line by line: too few is nothing, one left out is fine.
printf '\n\n\nq\n' >"$T/keys"
"$A" check --device sim:mark10 --study "$S" <"$T/keys" >"$T/out" 2>&1
[ $? = 1 ] && grep -q '2 of at least 3' "$T/out" || fail "a check of two weights"
printf '\n\ns\n\n\n\n\n\n' >"$T/keys"
"$A" check --device sim:mark10 --study "$S" --clock 2026-03-20T09:30:00Z <"$T/keys" >"$T/out" 2>&1
[ $? = 0 ] && grep -q '^masses_kg: \[0.5, 2, 5\]' "$C/SIM0001_2026-03-20T093000.yaml" || fail "a weight cannot be left out"
cmp -s "$C/weights.yaml" "$T/weights" || fail "a weight that was left out is gone from weights.yaml"

# The list, one of it, and a file that somebody changed.
expect 0 '2026-03-16 09:30  FAILED  largest error \+2.* mark10 M5-50 \(simulated\) serial SIM0001 \(SIMULATED\)' "$A" check --list --study "$S"
expect 0 'worst_error_percent' "$A" check --list --json --study "$S"
expect 0 '2 kg +19.63 N' "$A" check --show SIM0001_2026-03-09T093000 --study "$S"
expect 0 'PASSED' "$A" check --show "$f"
expect 1 'no such file' "$A" check --show nothing --study "$S"
sed 's/^passed: false/passed: true/' "$C/SIM0001_2026-03-16T093000.yaml" >"$C/forged.yaml"
expect 1 'forged.yaml:[0-9]+:[0-9]+: passed: its rows say the opposite' "$A" check --list --study "$S"
rm "$C/forged.yaml"

# The drift of each gauge.
expect 2 'several gauges.*SIM0001-simulated, ' "$A" plot check --study "$S"
expect 1 'no check of nothing' "$A" plot check nothing --study "$S"
expect 2 'one gauge' "$A" plot check a b --study "$S"
expect 0 '"error_percent"' "$A" plot check mark10 --study "$S" --json
if command -v gnuplot >/dev/null; then
	for form in svg pdf png; do
		expect 0 "drift.$form" "$A" plot check mark10 --study "$S" --out "$T/drift.$form"
		cp "$T/drift.$form" "$T/once"
		expect 0 . "$A" plot check SIM0001-simulated --study "$S" --out "$T/drift.$form"
		cmp -s "$T/once" "$T/drift.$form" || fail "another run gives other bytes: $form"
	done
	for word in 'SIMULATED DATA' 'error (% of reading)' '0.5 kg' '2026-03-02' '1 failed'; do
		grep -qF "$word" "$T/drift.svg" || fail "no '$word' in the picture"
	done
	expect 0 . "$A" plot check mark10 --study "$S" --out "$T/narrow.svg" --width 85mm
	expect 0 'SIMULATED DATA' "$A" plot check mark10 --study "$S"
	[ "$(wc -l <"$T/out")" -le 25 ] || fail "text longer than a terminal"
	expect 0 'SIMULATED DATA' "$A" plot check hid-scale --study "$S" # one check only
fi
[ "$(awk -F '\t' 'NR == 1 { print NF }' "$T/drift.tsv" 2>/dev/null || echo 14)" = 14 ] || fail "the table has other columns"
# A check from the future is said to be one: it would be the last one for years.
"$A" check --device sim:wagner --yes --study "$S" --clock 2030-01-02T09:30:00Z >/dev/null 2>&1
"$A" points P012 add UTRAP_R --role target --study "$S" >/dev/null
expect 0 'dated after today' "$A" record P012 --study "$S" --device sim:wagner --procedure upper-body --clock 2026-03-20T09:30:00Z --yes --plain
finish
