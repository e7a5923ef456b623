# SPDX-License-Identifier: GPL-3.0-or-later
# A whole session with a gauge inside the program: the file is complete, its thresholds are the ones
# a stranger recomputes, numbering goes on, nothing is overwritten, wrong words are refused.
. tests/system/lib.inc
S=$T/study
make_study "$S" || fail "the study could not be made"

sum() { (cd "$S" && find . -name '*.h5' | sort | xargs sha256sum); }

for family in mark10 wagner lutron hid-scale; do
	expect 0 'accepted' "$A" record P012 --study "$S" --device "sim:$family?seed=3" --clock 2026-03-02T09:30:00+01:00 --yes
	sum >"$T/before"
	expect 0 'accepted' "$A" record P012 --study "$S" --device "sim:$family?seed=3" --clock 2026-03-02T10:30:00+01:00 --yes
	(cd "$S" && sha256sum --quiet -c "$T/before") || fail "an earlier session changed"
done
n=$(find "$S" -name '*.h5' | wc -l)
[ "$n" = 8 ] || fail "8 sessions were recorded, $n files are there"
first=$(find "$S/sub-P012/ses-01" -name '*.h5')
"$PY" docs/readers/check_thresholds.py "$first" >"$T/py" 2>&1 || { fail "the reader disagrees"; cat "$T/py"; }
"$PY" - "$first" <<'P' || fail "the session's columns are not as they should be"
import h5py, sys
f = h5py.File(sys.argv[1])
r = f["results"]
status = list(r["status"][()])
assert status.count(1) >= 12, status
assert int(f.attrs["simulated"]) == 1 and int(f.attrs["complete"]) == 1
assert all(s in (1, 2, 3, 4) for s in status)
assert len(f["samples/t_s"]) == sum(r["n_samples"][()])
P
# The same seed and time give the same numbers.
cp -r "$S" "$T/again" && rm -rf "$T/again/sub-P012/ses-"*
expect 0 'accepted' "$A" record P012 --study "$T/again" --device "sim:mark10?seed=3" --clock 2026-03-02T09:30:00+01:00 --yes
"$PY" - "$first" "$(find "$T/again" -name '*.h5')" <<'P' || fail "the same seed gave other numbers"
import h5py, sys, numpy
a, b = (h5py.File(p) for p in sys.argv[1:])
for c in a["results"]:
    if c == "digest": continue
    x, y = a["results"][c][()], b["results"][c][()]
    assert x.shape == y.shape and (numpy.array_equal(x, y) or numpy.array_equal(x, y, equal_nan=True)), c
assert numpy.array_equal(a["samples/force_n"][()], b["samples/force_n"][()], equal_nan=True)
P
expect 2 'simulated gauges only' "$A" record P012 --study "$S" --device "replay:none.rec" --clock 2026-03-02T09:30:00+01:00 --yes
expect 2 'Maria' "$A" record Maria --study "$S" --device sim:mark10 --yes
[ ! -e "$S/sub-Maria" ] || fail "a folder was made for a name"
expect 2 'nosuch' "$A" record P012 --study "$S" --device sim:nosuch --yes
expect 2 'procedure' "$A" record P012 --study "$S" --procedure nosuch --device sim:mark10 --yes
expect 3 'and no forces: hang two known weights' "$A" record P012 --study "$S" --device sim:phidget --clock 2026-03-02T09:30:00+01:00 --yes
expect 2 'response source' "$A" record P012 --study "$S" --device sim:mark10 --button telepathy --yes
expect 2 'simulated' "$A" record P012 --study "$S" --device tty:/dev/null?family=mark10 --button sim --yes
expect 2 'pre or post' "$A" record P012 --study "$S" --device sim:mark10 --acq during --yes
# Operator events from a script.
printf 't=30 key skip\nt=60 key end\n' >"$T/script"
expect 0 'ended early' "$A" record P012 --study "$S" --device sim:mark10 --script "$T/script" --yes
printf 't=30 kye skip\n' >"$T/script"
expect 1 'script:1' "$A" record P012 --study "$S" --device sim:mark10 --script "$T/script" --yes
finish
