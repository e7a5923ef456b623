#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# read_h5dump.sh FILE: every press, with HDF5's own h5dump (-A 0: no attributes, -y: no row numbers, -w 1: one value a line).
column() { h5dump -A 0 -y -w 1 -m %.6f -d "/results/$1" "$2" | sed -n '/DATA {/,/^ *}/p' | sed '1d;/^ *}/d;s/^ *//;s/,$//;s/\\000//g;s/"//g'; }
t=$(mktemp -d)
for c in trial site_code status ppt_kpa; do column $c "$1" >"$t/$c"; done
paste -d, "$t/trial" "$t/site_code" "$t/status" "$t/ppt_kpa"
rm -r "$t"
