#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A session of 36 presses of 10 s (37 of the 40 here have samples) takes at most 0.55 MB at 100 Hz and 9.5 MB at 2 kHz.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
fits() { # hertz, bytes
	"$BUILD/tests/make_session" "$dir/s.h5" 40 10 "$1"
	size=$(wc -c <"$dir/s.h5")
	echo "$1 Hz: $size bytes of $2"
	[ "$size" -gt 100000 ] && [ "$size" -le "$2" ]
}
fits 100 550000
fits 2000 9500000
