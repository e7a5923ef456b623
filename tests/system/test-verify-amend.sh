# SPDX-License-Identifier: GPL-3.0-or-later
# verify tells whole, incomplete, edited, damaged and foreign files apart and names what was changed;
# amend appends, never changes, and moves a session to another participant.
. tests/system/lib.inc
make_study "$T/s"
"$A" record P012 --study "$T/s" --device 'sim:mark10?seed=3' --yes --plain --no-journal test --examiner E1 >"$T/out" 2>&1 || fail "record"
ses=$T/s/sub-P012/ses-01
f=$ses/sub-P012_ses-01_algometry.h5
cp "$f" "$T/first.h5"

# ---- verify ----
expect 0 '^whole .*15 presses.*; simulated' "$A" verify "$f"
expect 0 '^whole ' "$A" verify --study "$T/s"
expect 0 '^whole ' "$A" verify P012 --study "$T/s"
# Ended early is whole, unless the program died behind it: then the journal is still there, and holds more.
printf 't=20 key end\n' >"$T/script"
make_study "$T/early"
e=$T/early/sub-P012/ses-01/sub-P012_ses-01_algometry
"$A" record P012 --study "$T/early" --device 'sim:mark10?seed=3' --yes --plain --no-journal test --script "$T/script" >"$T/out" 2>&1
expect 0 'whole .*' "$A" verify "$e.h5"
cp "$e.journal.done" "$e.journal"
expect 1 'it was cut off' "$A" verify "$e.h5"
edit() { # NAME CODE: the session file under its own name in a folder, changed by another program
	mkdir -p "$T/$1"
	g=$T/$1/sub-P012_ses-01_algometry.h5
	cp "$f" "$g"
	$PY -c "import h5py, sys
f = h5py.File(sys.argv[1], 'r+')
$2" "$g" || fail "edit $1"
}
edit ppt "f['results/ppt_kpa'][6] += 10"
expect 4 'press 7 was changed' "$A" verify "$g"
expect 4 'press 7: its threshold is stored as' "$A" verify "$g"
[ "$(grep -c 'was changed' "$T/both")" = 1 ] || fail "more than press 7 is named"
edit sample "f['samples/force_n'][200] += 0.01"
expect 4 '^edited' "$A" verify "$g"
edit tip "f.attrs['tip_area_cm2'] = 0.5"
expect 4 'the attributes, texts or points were changed' "$A" verify "$g"
edit point "f['points/series'][0] = 2"
expect 4 'the attributes, texts or points were changed' "$A" verify "$g"
edit event "f['events/value'][0] = 3"
expect 4 'events, ratings or amendments were changed' "$A" verify "$g"
edit nothing "f['results/ppt_kpa'][0] = f['results/ppt_kpa'][0]"
expect 0 'note: its checksum line is missing.*numbers are those that were measured' "$A" verify "$g"
mkdir "$T/named"
cp "$f" "$T/named/sub-P013_ses-01_algometry.h5"
expect 4 'its name says another participant' "$A" verify "$T/named/sub-P013_ses-01_algometry.h5"
cp "$f" "$T/flip.h5"
printf 'X' | dd of="$T/flip.h5" bs=1 seek=7000 conv=notrunc 2>/dev/null
expect 4 '^damaged .*' "$A" verify "$T/flip.h5"
head -c 9000 "$f" >"$T/cut.h5"
expect 4 '^damaged ' "$A" verify "$T/cut.h5"
echo hello >"$T/no.h5"
expect 4 '^foreign ' "$A" verify "$T/no.h5"
expect 1 '^unreadable ' "$A" verify "$T/absent.h5"
cp "$f" "$T/open.h5"
chmod 644 "$T/open.h5"
expect 0 'other users of this machine can read it' "$A" verify "$T/open.h5"
expect 4 '2 files: 1 whole, 1 damaged' "$A" verify "$f" "$T/cut.h5"
expect 4 '"verdict":.*"damaged"' "$A" verify "$T/cut.h5" --json

# ---- amend: refused before anything is written ----
expect 2 'needs its reason' "$A" amend "$f" status rejected --press 3 --who E1
expect 2 'who amends' "$A" amend "$f" status rejected --press 3 --why x
expect 2 'which press' "$A" amend "$f" status rejected --why x --who E1
expect 2 'leave --press out' "$A" amend "$f" tip_area_cm2 0.5 --press 3 --why x --who E1
expect 2 'one of status site side' "$A" amend "$f" ppt_kpa 300 --press 3 --why x --who E1
expect 2 "unknown site 'ELBOW_R'" "$A" amend "$f" site ELBOW_R --press 3 --why x --who E1
expect 2 'cannot become' "$A" amend "$f" status accepted --press 99 --why x --who E1
expect 2 'cannot become' "$A" amend "$f" status great --press 3 --why x --who E1
expect 2 'cannot become' "$A" amend "$f" tip_area_cm2 -1 --why x --who E1
expect 2 'cannot become' "$A" amend "$f" acq noon --why x --who E1
expect 2 'is .* already' "$A" amend "$f" status accepted --press 3 --why x --who E1
expect 2 'is not a code of this study' "$A" amend "$f" participant 'Anna Smith' --why x --who E1
cmp -s "$f" "$T/first.h5" || fail "a refused amendment changed the file"
expect 4 'do not have the digest' "$A" amend "$T/tip/sub-P012_ses-01_algometry.h5" status rejected --press 3 --why x --who E1

