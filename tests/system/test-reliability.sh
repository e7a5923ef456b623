# SPDX-License-Identifier: GPL-3.0-or-later
# A small study of stable pairs: marked, computed, stored, listed, drawn; what must be refused is refused.
. tests/system/lib.inc
S=$T/study
"$A" init "$S" --id test >/dev/null || fail "the study could not be made"
rel() { expect "$1" "$2" "$A" reliability --study "$S" $3; }

record() { # code, visit, day, examiner, options
	code=$1 visit=$2 day=$3 examiner=$4
	shift 4
	expect 0 'accepted' "$A" record "$code" --study "$S" --examiner "$examiner" --yes "$@" \
		--device "sim:mark10?seed=1&participant=$code&visit=$visit" --clock "$day"
}
mark() { "$A" reliability "$1" "$2" "$3" "$4" --study "$S" --who EX1 --why "healthy; nothing was done" >/dev/null 2>"$T/err"; }

for code in P101 P102 P103 P104; do
	"$A" points $code add UTRAP_R --role target --primary --study "$S" >/dev/null || fail "no point"
	record $code 1 2026-03-02T09:30:00+01:00 EX1
	record $code 2 2026-03-09T09:30:00+01:00 EX1
done
record P101 3 2026-03-09T10:30:00+01:00 EX2 --session 2 --again
record P102 3 2026-03-23T09:30:00+01:00 EX1

# before any mark: presses only, said plainly; nothing is written
rel 0 'No two visits are marked stable' ''
[ ! -e "$S/stable.tsv" ] && [ ! -e "$S/reliability.tsv" ] || fail "a table was made without being asked for"
expect 2 'nothing to draw' "$A" plot agreement --study "$S"

# marks
for code in P101 P102 P103; do
	mark stable $code 1 2-run1 || { fail "$code was not marked"; cat "$T/err"; }
done
mark stable P102 3 2 || fail "a third visit was not marked"
mark stable P101 2-run1 2-run2 || fail "two examiners were not marked"
expect 1 'marked stable already' "$A" reliability stable P101 2-run1 1 --study "$S" --who EX1 --why again
expect 2 'not a pair with itself' "$A" reliability stable P101 1 1-run1 --study "$S" --who EX1 --why x
expect 2 '3-run2|4-run2' "$A" reliability stable P101 1 2-run --study "$S" --who EX1 --why x
expect 1 'no session 2 run 7' "$A" reliability stable P101 1 2-run7 --study "$S" --who EX1 --why x
expect 2 'who' "$A" reliability stable P104 1 2 --study "$S" --why x
expect 2 'why' "$A" reliability stable P104 1 2 --study "$S" --who EX1
expect 2 'why' "$A" reliability stable P104 1 2 --study "$S" --who EX1 --why "$(printf 'a\033[2Jb')"
expect 2 'P999' "$A" reliability stable P999 1 2 --study "$S" --who EX1 --why x
expect 2 'stable, unstable, list, add' "$A" reliability steady P101 1 2 --study "$S"
expect 2 'reliability list' "$A" reliability list --who EX1 --study "$S"

# a treatment between: refused, kept with its reason, and a pair that was marked before it is left out
"$A" treatment P104 add --modality dry-needling --day 2026-03-05 --study "$S" >/dev/null
expect 1 'dry-needling is on record for 2026-03-05' "$A" reliability stable P104 1 2 --study "$S" --who EX1 --why healthy
expect 0 'marked stable' "$A" reliability stable P104 1 2 --study "$S" --who EX1 --why healthy --despite "it was sham"
"$A" treatment P103 add --modality heat --day 2026-03-09 --time 08:00 --study "$S" >/dev/null
"$A" treatment P102 add --modality heat --day 2026-03-02 --time 09:00 --study "$S" >/dev/null # before the first
rel 0 'heat is on record for 2026-03-09 08:00' ''
grep -q 'P103' "$T/err" || fail "the treated pair is not named"

# unlike sessions
record P103 4 2026-04-06T09:30:00+02:00 EX1
expect 0 . "$A" amend "$(find "$S/sub-P103" -name '*ses-03*.h5')" tip_area_cm2 0.5 --why "the small tip was on" --who EX1
expect 1 'not alike: tip area' "$A" reliability stable P103 1 3 --study "$S" --who EX1 --why x

