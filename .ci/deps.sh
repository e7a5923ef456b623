#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# deps.sh GROUP... - installs the Debian packages of these groups that are not there yet.
# A no-op when all are there; sudo only when not root; the machine's own apt sources.
set -eu
here=$(dirname "$0")
missing=
for group in "$@"; do
	for package in $(awk -v g="$group" '$1 == g { print $2 }' "$here/packages"); do
		case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true) in
		installed) ;;
		*) missing="$missing $package" ;;
		esac
	done
done
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null; then
	echo "deps: this machine has no apt-get; install by hand what these Debian packages hold, then use DEPS=no:$missing" >&2
	exit 1
fi
echo "deps: installing$missing"
root=
if [ "$(id -u)" != 0 ]; then
	command -v sudo >/dev/null || { echo "deps: not root and no sudo; run as root: apt-get install$missing" >&2; exit 1; }
	root=sudo
fi
$root apt-get -q update
$root env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install $missing
