#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Every recording decodes to its .expect, which was computed by hand from the makers' documents. The
# same readings come out when the recording is captured while it plays and that capture is decoded, and
# of a strict-*.rec when the driver makes just the requests that stand there (times then begin after
# opening, and answers to requests count as expected).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
n=0 bad=0
for rec in tests/recordings/*/*.rec; do
	n=$((n + 1))
	if ! "$BUILD/algometer" monitor --device "replay:$rec" --raw --json --capture "$dir/again$n.rec" >"$dir/got"; then
		echo "$rec: monitor failed"
		bad=1
	elif ! diff -u "${rec%.rec}.expect" "$dir/got"; then
		echo "^ $rec"
		bad=1
	fi
	"$BUILD/algometer" monitor --device "replay:$dir/again$n.rec" --raw --json >"$dir/got" || bad=1
	diff -u "${rec%.rec}.expect" "$dir/got" || { echo "^ $rec, captured and decoded again"; bad=1; }
done
for rec in tests/recordings/*/strict-*.rec; do
	"$BUILD/algometer" monitor --device "replay:$rec?strict=1" --raw --json >"$dir/strict" || bad=1
	sed '/^{"summary"/d; s/"t_s":[^,]*,//' "${rec%.rec}.expect" >"$dir/want"
	sed '/^{"summary"/d; s/"t_s":[^,]*,//' "$dir/strict" | diff -u "$dir/want" - || { echo "^ $rec, strict"; bad=1; }
done
[ "$n" -ge 10 ] || { echo "only $n recordings were found"; bad=1; }
exit $bad