# computed: P101, P104 with two visits, P102 with three
rel 0 'UTRAP_R +3 +4 +7-14' '--kind between-visits'
rel 0 'BETWEEN EXAMINERS' ''
rel 0 'df below 10' ''
rel 0 '3 participants with visits marked stable: 20 or more' ''
rel 0 'People needed to find a mean change of 40 kPa' '--plan 40'
rel 1 'nothing to compute' '--site NOWHERE'
[ "$(awk '{ if (length($0) > 80) n++ } END { print n + 0 }' "$T/out")" = 0 ] || fail "wider than a terminal"
expect 2 'go together' "$A" reliability --scale log10 --study "$S"
expect 2 'closest two' "$A" reliability --rule closest-two --study "$S"
expect 2 'kPa or log10' "$A" reliability --scale ln --why x --study "$S"
expect 2 'store needs --who' "$A" reliability --store --study "$S"
[ ! -e "$S/reliability.tsv" ] || fail "stored without being asked for"

# the same SEM as a stranger computes from the session files
rel 0 '"rows"' '--json --kind between-visits --site UTRAP_R'
"$PY" - "$T/out" "$S" <<'P' || fail "the SEM is not the one a stranger computes"
import glob, json, sys, h5py
d = json.load(open(sys.argv[1]))
row, = d["rows"]
def value(code, name):
    path, = glob.glob(f"{sys.argv[2]}/sub-{code}/ses-0{name[0]}/sub-{code}_ses-0{name}_algometry.h5")
    f = h5py.File(path)
    r = f["results"]
    v = [p for p, s, c, k in zip(r["ppt_kpa"][()], r["status"][()], r["site_code"][()], r["kind"][()])
         if s == 1 and c.decode().strip("\0 ") == "UTRAP_R" and k != 2]
    return sum(v) / len(v)
groups = [("P101", "1", "2"), ("P102", "1", "2", "3"), ("P104", "1", "2")]
ss = df = 0
for g in groups:
    v = [value(g[0], n) for n in g[1:]]
    m = sum(v) / len(v)
    ss += sum((x - m) ** 2 for x in v)
    df += len(v) - 1
assert row["df"] == df == 4 and row["participants"] == 3, row
assert abs(row["sem"] - (ss / df) ** .5) < 1e-6, (row["sem"], (ss / df) ** .5)
assert d["simulated"] and d["scale"]["used"] == "kPa" and d["scale"]["by_test"] is None
P

# tolerances: errors of their own; sessions that have none are left out and counted, not refused
rel 0 '[0-9]+ sessions have no tolerance: it was not asked for' '--measure tolerance'
n=$(find "$S" -name '*_algometry.h5' | wc -l)
grep -q " $n sessions have no tolerance" "$T/out" || fail "not all of the $n sessions without a tolerance are counted"
for day in 13 20; do
	record P104 9 2026-04-${day}T09:30:00+02:00 EX1 --procedure threshold-tolerance
done
mark stable P104 3 4 || { fail "visits with tolerances were not marked"; cat "$T/err"; }
rel 0 'BETWEEN VISITS.*TOLERANCE' '--measure tolerance'
rel 0 '"measure":.*"tolerance"' '--measure tolerance --json'
! grep -q '"measure":.*"threshold"' "$T/out" || fail "a threshold among the tolerances"
expect 0 'Stored' "$A" reliability --measure tolerance --store --who EX1 --study "$S"
cut -f "$(head -n 1 "$S/reliability.tsv" | tr '\t' '\n' | grep -n '^measure$' | cut -d: -f1)" "$S/reliability.tsv" | sort -u >"$T/measures"
[ "$(tr '\n' ' ' <"$T/measures")" = "measure tolerance " ] || fail "stored as another measure: $(cat "$T/measures")"
rm "$S/reliability.tsv"
rm -r "$S/sub-P104/ses-03" "$S/sub-P104/ses-04"
mark unstable P104 3 4 # it is not there any more, and need not be
sed -i '$d' "$S/stable.tsv"

# stored, listed
rel 0 'Stored [0-9]+ rows' '--store --who EX1'
rel 0 'Stored [0-9]+ rows' '--store --who EX1'
[ "$(head -n 1 "$S/reliability.tsv" | cut -f 1,2)" = "$(printf 'id\tkind')" ] || fail "reliability.tsv has another header"
expect 0 'UTRAP_R between-visits: SEM' "$A" reliability list --study "$S"
grep -q 'REPLACED' "$T/out" || fail "the rows of the first run still hold"
tr -s '\n ' ' ' <"$T/out" | grep -q 'despite a treatment: it was sham' || fail "the reason of a pair is not listed"
"$A" reliability list --study "$S" --json | "$PY" -c '
import json, sys
d = json.load(sys.stdin)
held = [r for r in d["errors"] if r["holds"]]
assert len(held) * 2 == len(d["errors"]) and len(d["stable_pairs"]) == 6, d
assert len({(r["kind"], r["site"], r["tip_area_cm2"]) for r in held}) == len(held)' || fail "the list as JSON"

