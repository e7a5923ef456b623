# SPDX-License-Identifier: GPL-3.0-or-later
# docs/JSON.md names every key that show, compare and course print, in a study that has one of each thing.
. tests/system/lib.inc
S=$T/study
make_study "$S" || fail "study"
for at in "01-05 1 myofascial-quick" "01-12 2 threshold-tolerance" "01-19 3 hold-rating" "01-26 4 myofascial-quick"; do
	set -- $at
	expect 0 . "$A" record P012 --study "$S" --device "sim:mark10?seed=$2" --clock "2026-$1T09:30:00+01:00" --yes --plain --procedure "$3"
done
expect 0 . "$A" amend "$S/sub-P012/ses-01/sub-P012_ses-01_algometry.h5" status rejected --press 2 --why slipped --who E1
expect 0 . "$A" treatment P012 add --modality dry-needling --day 2026-01-14 --study "$S"
M='--mdc 57 --mdc-source test'
for session in 1 2 3; do
	"$A" show P012 --session $session --json --samples --study "$S" >"$T/show$session.json" || fail show
done
rm "$S/sub-P012/ses-02"/*.h5 # a session that should be there
"$A" compare P012 1 4 $M --mdc UTRAP_R=50 --json --study "$S" >"$T/compare.json" || fail compare
"$A" compare P012 1 4 --rule median --despite because --json --study "$S" >"$T/compare2.json" || fail compare
"$A" course P012 $M --json --study "$S" --despite because >"$T/course.json" || fail course
"$PY" - "$T" <<'P' || fail "docs/JSON.md is not what is printed"
import glob, json, re, sys
named = set(re.findall(r"`([a-z0-9_]+)`", open("docs/JSON.md").read()))
seen = set()
def walk(value, codes=False):
    if isinstance(value, list):
        for v in value:
            walk(v)
    elif isinstance(value, dict):
        for k, v in value.items():
            if not codes:
                seen.add(k)
            walk(v, k == "site_mdc_kpa")
for path in glob.glob(sys.argv[1] + "/*.json"):
    walk(json.load(open(path)))
assert not seen - named, ("not described", sorted(seen - named))
words = {"show", "compare", "course", "session", "rose", "fell", "log10", "confirmed", "open"}
extra = named - seen - words
assert len(seen) > 120 and not extra, ("described and not printed", sorted(extra), len(seen))
P
finish
