#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The committed udev rules are what their generator prints; ids are lower-case hex; no rule claims a
# generic USB-serial chip by its id alone.
set -eu
bad=0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
${CC:-cc} -std=c17 -I. -Wall -Wextra -Werror udev/gen_rules.c -o "$dir/gen_rules"
"$dir/gen_rules" >"$dir/rules"
diff -u udev/70-algometer.rules "$dir/rules" || { echo "udev/70-algometer.rules: run 'make docs'"; bad=1; }
if grep -v '^#' udev/70-algometer.rules | grep -nE '"(0403|067b|10c4|1a86)"'; then
	echo "^ a generic bridge is claimed by its id"
	bad=1
fi
if grep -nE 'id(Vendor|Product)}=="[0-9a-f]*[^0-9a-f"]' udev/70-algometer.rules; then
	echo "^ udev compares text: four lower-case hex digits"
	bad=1
fi
exit $bad
