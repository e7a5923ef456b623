#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The five lines of the README's first session run as they stand there; only the gauge is an emulated one,
# and nobody is asked to confirm.
set -eu
here=$(pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
case $BUILD in /*) program=$BUILD/algometer ;; *) program=$here/$BUILD/algometer ;; esac
lines=$(awk '/^<!-- first-session -->/ { on = 1; next } on && /^```/ { if (fence++) exit; next } on && fence' README.md)
[ -n "$lines" ] || { echo "README.md marks no first session"; exit 1; }
mkdir "$dir/bin"
ln -s "$program" "$dir/bin/algometer"
PATH=$dir/bin:$PATH
export PATH
cd "$dir"
echo "$lines" | sed -e "s|'serial:[^']*'|'sim:mark10?seed=3' --yes --no-journal test|" >"$dir/lines"
cat "$dir/lines"
set +e
(set -e; . "$dir/lines") </dev/null
rc=$?
set -e
[ $rc = 0 ] || { echo "the README's first session ended with exit code $rc"; exit 1; }
[ "$(find "$dir/my-study" -name '*_algometry.h5' | wc -l)" = 1 ] || { echo "no session file was made"; exit 1; }
