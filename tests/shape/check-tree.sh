#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The tree as a whole: no path of somebody's machine, no blank ends of lines, scripts say their licence,
# long functions are listed (a report, not a fault).
set -eu
bad=0
# [x] keeps the patterns from finding themselves.
if git grep -nIE '(^|[^A-Za-z0-9_.$}-])/([w]ork|[h]ome|[U]sers|[t]mp/wt)/|[.][.]/[s]hared' -- . ':!LICENSE' ':!LICENSES'; then
	echo "^ a path of one machine"
	bad=1
fi
if git grep -nIE '[ 	]+$' -- '*.c' '*.h' '*.sh' '*.yaml' '*.inc' Makefile '.ci/*' 'man/*'; then
	echo "^ blanks at the end of a line"
	bad=1
fi
# REUSE-IgnoreStart
for f in $(git ls-files -co --exclude-standard '*.yaml' '*.inc' 'man/*' '.ci/run' '.ci/*.sh' 'docs/*.md' '*.rules'); do
	[ -f "$f" ] || continue
	head -n 3 "$f" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' || { echo "$f: no SPDX line at its head"; bad=1; }
done
# REUSE-IgnoreEnd
git ls-files -co --exclude-standard '*.c' | while read -r f; do
	[ -f "$f" ] && awk -v f="$f" '/^\{/ { from = FNR } /^\}/ && from { if (FNR - from > 120) print f ":" from ": a function of " FNR - from " lines"; from = 0 }' "$f"
done
exit $bad
