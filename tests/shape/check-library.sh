#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The rooms keep no writable statics (constant tables with addresses in them are fine: .data.rel.ro),
# and libalgometer.so.0 has its soname and exports alg_* only.
set -eu
bad=0
for src in base/*.c driver/*.c driver/*/*.c data/*.c acq/*.c stats/*.c analysis/*.c sim/*.c host/*.c; do
	case $src in */template.c) continue ;; esac
	[ -f "$src" ] || continue
	obj=$BUILD/obj/${src%.c}.o
	[ -f "$obj" ] || { echo "$obj: not built"; bad=1; continue; }
	# The symbol table has the section in the 2nd or 3rd field before the size, the name last;
	# counters of a coverage build are not ours.
	found=$(objdump -t "$obj" | awk -v src="$src" '
		$0 ~ /[ \t](\.data|\.bss|\.tdata|\.tbss|\*COM\*)/ && $0 !~ /\.data\.rel\.ro/ {
			section = ""
			for (i = 1; i <= NF; i++) if ($i ~ /^(\.t?data|\.t?bss|\*COM\*)/) section = $i
			if ($NF == section || $NF ~ /^(__gcov|\.LPBX|\.L|__llvm|__profc|__profd)/) next
			print src ": writable static " $NF " in " section
		}')
	[ -z "$found" ] || { echo "$found"; bad=1; }
done
lib=$BUILD/libalgometer.so.0
objdump -p "$lib" | grep -q 'SONAME *libalgometer\.so\.0$' || { echo "$lib: soname is not libalgometer.so.0"; bad=1; }
# A coverage build exports its runtime's own names.
foreign=$(nm -D --defined-only "$lib" | awk '$NF !~ /^alg_/ && $NF !~ /^(__gcov|mangle_path|_init$|_fini$)/ { print $NF }')
[ -z "$foreign" ] || { echo "$lib: exports $foreign"; bad=1; }
nm -D --defined-only "$lib" | grep -q ' alg_version$' || { echo "$lib: alg_version is not exported"; bad=1; }
exit $bad
