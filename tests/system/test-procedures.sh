# SPDX-License-Identifier: GPL-3.0-or-later
# Every shipped procedure from start to end with nobody at the keyboard, two of them killed in the middle and gone on
# with; and procedures that are wrong: each is refused in one sentence that says where, and what to write instead.
. tests/system/lib.inc
unset ALGOMETER_STUDY

# rec STUDY PROCEDURE [OPTION...]
rec=$T/rec
cat >"$rec" <<S
#!/bin/sh
study=\$1 procedure=\$2
shift 2
exec "$A" record P012 --study "\$study" --procedure "\$procedure" --device sim:mark10?seed=3 --yes --plain --no-journal test "\$@"
S
chmod 755 "$rec"

# counts FILE EXPRESSION: 'ok' are the rows that were taken, practice apart
counts() {
	"$PY" - "$1" "$2" <<'P' || fail "$1: not $2"
import h5py, sys
f = h5py.File(sys.argv[1])
status, kind = f["results/status"][()], f["results/kind"][()]
sites = [s.decode() for s in f["results/site_code"][()]]
places = sorted((s, r) for s, r, st, k in zip(sites, f["results/round"][()], status, kind) if st in (1, 3) and k != 2)
ok, twice, practice = len(places), len(places) != len(set(places)), int((kind == 2).sum())
complete = int(f.attrs["complete"])
print(sys.argv[1], ok, practice, complete)
assert eval(sys.argv[2]), (ok, twice, practice, complete, list(zip(sites, status, kind)))
P
}

