# SPDX-License-Identifier: GPL-3.0-or-later
# The statistics agree with R on data drawn afresh: tests/r/agree.R. The seed is printed.
. tests/system/lib.inc
command -v Rscript >/dev/null && Rscript -e 'library(psych); library(coin)' >/dev/null 2>&1 ||
	{ echo "R with psych and coin is not installed"; exit 77; }
timeout 150 Rscript tests/r/agree.R "${BUILD:-build}/tests/stat_eval" "$T" ${STATS_SEED:-} || fail "not the numbers of R"
finish
