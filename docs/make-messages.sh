#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make-messages.sh < base/messages.h - prints docs/MESSAGES.md: every sentence with its number.
# A conversion such as %s is printed as "...".
set -eu
cat <<'HEAD'
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- Made from base/messages.h by `make docs`; change it there. -->
# Messages

Every fault that Algometer can tell has a number, printed in brackets after the sentence. Numbers never
change and are never used again. *Exit* is the program's exit code when this was the first error of a run:
1 tried and failed, 2 what was typed, 3 the device, 4 the data file. A warning or a note does not change it.
HEAD
awk '
	{ while (sub(/\\$/, "")) { if ((getline more) <= 0) break; $0 = $0 more } }
	/^\/\* .* \*\/$/ && !/SPDX/ {
		section = substr($0, 4, length($0) - 6)
		next
	}
	/^#define MSG_/ {
		name = $2
		line = $0
		sub(/^#define +MSG_[A-Z0-9_]+ +/, "", line)
		split(line, field, / *, */)
		text = line
		sub(/^[^"]*/, "", text)
		said = ""
		while (match(text, /"([^"\\]|\\.)*"/)) {
			said = said substr(text, RSTART + 1, RLENGTH - 2)
			text = substr(text, RSTART + RLENGTH)
		}
		gsub(/%%/, "\001", said)
		gsub(/%[-+ #0]*[0-9*]*(\.[0-9*]+)?(hh|h|ll|l|j|z|t|L)?([diouxXeEfFgGaAcsp]|$)/, "...", said)
		gsub(/% *$/, "...", said) # a PRI macro stood here
		gsub(/\001/, "%", said)
		gsub(/\\"/, "\"", said)
		gsub(/\|/, "\\|", said)
		if (section != told) {
			title = toupper(substr(section, 1, 1)) substr(section, 2)
			printf "\n## %s\n\n| number | exit | name | sentence |\n|---|---|---|---|\n", title
			told = section
		}
		printf "| %s | %s | `%s` | %s |\n", field[1], field[3], name, said
	}
'
