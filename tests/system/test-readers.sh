# SPDX-License-Identifier: GPL-3.0-or-later
# The same numbers out of h5py, pandas, R (hdf5r, rhdf5), Octave and h5dump as out of the program, by the
# reader scripts of docs/readers, of which each has at most ten lines. Practice presses and holds are left out.
. tests/system/lib.inc
command -v Rscript octave-cli h5dump >/dev/null && Rscript -e 'library(hdf5r); library(rhdf5)' >/dev/null 2>&1 &&
	$PY -c 'import pandas' 2>/dev/null || { echo "R with hdf5r and rhdf5, Octave, h5dump or pandas is not installed"; exit 77; }
for f in docs/readers/read_*; do
	[ "$(grep -cvE '^(#|%)|^$' "$f")" -le 10 ] || fail "$f has more than ten lines"
done
"${BUILD:-build}/tests/make_session" "$T/full.h5" || fail "no session"
"${BUILD:-build}/tests/make_session" "$T/none.h5" 0 0 0 empty || fail "no session"
cp tests/golden/format-1.0/sub-P012_ses-01_algometry.h5 "$T/golden.h5"
"$A" init "$T/s" >/dev/null 2>&1
for site in UTRAP_R LTRAP_R; do "$A" points P012 add $site --study "$T/s" >/dev/null; done
for how in threshold-tolerance:practice:2026-03-02 hold-rating:hold:2026-03-03; do
	rest=${how#*:}
	"$A" record P012 --study "$T/s" --procedure "${how%%:*}" --device 'sim:mark10?seed=3' --examiner AB --yes --no-journal test \
		--clock "${rest#*:}T09:30:00+01:00" >"$T/out" 2>&1 || fail "${how%%:*}: $(tail -n 3 "$T/out")"
	cp "$(ls "$T"/s/sub-P012/ses-*/*.h5 | tail -n 1)" "$T/${rest%:*}.h5"
	$PY docs/readers/check_thresholds.py "$T/${rest%:*}.h5" >"$T/got" 2>&1 || fail "check_thresholds.py with $rest: $(tail -n 1 "$T/got")"
done
for s in full none golden practice hold; do
	"${BUILD:-build}/tests/make_golden" dump "$T/$s.h5" | awk '
		/^\/results\/trial / { t[$2] = $3; n++ }
		/^\/results\/site_code / { c[$2] = $3 }
		/^\/results\/status / { s[$2] = $3 }
		/^\/results\/kind / { k[$2] = $3 }
		/^\/results\/ppt_kpa / { p[$2] = $3 == "nan" ? "nan" : sprintf("%.6f", $3) }
		END { for (i = 0; i < n; i++) if (k[i] != 2 && k[i] != 4) print t[i] "," c[i] "," s[i] "," p[i] }' >"$T/want"
	for how in "$PY docs/readers/read_python.py" "$PY docs/readers/read_pandas.py" "Rscript docs/readers/read_hdf5r.R" \
		"Rscript docs/readers/read_rhdf5.R" "octave-cli -q docs/readers/read_octave.m" "sh docs/readers/read_h5dump.sh"; do
		$how "$T/$s.h5" >"$T/got" 2>"$T/err"
		cmp -s "$T/want" "$T/got" || fail "$s with $how: $(diff "$T/want" "$T/got" | head -n 3) $(tail -n 2 "$T/err")"
	done
	n=$(wc -l <"$T/want")
	case $s in
	none | hold) [ "$n" = 0 ] || fail "$s has $n thresholds" ;;
	practice) [ "$n" = 10 ] || fail "$s has $n thresholds, not 10" ;;
	*) [ "$n" -gt 1 ] || fail "$s has no presses" ;;
	esac
done
finish
