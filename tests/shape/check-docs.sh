#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The documents that a change can make untrue: the include tables of docs/ARCHITECTURE.md are those of
# check-includes.sh, every Debian package is explained in docs/DEPENDENCIES.md, every path named in
# `backquotes` with a folder of this tree in front exists, so does every name of the glossary, and
# docs/MESSAGES.md is made from base/messages.h.
set -eu
bad=0
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

table() { # variable of check-includes.sh -> sorted "pattern words"
	awk -v name="$1" '$0 == name "=\x27" { on = 1; next } on && /^\x27$/ { exit } on' tests/shape/check-includes.sh |
		awk '{ $1 = $1; print }' | sort
}
documented() { # mark -> the Markdown table after it, bare
	awk -v mark="<!-- $1 -->" '$0 == mark { on = 1; next } on && /^\|/ { rows++; if (rows > 2) print; next } rows { exit }' \
		docs/ARCHITECTURE.md | tr -d '`|' | awk '{ $1 = $1; print }' | sort
}
for pair in table:rooms libraries:libraries; do
	table "${pair%:*}" >"$tmp/rule"
	documented "${pair#*:}" >"$tmp/doc"
	[ -s "$tmp/rule" ] || { echo "check-includes.sh has no $pair"; bad=1; }
	if ! diff -u "$tmp/doc" "$tmp/rule"; then
		echo "docs/ARCHITECTURE.md, table '${pair#*:}', is not what tests/shape/check-includes.sh checks"
		bad=1
	fi
done

for package in $(awk '!/^#/ { print $2 }' .ci/packages | sort -u); do
	grep -q "\`$package\`" docs/DEPENDENCIES.md || { echo "docs/DEPENDENCIES.md: $package is not explained"; bad=1; }
done

sh docs/make-messages.sh <base/messages.h >"$tmp/messages"
if ! diff -u docs/MESSAGES.md "$tmp/messages"; then
	echo "docs/MESSAGES.md is not what base/messages.h says: run 'make docs'"
	bad=1
fi

# Names of code in the glossary exist in a header.
for word in $(grep -oE '`[a-z_]+_\*?`|`(struct|enum) [a-z_]+`|`[A-Z]+_[A-Z_]+`' docs/GLOSSARY.md | tr -d '`*' | sed 's/.* //' | sort -u); do
	git grep -qF "$word" -- '*.h' || { echo "docs/GLOSSARY.md: no header has $word"; bad=1; }
done

for doc in README.md docs/*.md; do
	[ -f "$doc" ] || continue
	for path in $(grep -oE '`(base|driver|data|acq|ui|stats|analysis|sim|host|cli|udev|tests|docs|man|procedures|profiles|sites|norms|\\.ci)/[A-Za-z0-9_./-]*`' "$doc" | tr -d '`' | sort -u); do
		case $path in *FAMILY* | *CASE*) continue ;; esac # stands for any name
		[ -e "$path" ] || { echo "$doc: names $path, which is not there"; bad=1; }
	done
done
exit $bad
