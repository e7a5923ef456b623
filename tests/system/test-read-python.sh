#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The Python reader, written from docs/FORMAT.md alone, recomputes every threshold and digest of a session file.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
py=
for p in /usr/bin/python3 python3; do
	if command -v "$p" >/dev/null && "$p" -c 'import h5py' 2>/dev/null; then py=$p && break; fi
done
[ -n "$py" ] || { echo "python3-h5py is not installed"; exit 77; }

"$BUILD/tests/make_session" "$dir/a.h5"
"$BUILD/tests/make_session" "$dir/none.h5" 0 0 0 empty
"$py" docs/readers/check_thresholds.py "$dir/a.h5" >"$dir/py"
"$py" docs/readers/check_thresholds.py "$dir/none.h5" >"$dir/py-none"
[ "$(wc -l <"$dir/py")" = 23 ]
[ "$(cat "$dir/py-none")" = "# simulated" ]
grep -q '^# simulated' "$dir/py"
for word in accepted rejected censored missing; do grep -q " $word " "$dir/py"; done
grep -q '^4 UTRAP_L rejected [0-9]' "$dir/py"
grep -q '^6 TA_R censored nan' "$dir/py"
"$py" docs/readers/check_digests.py "$dir/a.h5"
"$py" docs/readers/check_digests.py "$dir/none.h5"

# A changed threshold and a changed sample are both noticed.
for change in 'f["results/ppt_kpa"][0] += 0.01' 'f["samples/force_n"][...] *= 1.001'; do
	cp "$dir/a.h5" "$dir/b.h5"
	"$py" -c "import h5py, sys; f = h5py.File(sys.argv[1], 'r+'); $change" "$dir/b.h5"
	if "$py" docs/readers/check_thresholds.py "$dir/b.h5" >/dev/null 2>&1; then echo "not noticed: $change"; exit 1; fi
	if "$py" docs/readers/check_digests.py "$dir/b.h5" >/dev/null 2>&1; then echo "digests agree after: $change"; exit 1; fi
done
