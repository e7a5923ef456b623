#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# show, compare and course on a fixed study, as a person types them: pages, JSON, refusals, exit codes.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
alg=$BUILD/algometer
S=$dir/study
"$BUILD/tests/make_course" "$S"
mkdir -p "$S/treatments"
printf 'date\ttime\tmodality\ttarget_site\tdose\tnote\n2026-03-16\t\tdry-needling\tUTRAP_L;LEV_L\t3 needles, 2 min\t\n' \
	>"$S/treatments/sub-P012_treatments.tsv"
one=$S/sub-P012/ses-01/sub-P012_ses-01_algometry.h5
four=$S/sub-P012/ses-04/sub-P012_ses-04_algometry.h5
bad=0
fail() { echo "FAIL: $*"; bad=1; }

page() { # golden, arguments...
	golden=tests/golden/$1
	shift
	"$alg" "$@" >"$dir/out" 2>"$dir/err" || fail "$* (exit $?)"
	[ ! -s "$dir/err" ] || { fail "$*: said something"; cat "$dir/err"; }
	sed 's/seal [0-9a-f]\{8\}$/seal 01234567/' "$dir/out" | diff -u "$golden" - || fail "$*"
}

refused() { # exit code, message id, arguments...
	want=$1 id=$2
	shift 2
	rc=0
	"$alg" "$@" >"$dir/out" 2>"$dir/err" || rc=$?
	[ "$rc" = "$want" ] || fail "$*: exit $rc, not $want"
	[ ! -s "$dir/out" ] || fail "$*: wrote to stdout"
	[ "$(wc -l <"$dir/err")" = 1 ] || { fail "$*: not one sentence"; cat "$dir/err"; }
	grep -q "\[$id\]\$" "$dir/err" || { fail "$*: not message $id"; cat "$dir/err"; }
}

mdc='--mdc 57.1 --mdc-source'
source='Walton 2011, angle of upper trapezius, one week'
page show.txt show "$four"
page show.txt show P012 --study "$S"
page show.txt show --study="$S" P012 --session 4
page compare.txt compare "$one" "$four"
page compare.txt compare P012 1 4 --study "$S"
page compare.txt compare P012 --study "$S"
# Needles of that day are in the treatment record, which the page of two files in memory does not know.
"$alg" compare P012 --session 2 --study "$S" | grep -q '^To be known: dry needling on 2026-03-16, less than 72 h before session 2' ||
	fail "needling less than 72 h before is not told"
