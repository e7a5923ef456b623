#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Who may include whom: one line a room, matching docs/ARCHITECTURE.md. A path pattern, then the
# project headers it may include, then the library headers (those outside the C library).
set -eu
table='
base/*              base/                                         cjson/
driver/transport/*  base/ driver/transport/ driver/algometer.h    -
driver/frame/*      base/ driver/frame/                           -
driver/devices/*    base/ driver/frame/ driver/driver.h driver/algometer.h -
driver/*            base/ driver/                                 -
host/*              base/ driver/algometer.h host/                -
data/*              base/ data/                                   -
acq/*               base/ data/ acq/ driver/algometer.h           -
ui/*                base/ data/ ui/ acq/gate.h       -
stats/*             base/ stats/                                  -
analysis/*          base/ data/ stats/ analysis/                  -
sim/*               base/ driver/algometer.h sim/   -
cli/*               base/ data/ driver/algometer.h acq/ ui/ stats/ analysis/ sim/ host/host.h cli/ -
'
# file: library headers it alone may see
libraries='
driver/transport/serial.c libserialport.h
driver/transport/usb*.c   libusb.h
driver/discovery.c        libudev.h
driver/adapter.c          libudev.h
host/*                    libudev.h
data/h5_*                 hdf5.h
data/h5_column.c          zlib.h
data/yaml.c               yaml.h
data/digest.c             sodium.h
data/journal.c            zlib.h
data/replay.c             zlib.h
ui/button_evdev.c         libevdev/libevdev.h
ui/sound.c                alsa/asoundlib.h
ui/canvas.c               curses.h
stats/dist.c              Rmath.h
'
known='libserialport.h libusb.h libudev.h hdf5.h yaml.h sodium.h zlib.h curses.h ncurses.h term.h Rmath.h cjson/cJSON.h libevdev/libevdev.h alsa/asoundlib.h'
bad=0
complain() { echo "$1: may not include $2"; bad=1; }

rule_for() { # file -> allowed list
	echo "$table" | while read -r pattern allowed; do
		[ -n "$pattern" ] || continue
		case $1 in $pattern) echo "$allowed"; break ;; esac
	done
}

for file in $(git ls-files -co --exclude-standard 'base/*.[ch]' 'driver/*.[ch]' 'host/*.[ch]' 'data/*.[ch]' 'acq/*.[ch]' 'ui/*.[ch]' 'stats/*.[ch]' 'analysis/*.[ch]' 'sim/*.[ch]' 'cli/*.[ch]'); do
	[ -f "$file" ] || continue
	allowed=$(rule_for "$file")
	[ -n "$allowed" ] || { echo "$file: belongs to no room"; bad=1; continue; }
	for inc in $(sed -n 's/^#include "\(.*\)"/\1/p' "$file"); do
		ok=
		for a in $allowed; do
			case $a in */) case $inc in "$a"*) ok=1 ;; esac ;; *) [ "$inc" = "$a" ] && ok=1 ;; esac
		done
		[ -n "$ok" ] || complain "$file" "\"$inc\""
	done
	for inc in $(sed -n 's/^#include <\(.*\)>/\1/p' "$file"); do
		case " $known " in *" $inc "*) ;; *) continue ;; esac
		[ "$inc" = cjson/cJSON.h ] && { case $file in base/json.[ch]) continue ;; esac; }
		libs=$(echo "$libraries" | while read -r pattern list; do
			[ -n "$pattern" ] || continue
			case $file in $pattern) echo "$list" | tr ',\n' '  ' ;; esac
		done)
		case " $libs " in *" $inc "*) ;; *) complain "$file" "<$inc>" ;; esac
	done
done
exit $bad