# one scale a study
expect 0 'log10 is taken because: levels differ' "$A" reliability --scale log10 --why "levels differ" --study "$S"
expect 0 'Stored' "$A" reliability --scale log10 --why "levels differ" --store --who EX1 --study "$S"
rel 0 'works on log10 already' ''
lit='--kind between-visits --site TA_R --sem 42.2 --presses 3 --rule mean --tip 1 --rate 30 --response button --who EX1'
expect 2 'works on log10' "$A" reliability add $lit --scale kPa --source "Walton 2011" --study "$S"
expect 0 'Entered' "$A" reliability add $lit --scale kPa --why "literature is in kPa" --df 59 --source "Walton 2011, =cmd()" --study "$S"
expect 2 'group' "$A" reliability add $lit --source "Mailloux 2021, group MDC" --study "$S"
expect 2 'source is needed' "$A" reliability add $lit --study "$S"
expect 2 'one line' "$A" reliability add $lit --source "$(printf 'a\nb')" --study "$S"
expect 2 'below 1|above 0' "$A" reliability add $lit --scale log10 --why x --source "x" --study "$S"
expect 2 'unknown option' "$A" reliability add --mdc 57 --study "$S"

# withdrawn
expect 1 'not marked stable' "$A" reliability unstable P101 1 2-run2 --study "$S" --who EX1 --why "was ill"
expect 0 'no longer marked' "$A" reliability unstable P101 2-run1 1 --study "$S" --who EX1 --why "was ill"

# what no sessions give any more is told, and does not hold again when the scale changes back
"$A" init "$T/gone" --id gone >/dev/null && cp -r "$S"/sub-P101 "$S"/sub-P104 "$S/procedures" "$T/gone/"
for code in P101 P104; do
	"$A" reliability stable $code 1 2-run1 --study "$T/gone" --who EX1 --why healthy >/dev/null 2>&1
done
expect 0 'Stored' "$A" reliability --store --who EX1 --study "$T/gone"
if grep -q 'stored earlier' "$T/both"; then fail "nothing is stale yet"; fi
held() { "$A" reliability list --json --study "$T/gone" | "$PY" -c '
import json, sys
print(sum(r["holds"] and r["kind"] == "between-visits" and r["basis"] == "sessions" for r in json.load(sys.stdin)["errors"]))'; }
[ "$(held)" -gt 0 ] || fail "no error between visits"
between=$(held)
expect 0 'Stored' "$A" reliability --scale log10 --why test --store --who EX1 --study "$T/gone"
expect 0 'Entered' "$A" reliability add $lit --scale kPa --why "in kPa" --source "Walton 2011" --study "$T/gone"
[ "$(held)" = 0 ] || fail "what was replaced holds again"
expect 0 'stands alone' "$A" compare P101 1 2-run1 --study "$T/gone"
expect 0 'Stored' "$A" reliability --scale log10 --why test --store --who EX1 --study "$T/gone"
[ "$(held)" = "$between" ] || fail "the errors of now do not hold"
for code in P101 P104; do "$A" reliability unstable $code 1 2-run1 --study "$T/gone" --who EX1 --why "was ill" >/dev/null; done
expect 0 "$between errors stored earlier still hold, .*between-visits" "$A" reliability --store --who EX1 --study "$T/gone"

# a damaged table, a hostile one
cp "$S/stable.tsv" "$T/stable.tsv"
printf '2026-03-02T09:30:00+01:00\tEX1\tP101\t1-run1\t9-run1\tstable\tgone\tn/a\n' >>"$S/stable.tsv"
rel 0 'P101, session 9-run1: is marked stable and is not there' ''
printf '2026-03-02T09:30:00+01:00\tEX1\tP101\t1\t2\tstable\tx\tn/a\n' >>"$S/stable.tsv"
rel 1 'stable.tsv' ''
cp "$T/stable.tsv" "$S/stable.tsv"

if command -v gnuplot >/dev/null; then
	expect 0 'agreement.svg' "$A" plot agreement --site TA_R --study "$S" --out "$T/agreement.svg"
	cp "$T/agreement.svg" "$T/once"
	expect 0 . "$A" plot agreement --site TA_R --study "$S" --out "$T/agreement.svg"
	cmp "$T/once" "$T/agreement.svg" || fail "another run gives other bytes"
	grep -q 'SIMULATED' "$T/agreement.svg" || fail "the picture does not say simulated"
	head -n 1 "$T/agreement.tsv" | grep -q 'difference_kpa' || fail "no table behind the picture"
	expect 0 'limits of agreement' "$A" plot agreement --study "$S"
	expect 2 'between-visits or between-examiners' "$A" plot agreement --kind within-visit --study "$S"
	expect 2 'whole study' "$A" plot agreement P101 --study "$S"
fi
finish