mv "$S/treatments" "$S/away"
page compare-prepost.txt compare P012 --session 2 --study "$S"
page compare-prepost.txt compare P012 2-pre 2-post --study "$S"
mv "$S/away" "$S/treatments"
page compare-mdc.txt compare "$one" "$four" $mdc "$source"
page compare-mdc-site.txt compare "$one" "$four" --mdc UTRAP=57.1 --mdc-source 'Walton 2011'
page course.txt course P012 --study "$S"
(cd "$S/sub-P012" && case $alg in /*) ;; *) alg=$OLDPWD/$alg ;; esac && "$alg" course P012) |
	diff -u tests/golden/course.txt - || fail 'course from a folder inside the study'

# a baseline of two visits: of session 1 and of the one before treatment, never of the one after it
"$alg" course P012 --baseline 2 --study "$S" $mdc "$source" >"$dir/out"
grep -q '^  \* Upper trap.* 213  *260  *+47' "$dir/out" || fail 'course --baseline: not against the mean of two'
grep -q 'limits of a change are 0.87' "$dir/out" || fail 'course --baseline: the narrower error is not told'
for n in 0 21 two 1.5; do refused 2 203 course P012 --baseline $n --study "$S"; done
"$alg" plot course P012 --baseline 2 --study "$S" $mdc "$source" | grep -q 'change from the baseline (kPa)' || fail 'plot course --baseline'

# as recorded: the amendment is not applied, and the page says so
"$alg" show --original "$four" | grep -q 'amendments NOT applied' || fail 'show --original'
"$alg" compare --rule median "$one" "$four" | grep -q '^Values: median' || fail 'compare --rule'
"$alg" compare "$one" "$one" | grep -q 'both are the same session' || fail 'the same session twice'

# what was typed
refused 2 201 show
refused 2 201 show --bogus "$four"
refused 2 201 show "$four" --session 4
refused 2 201 show "$four" --samples
refused 2 201 compare "$one"
refused 2 201 course
refused 2 201 course "$four"
refused 2 203 show P012 --session 4x --study "$S"
refused 2 203 show P012 --acq after --study "$S"
refused 2 203 compare P012 1 4-after --study "$S"
refused 2 203 compare "$one" "$four" --despite ' '
refused 2 203 compare "$one" "$four" --rule best
refused 2 203 compare "$one" "$four" $mdc x --mdc-level 300
refused 2 706 compare "$one" "$four" --mdc 57,1 --mdc-source x
refused 2 707 compare "$one" "$four" --mdc 57.1
refused 2 707 course P012 --mdc-source x --study "$S"
refused 2 208 show Anna --study "$S"
refused 2 713 show P099 --study "$S"
refused 2 713 course P099 --study "$S"
# tried and failed
refused 1 103 show "$dir/absent.h5"
refused 1 103 compare "$one" "$dir/absent.h5"
refused 1 521 show P012 --study "$dir"
refused 1 709 show P013 --study "$S"
refused 1 709 course P013 --study "$S"
refused 1 709 show P012 --session 9 --study "$S"
refused 1 710 compare P012 --session 1 --study "$S"
# data files
echo 'not HDF5' >"$dir/text.h5"
head -c 5000 "$one" >"$dir/cut.h5"
refused 4 401 show "$dir/text.h5"
refused 4 401 compare "$one" "$dir/text.h5"
rc=0
"$alg" show "$dir/cut.h5" >"$dir/out" 2>"$dir/err" || rc=$?
[ "$rc" = 4 ] && [ ! -s "$dir/out" ] && [ "$(wc -l <"$dir/err")" = 1 ] || { fail "cut file: exit $rc"; cat "$dir/err"; }

# one bad file among good ones: the good ones are shown, the exit code tells
rc=0
"$alg" show "$one" "$dir/text.h5" "$four" >"$dir/out" 2>"$dir/err" || rc=$?
[ "$rc" = 4 ] && [ "$(grep -c '^P012, session' "$dir/out")" = 2 ] || fail "good files beside a bad one (exit $rc)"
[ "$(id -u)" = 0 ] || { chmod 000 "$one"; refused 1 104 show "$one"; chmod 600 "$one"; }
[ ! -w /dev/full ] || { rc=0; "$alg" show "$four" >/dev/full 2>"$dir/err" || rc=$?; [ "$rc" = 1 ] || fail "full disk: exit $rc"; }

# JSON: every number that is not there is null, kind and version are named
"$alg" show "$four" --json >"$dir/show.json"
"$alg" show "$four" --json --samples | grep -q '"samples"' || fail 'show --samples'
"$alg" compare "$one" "$four" --json $mdc "$source" >"$dir/compare.json"
"$alg" course P012 --study "$S" --json >"$dir/course.json"
for kind in show compare course; do
	grep -q "\"algometer\":[[:space:]]*\"$kind\"" "$dir/$kind.json" || fail "$kind.json: kind"
	grep -q '"version":[[:space:]]*1,' "$dir/$kind.json" || fail "$kind.json: version"
	grep -q '"simulated":[[:space:]]*true' "$dir/$kind.json" || fail "$kind.json: simulated"
	grep -qi '[^a-z]nan[^a-z]\|[^a-z]inf[^a-z]' "$dir/$kind.json" && fail "$kind.json: not a number"
done
if python3 -c 'import json' 2>/dev/null; then
	python3 - "$dir" <<'PY' || fail 'numbers in the JSON'
import json, sys
d = sys.argv[1]
c = json.load(open(d + '/compare.json'))
p = {x['site']: x for x in c['points']}
assert abs(p['UTRAP_L']['change_kpa'] - 60) < 1e-9 and abs(p['UTRAP_L']['change_percent'] - 30) < 1e-9
assert p['UTRAP_L']['verdict'] == 'rose' and p['LEV_L']['verdict'] == 'fell'
assert p['LEV_R']['change_kpa'] is None and p['LEV_R']['second']['missing'] == 'skipped'
assert p['TA_R']['change_sign'] == '>=' and p['TA_R']['second']['bound'] is True
assert c['mdc']['source'].startswith('Walton') and c['beyond_error']['points'] == 4
s = json.load(open(d + '/show.json'))['sessions'][0]
assert s['points'][0]['presses'][1]['status'] == 'rejected' and s['points'][0]['presses'][1]['used'] is False
k = json.load(open(d + '/course.json'))
assert [x['session'] for x in k['missing_sessions']] == [3] and k['mdc'] is None
assert k['treatments'][0]['modality'] == 'dry needling'
PY
fi

# a course with a file that cannot be read: the rest stands, the hole is named, the exit code tells
cp "$dir/text.h5" "$S/sub-P012/ses-02/sub-P012_ses-02_acq-post_algometry.h5"
rc=0
"$alg" course P012 --study "$S" >"$dir/out" 2>"$dir/err" || rc=$?
[ "$rc" = 4 ] || fail "course with an unreadable file: exit $rc"
grep -q '^MISSING: session 2 has a file that cannot be read' "$dir/out" || fail 'the hole is not named'
# a file of another participant in the folder
mkdir -p "$S/sub-P013/ses-01"
cp "$one" "$S/sub-P013/ses-01/sub-P013_ses-01_algometry.h5"
rc=0
"$alg" course P013 --study "$S" >"$dir/out" 2>"$dir/err" || rc=$?
[ "$rc" = 4 ] && grep -q '\[712\]' "$dir/err" || { fail "a file in another one's folder (exit $rc)"; cat "$dir/err"; }
exit $bad
