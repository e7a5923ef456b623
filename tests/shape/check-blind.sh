#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Treatment stays apart from measuring: only the files named here may know data/treatment.h, and
# nothing that measures may name the folder in which treatments lie.
set -eu
allowed='data/treatment.c cli/weigh.c cli/reliability_mark.c cli/cmd_demo.c cli/cmd_treatment.c'
bad=0
for f in $(git grep -l '#include "data/treatment.h"' -- '*.c' '*.h'); do
	case $f in tests/* | analysis/*) continue ;; esac
	case " $allowed " in *" $f "*) ;; *) echo "$f: may not include data/treatment.h"; bad=1 ;; esac
done
if git grep -nE 'treatments?[/_.]' -- 'acq/' 'ui/' 'driver/' 'cli/cmd_record*' 'cli/record*' 'cli/cmd_monitor.c' 'data/session.c' 'data/h5_*'; then
	echo "^ names treatments where nothing may know of them"
	bad=1
fi
exit $bad
