#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# docs/DEVICES.md is what the program, the profiles and the recordings say.
set -eu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
"$BUILD/algometer" families --table >"$tmp/table"
sh docs/make-devices.sh "$tmp/table" >"$tmp/devices"
rows=$(grep -c '^| `' "$tmp/devices")
[ "$rows" -ge 20 ] || { echo "only $rows gauges were found"; exit 1; }
if ! diff -u docs/DEVICES.md "$tmp/devices"; then
	echo "docs/DEVICES.md is not what the program says: run 'make docs'"
	exit 1
fi
