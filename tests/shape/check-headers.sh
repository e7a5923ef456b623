#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every header compiles alone.
set -eu
bad=0
for h in $(git ls-files -co --exclude-standard '*.h'); do
	[ -f "$h" ] || continue
	case $h in tests/*) continue ;; esac
	if ! printf '#include "%s"\nextern int nothing;\n' "$h" |
		${CC:-cc} -std=c17 -D_GNU_SOURCE -I. -Wall -Wextra -fsyntax-only -x c - $(pkg-config --cflags hdf5); then
		echo "$h: does not compile alone"
		bad=1
	fi
done
exit $bad
