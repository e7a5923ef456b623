# SPDX-License-Identifier: GPL-3.0-or-later
# The numbers of compare, course and reliability on a whole study, recomputed from its files by other code: kPa, then log10.
. tests/system/lib.inc
"$PY" -c 'import h5py' 2>/dev/null || { echo "python3-h5py is not installed"; exit 77; }
# The sanitizers see these commands in the other tests; what is compared here is numbers.
[ -z "${SAN:-}" ] || exit 0
S=$T/demo
timeout 150 "$A" demo "$S" >"$T/out" 2>"$T/err" || { fail "demo: $(tail -n 3 "$T/err")"; finish; } # 27 sessions: long without -O2

json() { # NAME ARGUMENTS...
	out=$T/$scale/$1.json
	shift
	"$A" "$@" --json --study "$S" >"$out" 2>"$T/err" || { fail "$*"; cat "$T/err"; }
}

for scale in kPa log10; do
	mkdir "$T/$scale"
	[ $scale = kPa ] || expect 0 'log10 scale' "$A" reliability --scale log10 --why "for the test" --store --who EX1 --study "$S"
	json compare1 compare P012 1 6
	json compare2 compare P012 3-pre 3-post
	json compare3 compare P012 1 5
	json compare4 compare P101 1 2
	json course1 course P012
	json course2 course P012 --baseline 2
	json reliability reliability
	expect 0 ' 0 differ' "$PY" tests/system/recompute.py "$S" "$T/$scale"
done

# the recomputation can fail: one digit is enough
sed -i 's/"sem_low":[[:space:]]*/&1/' "$T/log10/reliability.json"
expect 1 ' low: .* recomputed' "$PY" tests/system/recompute.py "$S" "$T/log10"
finish
