#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# make install DESTDIR= puts everything where it belongs, the header and the library are enough to
# build against, the program runs, and make uninstall leaves no file behind.
set -eu
dest=$(mktemp -d)
trap 'rm -rf "$dest"' EXIT
bad=0
make -s BUILD="$BUILD" DEPS=no PREFIX=/usr DESTDIR="$dest" install >"$dest.log" 2>&1 || { cat "$dest.log"; rm -f "$dest.log"; exit 1; }
rm -f "$dest.log"
for f in bin/algometer lib/libalgometer.so lib/libalgometer.so.0 lib/pkgconfig/algometer.pc include/algometer/driver/algometer.h \
	share/man/man1/algometer.1 share/algometer/sites/sites.tsv share/algometer/norms/norms.tsv lib/udev/rules.d/70-algometer.rules; do
	[ -s "$dest/usr/$f" ] || { echo "not installed: $f"; bad=1; }
done
for f in procedures/*.yaml profiles/*.yaml; do
	[ -s "$dest/usr/share/algometer/$f" ] || { echo "not installed: $f"; bad=1; }
done
(cd "$dest" && ALGOMETER_DATA="$dest/usr/share/algometer" ./usr/bin/algometer points --procedures) | grep -q myofascial-quick ||
	{ echo "the installed program does not find its procedures"; bad=1; }

cat >"$dest/use.c" <<'USE'
#include <driver/algometer.h>
#include <stdio.h>
int main(void)
{
	return printf("%s %s %s\n", alg_version(), alg_unit_name(ALG_UNIT_LBF), alg_status_text(ALG_ERR_NODEV)) < 0;
}
USE
flags=$(PKG_CONFIG_PATH="$dest/usr/lib/pkgconfig" PKG_CONFIG_SYSROOT_DIR="$dest" pkg-config --cflags --libs algometer)
# shellcheck disable=SC2086 # flags are words
if ! ${CC:-cc} -std=c17 -Wall -Werror "$dest/use.c" $flags -o "$dest/use" ||
	! LD_LIBRARY_PATH="$dest/usr/lib" "$dest/use" >/dev/null; then
	echo "a program cannot be built against the installed library"
	bad=1
fi
rm -f "$dest/use" "$dest/use.c"

make -s BUILD="$BUILD" DEPS=no PREFIX=/usr DESTDIR="$dest" uninstall
left=$(find "$dest" ! -type d)
[ -z "$left" ] || { echo "left behind:" "$left"; bad=1; }
exit $bad
