#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# show --norms as it is typed: rows that fit, each reason why one does not, tables of a study, what is refused.
. tests/system/lib.inc
cd "$T" || exit 1

# A person at masseter and thenar, 50 kPa/s, tip 1 cm2.
"$A" init S --zone UTC >/dev/null
sed 's/^id: .*/id: face/; s/^tip_area_cm2: .*/tip_area_cm2: 1.0/' "$ALGOMETER_DATA/procedures/dfns-ppt.yaml" >S/procedures/face.yaml
"$A" record P012 --study S --procedure face --device 'sim:mark10?seed=4' --button sim --yes --plain --examiner E1 \
	--precautions none --no-journal test --clock 2026-03-02T09:00:00+00:00 >rec.out 2>&1 || { fail "record"; cat rec.out; }
file=S/sub-P012/ses-01/sub-P012_ses-01_algometry.h5

people() { # columns and the cells of P012
	printf 'participant_id\t%b\nsub-P012\t%b\n' "$1" "$2" >S/participants.tsv
}
# shown PATTERN: show --norms answers, and the block, on one line, has the pattern.
shown() {
	expect 0 'Reference values: thresholds of other people' "$A" show P012 --norms --study S || return
	sed -n '/^Reference values/,$p' "$T/out" | tr -s ' \n' ' ' >"$T/block"
	grep -qE -- "$1" "$T/block" || { fail "show --norms: no '$1'"; cat "$T/block"; }
}

# ---- rows that fit, and why they do not
people 'sex\tage' 'F\t30-39'
shown 'N06 at THEN, healthy Taiwanese, women, age 30.5 \(SD 8.1\), n 75; tip 1 cm2, 50 kPa/s, response not told there: mean 256.7, SD 94.8 kPa'
shown 'Source: Pan LLH et al. 2024.*Masseter, body \(left\), [0-9]+ kPa: [0-9]+ kPa (above|below) their mean'
shown 'None that fits \(no table has this place\): Abductor hallucis'
shown 'Not a diagnosis'
grep -qE 'N05|N07| z |normal|patholog' "$T/block" && fail 'another sex, a z-score or a verdict'
expect 0 '^Not' sh -c "'$A' show P012 --study S | grep -q Reference && echo shown || echo Not"
people 'sex\tage' 'M\t30-39'
shown 'N05 at THEN, healthy Taiwanese, men'
people 'age' '34'
shown 'sex not known: add a column sex \(F or M\) to participants.tsv'
people 'sex' 'F'
shown 'age not known: add a column age'
people 'sex\tage' 'F\t71'
shown "age 71, the table's is 30.5 \(SD 8.1\)"
people 'sex\tage' 'F\t1980-03-02'
expect 1 "participants.tsv:2: column 'age': '1980-03-02' is neither years .* never a date of birth" "$A" show P012 --norms --study S
people 'sex\tage' 'F\t34'
expect 0 'tip 1 cm2' "$A" show "$file" --norms # the study is found by where the file lies
grep -q 'N08 at MASS' "$T/out" || fail 'a file in its study: the person is not looked up'
cp "$file" alone.h5
expect 0 'sex not known' "$A" show alone.h5 --norms
expect 0 'N08 at MASS' "$A" show alone.h5 --norms --study S
"$A" amend "$file" tip_area_cm2 0.5 --why 'the small tip was on' --who E1 >/dev/null
shown "tip 0.5 cm2, the table's is 1 cm2"
cp alone.h5 "$file"

# ---- JSON
"$A" show P012 --norms --json --study S >"$T/json" || fail 'show --norms --json'
"$PY" - "$T/json" <<'PY' || fail 'numbers in the JSON'
import json, sys
points = {p['site']: p for p in json.load(open(sys.argv[1]))['sessions'][0]['norms']}
row = points['MASS_L']['rows'][0]
assert row['id'] == 'N08' and row['n'] == 75 and row['mean_kpa'] == 156.6 and row['sd_kpa'] == 58.4
assert abs(row['difference_kpa'] - (points['MASS_L']['ppt_kpa'] - 156.6)) < 1e-9 and row['difference_sign'] == '='
assert row['z'] is None and row['p50_kpa'] is None and points['MASS_L']['why_not'] is None
assert points['ABH_R']['rows'] == [] and points['ABH_R']['why_not'] == 'no table has this place'
PY
"$A" show P012 --json --study S | grep -q '"norms"' && fail 'norms in the JSON without being asked for'

# ---- tables of the study
head='id\tsite\tpopulation\tsex\tage_from\tage_to\tn\tlog10_mean\tlog10_sd\trate_low_kpa_s\trate_high_kpa_s\ttip_cm2\tsource\treference\n'
mkdir S/norms
table() { printf "$head$1" >S/norms/own.tsv; }
table 'X1\tABH\tour own\tB\t18\t99\t40\t2.60\t0.15\t40\t60\t1\town sessions 2025\tyes\n'
shown 'X1 at ABH, our own, women and men, age 18 to 99, n 40.*mean of log10 2.6, SD 0.15 Source: own sessions 2025 \(own.tsv\).*Abductor hallucis \(left\), [0-9]+ kPa: z [+-][0-9.]+ \(of log10 values; positive: more sensitive'
"$A" show P012 --norms --json --study S >"$T/json"
"$PY" - "$T/json" <<'PY' || fail 'z in the JSON'
import json, math, sys
p = {p['site']: p for p in json.load(open(sys.argv[1]))['sessions'][0]['norms']}['ABH_L']
assert abs(p['rows'][0]['z'] + (math.log10(p['ppt_kpa']) - 2.6) / 0.15) < 1e-12 and p['rows'][0]['z_sign'] == '='
PY
refused() { # row, pattern
	table "$1"
	expect 1 "own.tsv:2: $2" "$A" show P012 --norms --study S && { [ ! -s "$T/out" ] || fail "$2: something was shown"; }
}
refused 'X1\tABH\t\tB\t18\t99\t40\t2.60\t0.15\t40\t60\t1\town\tyes\n' "column 'population': is empty"
refused 'X1\tABH\town\tB\t18\t99\t\t2.60\t0.15\t40\t60\t1\town\tyes\n' "column 'n': is empty"
refused 'X1\tABH\town\tB\t18\t99\t40\t2.60\t0.15\t\t60\t1\town\tyes\n' "column 'rate_low_kpa_s': is empty"
refused 'X1\tABH\town\tB\t18\t99\t40\t2.60\t0.15\t40\t60\t\town\tyes\n' "column 'tip_cm2': is empty"
refused 'X1\tABH\town\tB\t18\t99\t40\t2.60\t0.15\t40\t60\t1\t\tyes\n' "column 'source': is empty"
refused 'N05\tABH\town\tB\t18\t99\t40\t2.60\t0.15\t40\t60\t1\town\tyes\n' "column 'id': N05 is there already"
refused 'X1\tABX\town\tB\t18\t99\t40\t2.60\t0.15\t40\t60\t1\town\tyes\n' "column 'site': unknown site 'ABX'"
refused 'X1\tABH\t\033[2J\tB\t18\t99\t40\t2.60\t0.15\t40\t60\t1\town\tyes\n' 'control characters'
table 'X1\tABH\t\tB\t\t\t\t\t\t\t\t\t\tno\n' # patients, say: passed over
shown 'no table has this place\): Abductor hallucis'
printf 'id\tsite\tmean\n' >S/norms/own.tsv
expect 1 "own.tsv:1: unknown column 'mean'" "$A" show P012 --norms --study S
rm S/norms/own.tsv
touch S/norms/notes.txt
shown 'N08 at MASS'
finish
