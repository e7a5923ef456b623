# SPDX-License-Identifier: GPL-3.0-or-later
# lib.sh - sourced by the system tests: a work folder that goes away, and checks that say what they saw.
set -u
A=$PWD/${BUILD:-build}/algometer
PY=/usr/bin/python3
T=$(mktemp -d "${TMPDIR:-/tmp}/alg-system.XXXXXX")
chmod 755 "$T"
trap 'kill $(jobs -p) 2>/dev/null; chmod -R u+rwX "$T" 2>/dev/null; rm -rf "$T"' EXIT
export ALGOMETER_DATA=$PWD TZ=Europe/Berlin
failures=0

fail() {
	echo "FAILED: $*"
	failures=$((failures + 1))
}

# expect CODE PATTERN COMMAND...: runs it with no input; the exit code must be CODE and the output
# (both streams) must match the extended regular expression; an error must be one line, never a crash.
expect() {
	want=$1 pattern=$2
	shift 2
	timeout 60 "$@" >"$T/out" 2>"$T/err" </dev/null
	got=$?
	cat "$T/out" "$T/err" >"$T/both"
	if [ "$got" != "$want" ]; then
		fail "exit $got, expected $want: $*"
		sed 's/^/    | /' "$T/both" | tail -n 20
		return 1
	fi
	if ! grep -qE -- "$pattern" "$T/both"; then
		fail "no '$pattern' in the output of: $*"
		sed 's/^/    | /' "$T/both" | tail -n 20
		return 1
	fi
	if [ "$want" != 0 ] && [ "$(grep -c '^algometer: error' "$T/err")" -gt 1 ]; then
		fail "more than one error sentence: $*"
		sed 's/^/    | /' "$T/err"
		return 1
	fi
	return 0
}

finish() {
	[ "$failures" = 0 ] && echo "all as expected"
	exit $((failures > 0))
}

# A study with participant P012: two targets, their other side made by the procedure, one control.
make_study() { # dir
	"$A" init "$1" --id test >/dev/null &&
		"$A" points P012 add UTRAP_R --role target --primary --study "$1" >/dev/null &&
		"$A" points P012 add LEV_R --role target --study "$1" >/dev/null
}
