# SPDX-License-Identifier: GPL-3.0-or-later
# The same numbers out of h5py, pandas, R (hdf5r, rhdf5), Octave and h5dump as out of the program, by the
# reader scripts of docs/readers, of which each has at most ten lines.
. tests/system/lib.inc
command -v Rscript octave-cli h5dump >/dev/null && Rscript -e 'library(hdf5r); library(rhdf5)' >/dev/null 2>&1 &&
	$PY -c 'import pandas' 2>/dev/null || { echo "R with hdf5r and rhdf5, Octave, h5dump or pandas is not installed"; exit 77; }
for f in docs/readers/read_*; do
	[ "$(grep -cvE '^(#|%)|^$' "$f")" -le 10 ] || fail "$f has more than ten lines"
done
"${BUILD:-build}/tests/make_session" "$T/full.h5" || fail "no session"
"${BUILD:-build}/tests/make_session" "$T/none.h5" 0 0 0 empty || fail "no session"
cp tests/golden/format-1.0/sub-P012_ses-01_algometry.h5 "$T/golden.h5"
for s in full none golden; do
	"${BUILD:-build}/tests/make_golden" dump "$T/$s.h5" | awk '
		/^\/results\/trial / { t[$2] = $3; n++ }
		/^\/results\/site_code / { c[$2] = $3 }
		/^\/results\/status / { s[$2] = $3 }
		/^\/results\/ppt_kpa / { p[$2] = $3 == "nan" ? "nan" : sprintf("%.6f", $3) }
		END { for (i = 0; i < n; i++) print t[i] "," c[i] "," s[i] "," p[i] }' >"$T/want"
	for how in "$PY docs/readers/read_python.py" "$PY docs/readers/read_pandas.py" "Rscript docs/readers/read_hdf5r.R" \
		"Rscript docs/readers/read_rhdf5.R" "octave-cli -q docs/readers/read_octave.m" "sh docs/readers/read_h5dump.sh"; do
		$how "$T/$s.h5" >"$T/got" 2>"$T/err"
		cmp -s "$T/want" "$T/got" || fail "$s with $how: $(diff "$T/want" "$T/got" | head -n 3) $(tail -n 2 "$T/err")"
	done
	[ $s = none ] || [ "$(wc -l <"$T/want")" -gt 1 ] || fail "$s has no presses"
done
finish
