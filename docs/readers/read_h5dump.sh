#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# read_h5dump.sh FILE: every threshold, with HDF5's own h5dump (-A 0: no attributes, -y: no row numbers, -w 1: one value a line).
# Kinds 2 (practice) and 4 (hold) are no thresholds; files of 1.0 have no column kind. Amendments are not applied.
column() { h5dump -A 0 -y -w 1 -m %.6f -d "/results/$1" "$2" 2>/dev/null | sed -n '/DATA {/,/^ *}/p' | sed '1d;/^ *}/d;s/^ *//;s/,$//;s/\\000//g;s/"//g'; }
t=$(mktemp -d)
for c in trial site_code status ppt_kpa kind; do column $c "$1" >"$t/$c"; done
paste -d, "$t/trial" "$t/site_code" "$t/status" "$t/ppt_kpa" "$t/kind" | sed '/,[24]$/d;s/,[^,]*$//'
rm -r "$t"
