#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The message table: every number once, inside its section's hundred, an exit code from 1 to 4.
set -eu
awk '
	function complain(what) { print "base/messages.h:" FNR ": " what; bad = 1 }
	{ while (sub(/\\$/, "")) { if ((getline more) <= 0) break; $0 = $0 more } }
	/^#define MSG_/ {
		line = $0
		sub(/^#define +MSG_[A-Z0-9_]+ +/, "", line)
		split(line, field, / *, */)
		if (field[1] !~ /^[1-9][0-9][0-9]$/) complain($2 ": the number " field[1] " is not of three digits")
		if (field[1] in seen) complain($2 ": the number " field[1] " is taken by " seen[field[1]])
		if ($2 in names) complain($2 " stands twice")
		if (field[3] !~ /^[1-4]$/) complain($2 ": exit code " field[3])
		seen[field[1]] = $2
		names[$2] = 1
		n++
	}
	END {
		if (n < 10) { print "base/messages.h: only " n + 0 " messages were found"; bad = 1 }
		exit bad
	}' base/messages.h
