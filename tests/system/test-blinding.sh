# SPDX-License-Identifier: GPL-3.0-or-later
# Two blinded runs with the same events, forces and rate of the second 1.4 times those of the first: every
# byte that a person sees is the same, but for digests. What a peak on an open display would tell is refused;
# unblinding opens what it names, and nothing that is measured later.
. tests/system/lib.inc

# study DIR RATE CEILING CAP: the same procedure id and name, other numbers.
study() {
	mkdir -p "$1" && (cd "$1" && "$A" init study --id test >/dev/null) || return
	for code in P012 P013; do
		"$A" points $code add UTRAP_R --role target --primary --study "$1/study" >/dev/null
		"$A" points $code add LEV_R --role target --study "$1/study" >/dev/null
	done
	mkdir -p "$1/study/procedures"
	for kind in plain tolerance hold; do
		{
			echo "algometer: procedure 1"
			echo "id: $kind"
			echo "version: 1.0"
			echo "name: blinded"
			echo "rate_kpa_s: $2"
			echo "corridor_percent: 20"
			echo "tip_area_cm2: 1.0"
			echo "rounds: 2"
			echo "max_presses: 4"
			echo "plan: rounds"
			echo "order: fixed"
			echo "interval_s: 10"
			echo "rule: mean"
			echo "ceiling_kpa: $3"
			echo "force_cap_n: $4"
			echo "reject_rate_percent: $([ $kind = hold ] && echo none || echo 60)"
			echo "response: button"
			echo "points:"
			echo "  from: participant"
			echo "journal: true"
			echo "instruction: Press the button when it begins to hurt."
			echo "source: nowhere"
			[ $kind != tolerance ] || echo "tolerance: true"
			[ $kind != tolerance ] || echo "familiarisation_presses: 1"
			[ $kind != tolerance ] || echo "familiarisation_site: FDI_R"
			[ $kind != hold ] || echo "measure: hold"
			[ $kind != hold ] || echo "hold_kpa: $5"
			[ $kind != hold ] || echo "hold_s: 4"
			[ $kind != hold ] || echo "hold_band_percent: 20"
			[ $kind != plain ] || echo "extra_press_range_percent: 20"
		} >"$1/study/procedures/$kind.yaml"
	done
}
study "$T/one" 30 600 120 150 || fail "no study"
study "$T/two" 42 840 168 210 || fail "no study"

# Digests are of the stored numbers; everything else must stand as it is.
mask() { sed -E 's/seal [0-9a-f]{8}/seal ########/g; s/before [0-9a-f]{8}/before ########/g; s/"(seal|sha256|digest)[a-z_]*":[[:space:]]*"[^"]*"/"\1": "#"/g'; }


# hand THRESHOLD RATE SCALE: options of the simulated gauge and its people, every force of them scaled.
hand() {
	awk -v p="$1" -v r="$2" -v k="$3" 'BEGIN { printf "threshold=%g&rate=%g&tremor=%g&noise=%g&zero=%g", p * k, r * k, 0.1 * k, 0.02 * k, 0.3 * k }'
}

# both PATTERN TEXT: the text as a command in either folder; the same to the eye, and the pattern is in it.
both() {
	for run in one two; do
		k=1
		[ $run = one ] || k=1.4
		(
			cd "$T/$run" || exit 1
			export EASY="$(hand 200 30 $k)" LATE="$(hand 590 30 $k)" NEVER="$(hand 2000 30 $k)" FAST="$(hand 200 75 $k)"
			export A SOFT="$(hand 150 30 $k)"
			timeout 60 sh -c "$2" </dev/null >"$T/$run.out" 2>"$T/$run.err"
			echo "exit $?" >>"$T/$run.out"
		)
		mask <"$T/$run.out" >"$T/$run.out.masked"
		mask <"$T/$run.err" >"$T/$run.err.masked"
	done
	for stream in out err; do
		cmp -s "$T/one.$stream.masked" "$T/two.$stream.masked" || {
			fail "std$stream tells the force: $2"
			diff "$T/one.$stream.masked" "$T/two.$stream.masked" | head -n 10
		}
	done
	cat "$T/one.out.masked" "$T/one.err.masked" | tr '\n' ' ' | tr -s ' ' | grep -qE -- "$1" || { # lines are wrapped
		fail "no '$1' in: $2"
		cat "$T/one.out.masked" "$T/one.err.masked" | tail -n 10
	}
	if grep -nE '[0-9] ?(kPa|kgf|N\b)' "$T/one.out.masked" "$T/one.err.masked"; then fail "a force or a rate in numbers: $2"; fi
}

