#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make-devices.sh TABLE - prints docs/DEVICES.md: TABLE is what `algometer families --table` prints; which recordings and
# emulators there are is looked up in the tree. Run in its root.
set -eu
cat <<'HEAD'
<!-- SPDX-License-Identifier: GPL-3.0-or-later -->
<!-- Made by `make docs` from `algometer families`, the profiles and the recordings; change it there. -->
# Gauges

| status | means |
|---|---|
| full | what a measurement needs is documented, by the maker or in open source, and done |
| partial | something of it is not documented, or has to be said in the address; the column *limits* says what |
| profile | a file of `profiles/` describes its lines of text (docs/PROFILES.md); named as `?profile=NAME` |
| guess | such a file, but nobody documented the layout of a line; opening it warns |

`full` is about documents, not about trials: **no gauge of any family has been at hand.**

**Proven at** says what stands behind a row, and nothing else does: *recorded* and *vendor example* are bytes that came over a
wire or that the maker printed, and that decode to their value; *synthetic* are bytes made up from the document, which share
our reading of it; *emulated* is a gauge written from the document and read through the whole program, with the real libserialport, libusb and
libudev (beds B and C of docs/TESTBEDS.md; the bytes alone are bed A).
HEAD
kinds() { # recordings... -> "recorded, synthetic"; the strongest first
	for kind in recorded 'vendor example' synthetic; do
		! grep -qx "# kind: $kind" "$@" || echo "$kind"
	done | awk '{ printf "%s%s", (NR > 1 ? ", " : ""), $0 }'
}
proven_at() { # family
	case $1 in
	text:*) found=$(grep -lx "# profile: ${1#text:}" tests/recordings/text/*.rec 2>/dev/null || true)
		speaker=$(grep -l "\.profile = \"${1#text:}\"" sim/speak_*.c 2>/dev/null || true) ;;
	*) found=$(ls tests/recordings/"$1"/*.rec 2>/dev/null || true)
		speaker=$(ls sim/speak_"$(echo "$1" | tr - _)".c 2>/dev/null || true) ;;
	esac
	# shellcheck disable=SC2086 # file names of the tree, one word each
	said=$([ -z "$found" ] || kinds $found)
	[ -z "$speaker" ] || said="$said${said:+, }emulated"
	echo "${said:--}"
}
rows() { # one a line; an empty field stays one
	tail -n +2 "$table" | tr '\t' '\001'
}
section() { # title, pattern of the status column
	printf '\n## %s\n\n' "$1"
	echo '| family | models | status | proven at | transport | readings/s | limits | source |'
	echo '|---|---|---|---|---|---|---|---|'
	rows | while IFS="$(printf '\001')" read -r family status models transport line rate limits source; do
		echo "$status" | grep -qE "$2" || continue
		echo "| \`$family\` | $models | $status | $(proven_at "$family") | $transport${line:+ $line} | ${rate:--} | ${limits:--} | ${source:--} |"
	done
}
refused() {
	printf '\n## Known and not read\n\nSuch a name in an address is refused with its reason.\n\n| name | instrument | why |\n|---|---|---|\n'
	rows | while IFS="$(printf '\001')" read -r family status models transport line rate limits source; do
		[ "$status" != refused ] || echo "| \`$family\` | $models | $limits |"
	done
}
table=$1
section 'With code of their own' '^(full|partial)$'
section 'By a profile' '^(profile|guess)$'
refused
