#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Small rules that a compiler does not check.
set -eu
bad=0
deny() { # what, pattern, files...
	what=$1 pattern=$2
	shift 2
	if git grep -nE "$pattern" -- "$@"; then
		echo "^ $what"
		bad=1
	fi
}
deny "driver/ and the pure rooms never print or exit" '\b(printf|puts|putchar|perror|exit|abort) *\(' \
	'driver/*.c' 'data/*.c' 'acq/*.c' 'stats/*.c' 'host/*.c' 'base/units.c' 'base/text.c'
deny "cmocka's float compare lets NAN pass: use assert_close" 'assert_(float|double)_(not_)?equal' 'tests/*.c' 'tests/*.h'
deny "host/ only looks: opening a port would raise its lines" '\b(open|openat|ioctl) *\(' 'host/*.c'
deny "no shell" '\b(system|popen) *\(' '*.c'
deny "numbers stay in the C locale" 'setlocale *\( *LC_(ALL|NUMERIC)' '*.c'
# REUSE-IgnoreStart
for f in $(git ls-files -co --exclude-standard '*.c' '*.h' '*.sh' '*.py' '*.R' '*.m' Makefile); do
	[ -f "$f" ] || continue
	if ! head -n 3 "$f" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later'; then
		echo "$f: no SPDX line at its head"
		bad=1
	fi
done
# REUSE-IgnoreEnd
exit $bad