R='"$A" record P012 --study study --blinded --yes --clock 2026-03-02T0'
both 'complete; seal' "$R"'8:00:00+01:00 --procedure plain --device "sim:mark10?$EASY"'
both 'exit 0' "$R"'9:00:00+01:00 --procedure plain --json --device "sim:mark10?$EASY&seed=2"'
both 'censored, ceiling' "$R"'9:10:00+01:00 --procedure plain --device "sim:mark10?$NEVER"'
both 'ALARM: ' "$R"'9:15:00+01:00 --procedure plain --device "sim:mark10?$LATE"'
both 'threshold taken' "$R"'9:20:00+01:00 --procedure tolerance --device "sim:mark10?$EASY"'
both 'held for 4 s and rated' "$R"'9:30:00+01:00 --procedure hold --device "sim:mark10?$EASY"'
both 'BLINDED' "$R"'9:40:00+01:00 --procedure plain --device "sim:mark10?$FAST&hz=10"'
both 'stored, the rest is marked missing' "$R"'9:50:00+01:00 --procedure plain --device "sim:mark10?$SOFT&unplug=18"'
printf 't=20 key wrong-site\nt=32 key reject\nt=50 key skip\nt=60 key back\nt=90 key patient\n' >"$T/one/script"
cp "$T/one/script" "$T/two/script"
both 'rejected' "$R"'9:55:00+01:00 --procedure plain --script script --device "sim:mark10?$EASY"'

# Whatever reads the files afterwards.
F='study/sub-P012/ses-01/sub-P012_ses-01_algometry.h5'
for how in "show $F" "show $F --json" "show $F --uncertainty" 'show P012 --study study' 'show P012 --study study --json' \
	'compare P012 --study study' 'compare P012 --study study --json' 'course P012 --study study' 'course P012 --study study --json' \
	"plot trace $F --press 1" "plot trace $F --press 1 --out x.svg" "plot slope P012 1 2 --study study" "plot course P012 --study study" \
	"plot bodymap P012 1 --study study"; do
	both 'not unblinded' "\"\$A\" $how"
	[ ! -e "$T/one/x.svg" ] || fail "a picture of a blinded press"
done
for kind in presses measures points ratings events; do # the seal at the end of a row is a digest
	both 'without values' "\"\$A\" export $kind --study study | sed 's/,[0-9a-f]*.\$//'"
done
both 'amended' '"$A" amend '"$F"' status rejected --press 1 --why slipped --who ex1 | sed -E "s/ at [0-9T:.+-]+:/ at T:/"'
both 'amended' '"$A" amend '"$F"' tip_area_cm2 1.1 --why "the wider tip" --who ex1 | sed -E "s/ at [0-9T:.+-]+:/ at T:/"'
both 'exit' '"$A" amend '"$F"' status rejected --press 2 --why slipped --who ex1 --json | sed -E "s/[0-9-]{10}T[0-9:.+]+/T/"'
both 'exit' '"$A" verify '"$F"
both 'exit' '"$A" verify '"$F"' --json'
both 'journal' '"$A" recover '"$F"
both 'exit' '"$A" deidentify --study study --out open --key key'
both 'not unblinded' '"$A" show $(find open -name "*.h5" | sort | head -n 1)'

# A picture that is redrawn, on a terminal: no number of a force in all its bytes.
cat >"$T/terminal.py" <<'P'
import os, pty, re, sys
pid, fd = pty.fork()
if pid == 0:
    os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
    os.execv(sys.argv[1], sys.argv[1:])
seen = b""
while True:
    try:
        more = os.read(fd, 65536)
    except OSError:
        break
    if not more:
        break
    seen += more
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
text = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]", b" ", seen)
assert code == 0 and b"hidden in this session" in text, (code, text[-500:])
told = re.search(rb"kPa|\d ?N\b|ceiling \d|keep \d", text)
assert not told, text[told.start() - 60:told.end() + 60]
P
"$PY" "$T/terminal.py" "$A" record P013 --study "$T/one/study" --blinded --yes --clock 2026-03-02T08:00:00+01:00 --procedure plain \
	--device "sim:mark10?$(hand 200 30 1)" || fail "the screen told a force"

# A peak that stands on a display that can be seen.
S=$T/one/study
printf '%s\n' "$(sed 's/response: button/response: verbal-peak/; s/^id: plain/id: peak/' "$S/procedures/plain.yaml")" >"$S/procedures/peak.yaml"
expect 2 'cannot take its threshold from a peak' "$A" record P013 --study "$S" --blinded --yes --button peak --display open --session 8 \
	--procedure peak --device sim:mark10
[ ! -e "$S/sub-P013/ses-08" ] || [ -z "$(find "$S/sub-P013/ses-08" -name '*.h5')" ] || fail "the refused session left a file"

