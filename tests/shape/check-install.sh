#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# What `make install` lays down works from there alone, and `make uninstall` leaves nothing behind.
set -eu
BUILD=${BUILD:-build}
dest=$(mktemp -d)
trap 'rm -rf "$dest"' EXIT
make -s BUILD="$BUILD" DEPS=no PREFIX=/usr DESTDIR="$dest" install >"$dest.log" 2>&1 || { cat "$dest.log"; rm -f "$dest.log"; exit 1; }
for f in bin/algometer lib/libalgometer.so.0 share/man/man1/algometer.1 share/algometer/sites/sites.tsv \
	share/algometer/procedures/myofascial-quick.yaml include/algometer/driver/algometer.h; do
	[ -s "$dest/usr/$f" ] || { echo "not installed: $f"; exit 1; }
done
# The installed header stands alone.
printf '#include "driver/algometer.h"\nint main(void) { return alg_version() == 0; }\n' |
	${CC:-cc} -std=c17 -I"$dest/usr/include/algometer" -x c - -fsyntax-only
(cd "$dest" && ALGOMETER_DATA=$dest/usr/share/algometer ./usr/bin/algometer points --procedures >"$dest/list") || exit 1
grep -q myofascial-quick "$dest/list" || { echo "the installed program does not find its procedures"; exit 1; }
rm -f "$dest/list" "$dest.log"
make -s BUILD="$BUILD" DEPS=no PREFIX=/usr DESTDIR="$dest" uninstall >/dev/null 2>&1
left=$(find "$dest" -type f -o -type l)
[ -z "$left" ] || { echo "uninstall left:"; echo "$left"; exit 1; }
