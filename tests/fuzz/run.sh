#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Links and runs every fuzz target (or those named in TARGETS) with libFuzzer for SECONDS_EACH; new finds are not
# written into the tree, unless MERGE=yes: then its corpus is made again, as small as reaches the same code.
set -eu
for src in tests/fuzz/fuzz_*.c; do
	name=$(basename "$src" .c)
	case " ${TARGETS:-${name#fuzz_}} " in *" ${name#fuzz_} "*) ;; *) continue ;; esac
	clang -fsanitize=fuzzer,address,undefined -g "$BUILD/fuzz/obj/tests/fuzz/$name.o" "$BUILD/fuzz/obj/cli/profile.o" "$BUILD/fuzz/librooms.a" $LIBS -o "$BUILD/fuzz/$name"
	work=$BUILD/fuzz/work/$name
	mkdir -p "$work"
	echo "fuzz: $name for ${SECONDS_EACH} s"
	"$BUILD/fuzz/$name" -max_total_time="$SECONDS_EACH" -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$work/" \
		-print_final_stats=1 "$work" "tests/fuzz/corpus/${name#fuzz_}" >"$work.log" 2>&1 || { tail -n 40 "$work.log"; exit 1; }
	grep -E 'stat::number_of_executed_units|stat::new_units' "$work.log" | tr '\n' ' '
	echo
	[ "${MERGE:-}" = yes ] || continue
	rm -rf "$work.small" && mkdir "$work.small"
	"$BUILD/fuzz/$name" -set_cover_merge=1 -use_counters=0 -max_len=600 -rss_limit_mb=2048 "$work.small" "tests/fuzz/corpus/${name#fuzz_}" "$work" >"$work.log" 2>&1
	rm -f "tests/fuzz/corpus/${name#fuzz_}"/* && cp "$work.small"/* "tests/fuzz/corpus/${name#fuzz_}"
	echo "fuzz: corpus of $name: $(ls "$work.small" | wc -l) inputs, $(du -sk "$work.small" | cut -f1) kB"
done