# ---- start to end ------------------------------------------------------------------------------------------
n=0
for y in procedures/*.yaml; do
	n=$((n + 1))
	id=$(basename "$y" .yaml)
	tip=1.0
	[ $id = dfns-ppt ] && tip=0.9503
	make_study "$T/$id" || fail "no study for $id"
	{
		timeout 100 "$rec" "$T/$id" "$id" --tip-area $tip >"$T/$id.out" 2>"$T/$id.err" </dev/null
		echo $? >"$T/$id.code"
	} &
done
wait
for y in procedures/*.yaml; do
	id=$(basename "$y" .yaml)
	[ "$(cat "$T/$id.code")" = 0 ] || { fail "$id: exit $(cat "$T/$id.code")"; tail -n 5 "$T/$id.out" "$T/$id.err"; }
	case $id in
	acr1990) planned=18 ;;
	dfns-ppt) planned=18 ;;
	hold-rating | threshold-tolerance) planned=10 ;; # two targets, their other sides, one control; twice
	myofascial-quick) planned=15 ;;
	upper-body) planned=12 ;;                        # two targets, two controls; three times
	*) planned=0; fail "$id: how many presses has it?" ;;
	esac
	f=$T/$id/sub-P012/ses-01/sub-P012_ses-01_algometry.h5
	practice=0
	[ $id = threshold-tolerance ] && practice=2
	counts "$f" "ok == $planned and not twice and practice == $practice and complete == 1"
	for check in thresholds digests; do
		"$PY" docs/readers/check_$check.py "$f" >"$T/py" 2>&1 || { fail "$id: check_$check.py disagrees"; tail -n 3 "$T/py"; }
	done
	"$A" plot trace "$f" >"$T/trace" 2>&1 || fail "$id: no trace"
	if grep -qE 'Thenar|THEN_R' "$T/trace"; then fail "$id: the trace of a press that was practice"; fi
	if grep -q 'nan kPa' "$T/$id.out"; then fail "$id: a number that is none was told"; fi
	expect 0 '^whole' "$A" verify "$f"
done
expect 1 "tip of 0.9503 cm2 .*--tip-area 0.9503" "$rec" "$T/dfns-ppt" dfns-ppt

# ---- killed in the middle, gone on with --------------------------------------------------------------------
cut_and_resume() { # procedure, tip, after so many presses
	rm -f "$T/pipe" && mkfifo "$T/pipe"
	rm -rf "$T/cut" && make_study "$T/cut"
	"$rec" "$T/cut" "$1" --tip-area "$2" >"$T/pipe" 2>"$T/err" &
	pid=$!
	said=0
	while read -r line; do
		case $line in saved:*) said=$((said + 1)) ;; esac
		[ $said -lt "$3" ] || kill -9 $pid 2>/dev/null
	done <"$T/pipe"
	wait $pid 2>/dev/null
	expect 1 'was cut off .* go on with it .--resume.' "$rec" "$T/cut" "$1" --tip-area "$2"
	expect 0 'complete; seal' "$rec" "$T/cut" "$1" --tip-area "$2" --resume
	counts "$T/cut/sub-P012/ses-01/sub-P012_ses-01_algometry.h5" "ok == 18 and not twice and complete == 1"
	expect 0 '^whole' "$A" verify "$T/cut/sub-P012/ses-01/sub-P012_ses-01_algometry.h5"
}
cut_and_resume acr1990 1.0 7
cut_and_resume dfns-ppt 0.9503 8

# ---- wrong procedures --------------------------------------------------------------------------------------
make_study "$T/s" || fail "no study"
cat >"$T/good.yaml" <<'Y'
algometer: procedure 1
id: good
version: 1.0
name: A good one
rate_kpa_s: 30
corridor_percent: 20
tip_area_cm2: 1.0
rounds: 2
plan: rounds
order: fixed
interval_s: 5
rule: mean
max_presses: 4
ceiling_kpa: 500
response: button
points:
  from: list
  sites: [UTRAP_R, UTRAP_L]
instruction: Say now.
source: made for a test
journal: false
Y
edit() { # NAME SED-SCRIPT: the good one, changed
	sed -e "s/^id: good/id: $1/" -e "$2" "$T/good.yaml" >"$T/$1.yaml"
}
refused() { # NAME PATTERN SED-SCRIPT: at this line and column, with this advice
	[ -z "${3:-}" ] || edit "$1" "$3"
	expect 1 "$2" timeout 20 "$A" record P012 --study "$T/s" --procedure "$T/$1.yaml" --device sim:mark10 --yes --plain
	[ -z "$(find "$T/s" -name '*_algometry.*')" ] || fail "$1: a session was begun"
}
refused rate 'rate.yaml:5:13: rate_kpa_s: 0 is not within 1 to' 's/^rate_kpa_s: 30/rate_kpa_s: 0/'
refused ceiling 'ceiling.yaml:14:14: ceiling_kpa: 3000 is not within 50 to 2000' 's/^ceiling_kpa: 500/ceiling_kpa: 3000/'
refused interval 'interval.yaml:11:13: interval_s: -5 is not within 0 to' 's/^interval_s: 5/interval_s: -5/'
refused site "site.yaml:18:20: sites: unknown site 'NOSITE_L' .see 'algometer points --sites'" 's/UTRAP_L/NOSITE_L/'
refused twice 'twice.yaml:18:20: sites: UTRAP_R is there twice' 's/UTRAP_L/UTRAP_R/'
refused none "none.yaml:8:9: rounds: '0' is not a whole number from 1 to" 's/^rounds: 2/rounds: 0/'
refused huge "huge.yaml:8:9: rounds: '100000000' is not a whole number" 's/^rounds: 2/rounds: 100000000/'
refused fewer 'fewer.yaml:13:14: max_presses: 1 is less than the 2 rounds' 's/^max_presses: 4/max_presses: 1/'
refused corridor "corridor.yaml:6:19: corridor_percent: 'nan' is not a number" 's/percent: 20/percent: nan/'
refused tip 'tip.yaml:7:15: tip_area_cm2: -1 is not within' 's/cm2: 1.0/cm2: -1/'
refused rule "rule.yaml:12:7: rule: 'average' is none of: mean" 's/^rule: mean/rule: average/'
refused key "key.yaml:12:1: unknown key 'ruel' .known: algometer id" 's/^rule: mean/ruel: mean/'
refused gone "gone.yaml:1:1: key 'rate_kpa_s' is missing" '/^rate_kpa_s/d'
refused hold 'hold.yaml:16:11: hold_kpa: 600 .* is not below the ceiling_kpa of 500: raise the ceiling or hold less' \
	'/^ceiling/a measure: hold\nhold_kpa: 600\nhold_s: 5\nhold_band_percent: 10'
refused peak "peak.yaml:16:12: tolerance: two responses need 'response: button'" 's/^response: button/response: verbal-peak\ntolerance: true/'
refused practice 'practice.yaml:16:23: familiarisation_site: UTRAP_L is measured, too: practise where nothing' \
	'/^ceiling/a familiarisation_presses: 2\nfamiliarisation_site: UTRAP_L'
"$PY" - "$T" <<'P'
import sys
t = sys.argv[1]
good = open(t + "/good.yaml").read()
def make(name, text): open("%s/%s.yaml" % (t, name), "w").write(text.replace("id: good", "id: " + name))
make("many", good.replace("UTRAP_R, UTRAP_L", ", ".join(["UTRAP_R", "UTRAP_L"] * 5000)))
bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
for c in "bcdefghij": bomb += "%s: &%s [%s]\n" % (c, c, ", ".join(["*" + chr(ord(c) - 1)] * 9))
make("bomb", "algometer: procedure 1\nid: good\n" + bomb)
make("deep", "algometer: procedure 1\nid: " + "[" * 100000)
make("binary", "algometer: procedure 1\nid: good\nname: \x00\x01\n")
P
refused many 'many.yaml:18:[0-9]+: '
refused bomb 'bomb.yaml:3:4: an anchor .* .not allowed'
refused deep 'deep.yaml:2:[0-9]+: nested deeper than'
refused binary 'binary.yaml:3:[0-9]+: '

# A threshold and a tolerance are two responses; a peak is one, whoever asks for it.
edit tolerance '/^ceiling/a tolerance: true'
expect 2 "option --button: 'peak' is .*two responses|--button.*two responses" "$A" record P012 --study "$T/s" \
	--procedure "$T/tolerance.yaml" --device sim:mark10 --button peak --yes --plain

# A ceiling that the gauge cannot reach, as far as its check knows: its range holds, and that is said.
edit range 's/^ceiling_kpa: 500/ceiling_kpa: 2000/'
make_study "$T/range" || fail "no study"
expect 0 'PASSED' "$A" check --device sim:mark10 --weights 0.5,1,2,5 --capacity 60 --yes --study "$T/range" \
	--clock 2026-03-01T09:30:00Z
expect 0 "ceiling from" "$A" record P012 --study "$T/range" --procedure "$T/range.yaml" --device sim:mark10?seed=3 --yes \
	--plain --clock 2026-03-02T09:30:00Z
tr '\n' ' ' <"$T/out" | grep -q "ceiling from 600 kPa (the gauge's range)" || fail "the gauge's range is not told"
counts "$T/range/sub-P012/ses-01/sub-P012_ses-01_algometry.h5" \
	"ok == 4 and abs(float(f.attrs['device_capacity_n']) - 60) < 1e-9 and max(f['results/ceiling_kpa'][()]) <= 600.001"

# ---- orders that somebody drew up --------------------------------------------------------------------------
edit order 's/^order: fixed/order: file\norder_file: orders.tsv/'
mkdir -p "$T/s/procedures"
orders() { # PATTERN LINES
	printf 'participant\tsession\tsites\n%b' "$2" >"$T/s/procedures/orders.tsv"
	refused order "$1"
}
refused order "$T/s/procedures/orders.tsv: cannot be opened"
orders "orders.tsv:2: column 'sites': unknown site 'NOSITE_L' .see 'algometer points --sites'" '*\t*\tUTRAP_R;NOSITE_L\n'
orders "orders.tsv:2: column 'sites': UTRAP_L is there 2 times and UTRAP_R 1 times" '*\t*\tUTRAP_R;UTRAP_L;UTRAP_L\n'
orders 'orders.tsv has no line for participant P012, session 1 .a line with .\*. is for all others' 'P999\t1\tUTRAP_R;UTRAP_L\n'
orders 'orders.tsv:2: the order names LEV_R, this session measures other points' '*\t*\tUTRAP_R;LEV_R\n'
orders "orders.tsv:3: column 'participant': .* is there twice" '*\t*\tUTRAP_L;UTRAP_R\n*\t*\tUTRAP_L;UTRAP_R\n'
printf 'participant\tsession\tsites\n*\t*\tUTRAP_L;UTRAP_R\n' >"$T/s/procedures/orders.tsv"
expect 0 '4 accepted' "$A" record P012 --study "$T/s" --procedure "$T/order.yaml" --device sim:mark10?seed=3 --yes --plain
expect 0 'UTRAP_L' "$A" show P012 --study "$T/s" --json
finish
