# SPDX-License-Identifier: GPL-3.0-or-later
# What is asked and told before the first press is in the file; treatments stay apart; a gauge that failed its
# check is told and its check goes with the session; an order from a file is the one that was pressed.
. tests/system/lib.inc
S=$T/study
make_study "$S" || fail "the study could not be made"
D='sim:mark10?seed=3'

events() { # file: kind value note, a line each
	"$PY" - "$1" <<'P'
import h5py, sys
e = h5py.File(sys.argv[1])["events"]
for k, v, n in zip(e["kind"][()], e["value"][()], e["note"][()]):
    print(k.decode(), v, n.decode())
P
}

# ---- precautions, each by its word; what was not asked is told as such ----
expect 2 'a word in it is not known' "$A" record P012 --study "$S" --device "$D" --yes --precautions bleeding,gout
expect 2 'nothing is named' "$A" record P012 --study "$S" --device "$D" --yes --precautions ''
expect 0 'bruises come easily' "$A" record P012 --study "$S" --device "$D" --yes --precautions bleeding,analgesic --clock 2026-03-02T09:30:00+01:00
first=$(find "$S/sub-P012/ses-01" -name '*.h5')
events "$first" >"$T/events"
grep -q '^precaution 1.0 bleeding$' "$T/events" || fail "bleeding is not stored"
grep -q '^precaution 0.0 neuropathy$' "$T/events" || fail "what does not hold is not stored"
grep -q '^precaution .* pregnancy$' "$T/events" && fail "pregnancy was asked for a session without lumbar points"
grep -q '^stop-word 1.0 told$' "$T/events" || fail "that the stop word was told is not stored"
expect 0 'Precautions that hold: bleeding, analgesic' "$A" show "$first"
"$A" points P013 add QL_R --study "$S" >/dev/null
expect 0 accepted "$A" record P013 --study "$S" --device "$D" --yes --precautions none --clock 2026-03-02T09:30:00+01:00
events "$(find "$S/sub-P013" -name '*.h5')" | grep -q '^precaution 0.0 pregnancy$' || fail "pregnancy is not asked at lumbar points"

# ---- stopped for the patient ----
printf 't=30 key patient\n' >"$T/script"
expect 0 'ended early' "$A" record P012 --study "$S" --device "$D" --yes --precautions none --script "$T/script" --clock 2026-03-03T09:30:00+01:00
expect 0 'ADVERSE EVENT: the session was stopped for the patient .asked to stop' "$A" show P012 --study "$S"
"$A" show P012 --study "$S" --json >"$T/json"
grep -qE '"reason":[[:space:]]*"patient"' "$T/json" || fail "what is missing does not say why"

# ---- the ceiling that holds, with its reason; the order, the changes of posture ----
told() { tr '\n' ' ' <"$T/out" | grep -qE -- "$1" || fail "'$1' is not told"; } # the plan's lines are wrapped
expect 0 accepted "$A" record P012 --study "$S" --device "$D" --yes --precautions none --clock 2026-03-04T09:30:00+01:00
told 'ceiling from 1000 kPa .of the procedure'
told 'order fixed, 1 change of posture'
expect 0 accepted "$A" record P012 --study "$S" --device "$D" --yes --procedure dfns-ppt --tip-area 0.9503 --precautions none
told 'ceiling from 600 kPa .MASS_L'