# ---- amend: applied, and the original stays ----
expect 0 "status of press 3 'accepted' -> 'rejected' .coughed." "$A" amend "$f" status rejected --press 3 --why coughed --who E1
expect 0 "side of press 1 'R' -> 'L'" "$A" amend "$f" side L --press 1 --why 'wrong key' --who E1
expect 0 "tip_area_cm2 '1' -> '0.5'" "$A" amend "$f" tip_area_cm2 0.5 --why 'small tip was on' --who E2
expect 0 "its name follows" "$A" amend "$f" acq pre --why 'treatment came after' --who E1
[ ! -e "$f" ] || fail "the old name is still there"
f=$ses/sub-P012_ses-01_acq-pre_algometry.h5
[ -f "$ses/sub-P012_ses-01_acq-pre_algometry.journal.done" ] || fail "the journal did not follow"
expect 2 "is 'pre' already" "$A" amend "$f" acq pre --why again --who E1
expect 0 "note" "$A" amend "$f" note 'tired today' --why remark --who E1
[ "$(stat -c %a "$f")" = 600 ] || fail "amend changed the permissions"
expect 0 '^whole .*5 amendments' "$A" verify "$f"
$PY - "$T/first.h5" "$f" "$A" <<'PY' || failures=$((failures + 1))
import h5py, json, subprocess, sys
a, b = h5py.File(sys.argv[1]), h5py.File(sys.argv[2])
for c in a["results"]:
    assert a["results"][c][:].tobytes() == b["results"][c][:].tobytes(), c
assert list(b["amendments/seal_before"][:1]) == [a.attrs["seal"].encode()], "the seal before is not kept"
assert b["amendments/who"][2] == b"E2" and b["amendments/reason"][0] == b"coughed"
def thresholds(*more):
    out = subprocess.run([sys.argv[3], "show", sys.argv[2], "--json", *more], capture_output=True, check=True)
    text = json.dumps(json.loads(out.stdout))
    return text
now, was = thresholds(), thresholds("--original")
assert now != was, "--original shows the same"
PY
expect 0 'tip 0.5 cm2' "$A" show "$f"
expect 0 'tip 1 cm2' "$A" show "$f" --original

# ---- moved ----
expect 0 "it is P034's now" "$A" amend "$f" participant P034 --why 'wrong participant was chosen' --who E1
g=$T/s/sub-P034/ses-01/sub-P034_ses-01_acq-pre_algometry.h5
[ -f "$g" ] || fail "no file in the other's folder"
expect 0 '^moved ' "$A" verify "$f"
expect 0 '^whole ' "$A" verify "$g"
expect 0 'P034, session 1' "$A" show "$g"
expect 0 'MOVED' "$A" show "$f"
expect 1 'has no session' "$A" course P012 --study "$T/s"
expect 0 'P034, 1 session' "$A" course P034 --study "$T/s"
expect 2 'already' "$A" amend "$f" participant P034 --why again --who E1
# A move that was cut off behind its first write is finished by the same command, not done twice.
"$A" record P012 --study "$T/s" --device 'sim:mark10?seed=4' --yes --plain --no-journal test --examiner E1 >"$T/out" 2>&1 || fail "record"
f=$T/s/sub-P012/ses-02/sub-P012_ses-02_algometry.h5
cp "$f" "$T/second.h5"
"$A" amend "$f" participant P034 --why mistaken --who E1 >/dev/null 2>&1 || fail "the second move"
cp "$T/second.h5" "$f" # as if the mark had not been written
expect 0 "it is P034's now" "$A" amend "$f" participant P034 --why mistaken --who E1
[ "$(find "$T/s/sub-P034" -name '*.h5' | wc -l)" = 2 ] || fail "the session was moved twice"

# ---- not while it runs, and two at once lose nothing ----
: >"$T/s/sub-P012/ses-02/sub-P012_ses-02_algometry.journal"
expect 1 'is running or was cut off' "$A" amend "$f" note x --why x --who E1
rm "$T/s/sub-P012/ses-02/sub-P012_ses-02_algometry.journal"
for i in 1 2 3 4 5 6; do "$A" amend "$g" note "n$i" --why together --who E1 >/dev/null 2>>"$T/together" & done
wait
[ "$($PY -c "import h5py, sys; print(sum(r == b'together' for r in h5py.File(sys.argv[1])['amendments/reason'][:]))" "$g")" = 6 ] ||
	fail "of six amendments at once some are lost: $(cat "$T/together")"
expect 0 '^whole ' "$A" verify "$g"

# ---- a blinded session tells no value ----
"$A" record P012 --study "$T/s" --device 'sim:mark10?seed=5' --yes --plain --no-journal test --examiner E1 --blinded >"$T/out" 2>&1 || fail "record"
f=$T/s/sub-P012/ses-03/sub-P012_ses-03_algometry.h5
expect 0 'press 2' "$A" amend "$f" status rejected --press 2 --why coughed --who E1
! grep -q kPa "$T/both" || fail "amend tells a value of a blinded session"
edit blind "pass"
cp "$f" "$g.b"
$PY -c "import h5py, sys
f = h5py.File(sys.argv[1], 'r+'); f['results/ppt_kpa'][3] += 1" "$g.b"
expect 4 'press 4: its stored threshold is not what its samples give' "$A" verify "$g.b"
! grep -q kPa "$T/both" || fail "verify tells a value of a blinded session"
finish
