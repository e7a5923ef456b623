#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The tables in docs/FORMAT.md are those of data/schema.c (`make docs` brings them up to date).
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$BUILD/tests/format_tables" >"$dir/tables"
[ "$(wc -l <"$dir/tables")" -gt 100 ]
sh docs/make-format.sh "$dir/tables" <docs/FORMAT.md >"$dir/want"
diff -u docs/FORMAT.md "$dir/want"
