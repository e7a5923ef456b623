#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every recording says what it is and where it comes from, names a family that has a decoder, and has
# an .expect beside it; every gauge family and every profile has at least one recording.
set -eu
bad=0
complain() { echo "$*"; bad=1; }
for rec in tests/recordings/*/*.rec; do
	[ -f "$rec" ] || continue
	family=$(sed -n 's/^# family: *//p' "$rec")
	kind=$(sed -n 's/^# kind: *//p' "$rec")
	head -n 1 "$rec" | grep -q '^# algometer-recording [0-9][0-9]*$' || complain "$rec: line 1 does not name the format"
	case $kind in
	'vendor example' | recorded | synthetic) ;;
	*) complain "$rec: kind is '$kind', not one of: vendor example, recorded, synthetic" ;;
	esac
	[ "$family" = "$(basename "$(dirname "$rec")")" ] || complain "$rec: family '$family' is not its folder"
	[ -f "${rec%.rec}.expect" ] || complain "$rec: has no .expect"
done
for expect in tests/recordings/*/*.expect; do
	[ ! -f "$expect" ] || [ -f "${expect%.expect}.rec" ] || complain "$expect: its recording is gone"
done
for src in driver/devices/*.c; do
	[ -f "$src" ] || continue
	family=$(sed -n 's/^[^/*]*\.name = "\([a-z0-9-]*\)".*/\1/p' "$src" | head -n 1)
	[ "$(basename "$src")" != template.c ] && [ -n "$family" ] || continue
	[ -n "$(ls tests/recordings/"$family"/*.rec 2>/dev/null)" ] || complain "$src: no recording in tests/recordings/$family"
done
for profile in profiles/*.yaml; do
	name=$(basename "$profile" .yaml)
	grep -qx "# profile: $name" tests/recordings/text/*.rec || complain "$profile: no recording in tests/recordings/text"
done
exit $bad