# A session that was cut off: found, recovered and gone on with, without a number.
cut_off() { # CODE ARGUMENTS: killed once two presses are saved
	code=$1
	shift
	rm -f "$T/pipe" && mkfifo "$T/pipe"
	"$A" record "$code" --study "$S" --blinded --yes --plain --procedure plain "$@" >"$T/pipe" 2>"$T/err" &
	pid=$!
	n=0
	while read -r line; do
		case $line in saved:*) n=$((n + 1)) ;; esac
		[ $n -lt 2 ] || kill -9 $pid 2>/dev/null
	done <"$T/pipe"
	wait $pid 2>/dev/null
}
quiet() { if grep -qE '[0-9] ?kPa|samples|[0-9] N\b' "$T/both"; then fail "told: $(cat "$T/both")"; fi; }
EASY="sim:mark10?$(hand 200 30 1)"
sed -i 's/^rounds: 2/rounds: 3/' "$S/procedures/plain.yaml"
cut_off P013 --device "$EASY"
expect 1 'was cut off' "$A" record P013 --study "$S" --blinded --yes --procedure plain --device "$EASY" && quiet
expect 1 'blinding' "$A" record P013 --study "$S" --resume --yes --procedure plain --device "$EASY" && quiet
journal=$(find "$S/sub-P013" -name '*.journal')
expect 0 'was cut off' "$A" recover "$journal" --out "$T/recovered.h5" && quiet
expect 1 'not unblinded' "$A" show "$T/recovered.h5" && quiet
for share in 50 60 70 75 80 85 90 95; do # one of them is cut in a press
	head -c $(($(wc -c <"$journal") * share / 100)) "$journal" >"$T/part.journal"
	expect 0 'presses' "$A" recover "$T/part.journal" --out "$T/part-$share.h5" && quiet
	cat "$T/both" >>"$T/parts"
done
grep -q 'was being made' "$T/parts" || fail "no journal was cut in a press"
expect 0 'marked not-blinded' "$A" record P013 --study "$S" --resume --blinded --yes --display open --procedure plain --device "$EASY" && quiet
"$PY" - "$(find "$S/sub-P013" -name '*.h5' | sort | tail -n 1)" <<'P' || fail "an uncovered display left no mark on the presses after it"
import h5py, sys
q = h5py.File(sys.argv[1])["results/quality"][()]
assert not q[0] & 2048 and q[-1] & 2048, q
P
cut_off P012 --session 30 --device "$EASY" --button peak
expect 2 'cannot take its threshold from a peak' "$A" record P012 --study "$S" --resume --blinded --yes --display open --procedure plain \
	--button peak --device "$EASY" && quiet
expect 0 'accepted|rejected' "$A" record P012 --study "$S" --resume --blinded --yes --procedure plain --button peak --device "$EASY" && quiet

# Unblinding: what is named, no more; sessions before it, none after.
first() { find "$S/sub-$1/ses-$2" -name '*_ses-??_algometry.h5' | head -n 1; }
expect 0 'Unblinded' "$A" unblind P012/2 --who mon1 --reason "query 7" --study "$S"
expect 0 'kPa' "$A" show "$(first P012 02)"
expect 1 'not unblinded' "$A" show "$(first P012 01)"
expect 1 'not unblinded' "$A" show "$(first P013 01)"
expect 2 'scope' "$A" unblind P012/02 --who mon1 --reason "covers nothing" --study "$S"
expect 2 'scope' "$A" unblind P012/+2 --who mon1 --reason "covers nothing" --study "$S"
expect 2 'scope' "$A" unblind P012/0 --who mon1 --reason "covers nothing" --study "$S"
expect 2 'who' "$A" unblind P012 --reason "nobody" --study "$S"
expect 2 'reason' "$A" unblind P012 --who mon1 --study "$S"
expect 0 'Unblinded' "$A" unblind P012 --who mon1 --reason "end of P012" --study "$S"
expect 0 'kPa' "$A" show "$(first P012 01)"
expect 1 'not unblinded' "$A" show "$(first P013 01)"
expect 0 'complete' "$A" record P012 --study "$S" --blinded --yes --session 20 --clock 2035-03-02T08:00:00+01:00 --procedure plain \
	--device "sim:mark10?$(hand 200 30 1)"
expect 1 'not unblinded' "$A" show "$(first P012 20)"
cp "$S/unblinding.tsv" "$T/good.tsv"
printf '2099-01-01T00:00:00+01:00\tmon1\tstudy\tby hand\n' >>"$S/unblinding.tsv"
expect 1 'not unblinded' "$A" show "$(first P012 20)"
expect 1 'not unblinded' "$A" show "$(first P013 01)"
for damage in 'time\twho\tscope\n' '\0\0\0\0' 'time\twho\tscope\treason\nyesterday\tm\tstudy\tx\n' \
	'time\twho\tscope\treason\n2030-01-01T00:00:00+01:00\tm\t../P012\tx\n'; do
	printf "$damage" >"$S/unblinding.tsv"
	expect 1 '' "$A" show "$(first P012 02)"
	if grep -q kPa "$T/out"; then fail "a damaged table unblinded: $damage"; fi
done
{ cat "$T/good.tsv"; printf 'half a row'; } >"$S/unblinding.tsv"
expect 1 '' "$A" show "$(first P012 02)"
cp "$T/good.tsv" "$S/unblinding.tsv"
expect 0 'Unblinded' "$A" unblind study --who mon1 --reason "the last visit is over" --study "$S"
expect 0 'kPa' "$A" show "$(first P013 01)"
expect 1 'not unblinded' "$A" show "$(first P012 20)"
expect 0 'query 7' "$A" unblind --list --study "$S"
finish