# ---- an order from a file ----
sed -e 's/^id: .*/id: listed/' -e 's/^order: .*/order: file\norder_file: listed.tsv/' -e 's/rounds: 3/rounds: 1/' procedures/myofascial-quick.yaml >"$S/procedures/listed.yaml"
printf 'participant\tsession\tsites\n*\t*\tTA_R;LEV_L;LEV_R;UTRAP_L;UTRAP_R\n' >"$S/procedures/listed.tsv"
expect 0 'order file listed.tsv line 2' "$A" record P012 --study "$S" --device "$D" --yes --procedure listed --precautions none --session 20
"$PY" - "$(find "$S/sub-P012/ses-20" -name '*.h5')" <<'P' || fail "the order of the file was not kept"
import h5py, sys
f = h5py.File(sys.argv[1])
assert [s.decode() for s in f["results/site_code"][()]] == "TA_R LEV_L LEV_R UTRAP_L UTRAP_R".split(), f["results/site_code"][()]
assert f.attrs["order_kind"] == "file" and f.attrs["order_source"] == "listed.tsv line 2"
P
printf 'P099\t1\tNOWHERE\n' >>"$S/procedures/listed.tsv"
expect 1 'listed.tsv:3: column .sites.: unknown site' "$A" record P012 --study "$S" --device "$D" --yes --procedure listed --session 21
[ ! -e "$S/sub-P012/ses-21" ] || [ -z "$(find "$S/sub-P012/ses-21" -name '*.h5')" ] || fail "a session was begun with a wrong list"

# ---- a gauge that failed its check, and one whose check is old ----
W="--weights 0.5,1,2 --gravity 9.81 --class M1 --uncertainty 0.01 --yes --study $S"
expect 1 'did not pass' "$A" check --device 'sim:mark10?gain=1.05' --clock 2026-03-01T08:00:00+01:00 $W
expect 0 'FAILED: its readings are not to be trusted' "$A" record P012 --study "$S" --device "$D" --yes --precautions none --session 30 --clock 2026-03-05T09:30:00+01:00
expect 0 'PASSED' "$A" check --device 'sim:mark10' --clock 2026-03-06T08:00:00+01:00 $W
expect 0 '40 days ago' "$A" record P012 --study "$S" --device "$D" --yes --precautions none --session 31 --clock 2026-04-15T09:30:00+02:00
"$PY" - "$(find "$S/sub-P012/ses-31" -name '*.h5')" <<'P' || fail "the check does not go with the session"
import h5py, sys
f = h5py.File(sys.argv[1])
text = f["texts/check"][0].decode()
assert text.startswith("algometer: check 1") and f.attrs["calibration"] in text, text[:80]
u = f["results/uncertainty_kpa"][()]
assert ((u > 2) & (u < 40)).all(), u
P
expect 0 'Calibration from the check SIM0001_' "$A" show "$(find "$S/sub-P012/ses-31" -name '*.h5')" --uncertainty
expect 0 'is assumed' "$A" show "$first" --uncertainty

# ---- what is stored is what the samples give ----
"$A" show "$first" --json >"$T/json"
"$PY" - "$T/json" "$first" <<'P' || fail "the uncertainty in the page is another than the stored one"
import h5py, json, sys
s = json.load(open(sys.argv[1]))["sessions"][0]
u = h5py.File(sys.argv[2])["results/uncertainty_kpa"][()]
shown = {p["trial"]: p["uncertainty_kpa"] for point in s["points"] for p in point["presses"]}
assert all(abs(shown[i + 1] - v) < 1e-9 for i, v in enumerate(u)), (shown, u)
P

# ---- treatments: a place of their own ----
expect 2 '--modality is needed' "$A" treatment P012 add --study "$S"
expect 2 'is none of' "$A" treatment P012 add --modality magic --study "$S"
expect 2 'NOWHERE' "$A" treatment P012 add --modality heat --target NOWHERE --study "$S"
expect 0 'added for P012: 2026-03-02 dry-needling at UTRAP_R, 3 needles' "$A" treatment P012 add --modality dry-needling --target UTRAP_R \
	--dose '3 needles' --day 2026-03-02 --study "$S"
expect 0 '2026-03-02 .*dry needling at UTRAP_R: 3 needles' "$A" treatment P012 --study "$S"
expect 0 'dry-needling' "$A" treatment P012 --json --study "$S"
expect 0 'dry needling' "$A" course P012 --study "$S"

# ---- what was found at a point is told at every later visit ----
expect 0 'to: temple' "$A" points P012 set UTRAP_R --referred-where temple --taut-band y --study "$S"
expect 0 'found there: taut band, refers pain .temple' "$A" record P012 --study "$S" --device "$D" --yes --precautions none --session 40
finish
