#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# run.sh [--threads] [NAME...] - runs the built unit tests, the fuzz corpora and the shell tests
# (tests/shape/*.sh, tests/system/*.sh), one line each, output of the failing ones; exit 1 if any failed.
# A test that exits 77 is skipped; with CI=true a skip is a failure. --threads: only tests that
# start threads (for the thread sanitizer). NAME: only tests whose name contains it.
# A test that keeps the pace of the wall clock and fails beside others runs again alone, and that is said: the processors
# may have been busy. It has to pass twice then. What people's safety hangs on has no second chance.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
cd "$here"
BUILD=${BUILD:-build}
export BUILD
logs=$BUILD/tests/logs
mkdir -p "$logs"
threads=; names=
[ "${1:-}" = --one ] || for arg in "$@"; do
	case $arg in --threads) threads=yes ;; *) names="$names $arg" ;; esac
done

wanted() { # name
	[ -z "$names" ] && return 0
	for n in $names; do case $1 in *"$n"*) return 0 ;; esac; done
	return 1
}

# The shell tests first: they are the long ones.
list() {
	for t in tests/system/*.sh tests/shape/*.sh; do
		[ -f "$t" ] || continue
		if [ -n "$threads" ]; then grep -q '^# threads' "$t" || continue; fi
		if [ -n "${SAN:-}" ]; then case $t in tests/shape/*) continue ;; esac; fi
		echo "$t"
	done
	for t in "$BUILD"/tests/test_* "$BUILD"/tests/fuzz_*; do
		[ -f "$t" ] && [ -x "$t" ] || continue
		src=tests/unit/$(basename "$t").c
		[ -f "$src" ] || src=tests/fuzz/$(basename "$t").c
		[ -f "$src" ] || continue # its source is gone
		if [ -n "$threads" ]; then grep -q 'pthread_create\|acq_reader_start\|acq_store_start' "$src" || continue; fi
		echo "$t"
	done
}

# Tests that keep the pace of the wall clock. They mostly wait, so several run at once, but before the others: what goes through a
# terminal passes a kernel worker, which programs that calculate can hold back for seconds (docs/TESTBEDS.md).
paced() {
	case $1 in
	*/test-bed-* | */test_bed_* | */monitor.sh | */sim.sh | */test-replug* | */test-record-served* | */test-visit*) return 0 ;;
	*/test-button* | */test_button | */test-devices* | */test-text* | */test_threads | */test-safety*) return 0 ;;
	esac
	return 1
}
one() { # path
	name=$(basename "$1")
	start=$(date +%s%N)
	case $1 in
	*.sh) timeout 170 sh "$1" >"$logs/$name.log" 2>&1 ;;
	*/fuzz_*) timeout 120 "$1" "tests/fuzz/corpus/${name#fuzz_}" >"$logs/$name.log" 2>&1 ;;
	*) timeout 120 "$1" >"$logs/$name.log" 2>&1 ;;
	esac
	rc=$?
	ms=$((($(date +%s%N) - start) / 1000000))
	[ $rc = 77 ] && [ "${CI:-}" = true ] && rc=78
	case $rc in
	0) echo "ok      $name (${ms} ms)" ;;
	77) echo "skipped $name: $(tail -n 1 "$logs/$name.log")" ;;
	*)
		echo "FAILED  $name (exit $rc)"
		# Of cmocka's lines only those of what failed.
		grep -avE '\[ RUN|\[       OK|\[==|\[  PASSED' "$logs/$name.log" | cut -c1-300 | tail -n 25 | sed 's/^/        | /'
		;;
	esac
}

if [ "${1:-}" = --one ]; then one "$2"; exit 0; fi
results=$logs/results
: >"$results"
cores=$(nproc 2>/dev/null || echo 2)

pick() { # yes|no: paced or not
	list | while read -r t; do
		wanted "$(basename "$t")" || continue
		if paced "$t"; then p=yes; else p=no; fi
		[ $p = "$1" ] && echo "$t"
	done
}
again() { # the paced ones that failed, alone
	pick yes | grep -v /test-safety | while read -r t; do
		name=$(basename "$t")
		grep -q "^FAILED  $name " "$results" || continue
		cp "$logs/$name.log" "$logs/$name.first.log"
		sed -i "s/^FAILED  $name /busy    $name /" "$results"
		echo "again   $name, alone and twice; the first run's output is $logs/$name.first.log"
		said=$(one "$t")
		case $said in ok*) said=$(one "$t") ;; esac
		echo "$said" | tee -a "$results"
	done
}
take() { # the next of the others
	(
		flock 9
		sed -n 1p "$logs/left"
		sed -i 1d "$logs/left"
	) 9>"$logs/left.lock"
}
work() {
	while t=$(take) && [ -n "$t" ]; do one "$t"; done
}
pick no >"$logs/left"
{
	[ "$cores" -lt 2 ] || work & # one processor is enough for them, until the paced ones are over
	pick yes | xargs -P "$((4 * cores))" -I{} sh tests/run.sh --one {}
	for _ in $(seq "$cores"); do work & done
	wait
} | tee "$results"
again
passed=$(grep -c '^ok' "$results"); failed=$(grep -c '^FAILED' "$results"); skipped=$(grep -c '^skipped' "$results")
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
