#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make-format.sh TABLES < docs/FORMAT.md - the same text with the tables between its two markers
# replaced by the file TABLES (what $BUILD/tests/format_tables prints).
set -eu
awk -v tables="$1" '
	/^<!-- tables end/ { skip = 0 }
	!skip { print }
	/^<!-- tables begin/ {
		skip = 1
		print ""
		while ((getline line < tables) > 0) print line
		print ""
	}'
