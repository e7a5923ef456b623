#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# fresh-root.sh - proves the README on a machine that has nothing: makes a Debian 12 root, puts git,
# make and a fresh clone into it, and runs there the commands that README.md marks with
# "<!-- fresh-root -->". They are read from the README, so that the two cannot drift apart.
#
# Needs root, debootstrap and this machine's own apt mirror; mirror, proxy, keys and certificates are
# taken from its apt configuration. FRESH_ROOT_DIR: where to make the root (default /var/tmp).
set -euo pipefail
suite=bookworm
here=$(cd "$(dirname "$0")/.." && pwd)
fail() { echo "fresh-root: $*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || fail "must be run as root: a root directory is made and entered"
for tool in debootstrap git apt-get apt-config chroot; do
	command -v $tool >/dev/null || fail "$tool is not installed (see .ci/packages)"
done

commands() { # the code block after the mark
	awk '/^<!-- fresh-root -->/ { on = 1; next } on && /^```/ { if (fence++) exit; next } on && fence' "$here/README.md"
}
[ -n "$(commands)" ] || fail "README.md marks no commands with <!-- fresh-root -->"

# What this machine's apt uses, in whatever form it was written.
sources=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
	awk -v s=$suite '($2 == s || $2 == s "-updates" || $2 == s "-security") && $3 == "main"' | sort -u)
mirror=$(awk -v s=$suite '$2 == s && $1 ~ /debian\/?$/ { print $1; exit }' <<<"$sources")
[ -n "$mirror" ] || fail "this machine's apt sources name no Debian $suite"
eval "$(apt-config shell http_proxy Acquire::http::Proxy https_proxy Acquire::https::Proxy)"
[ -z "${http_proxy:-}" ] || export http_proxy
[ -z "${https_proxy:-}" ] || export https_proxy

root=$(mktemp -d "${FRESH_ROOT_DIR:-/var/tmp}/algometer-root.XXXXXX")
chmod 755 "$root" # it is "/" in there, and tests run as nobody
mounted() { awk -v r="$root/" 'index($2, r) == 1 { print $2 }' /proc/self/mounts | sort -r; }
cleanup() {
	local m
	for m in $(mounted); do umount "$m" || umount -l "$m"; done
	[ -n "$(mounted)" ] || rm -rf --one-file-system "$root"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

since=$(date +%s)
lap() { # what has just ended
	echo "fresh-root: $1: $(($(date +%s) - since)) s"
	since=$(date +%s)
}

include=
case $mirror$sources in *https:*) include=--include=ca-certificates ;; esac
debootstrap --variant=minbase $include $suite "$root" "$mirror" >"$root.log" 2>&1 ||
	{ tail -n 30 "$root.log" >&2; rm -f "$root.log"; fail "debootstrap failed"; }
rm -f "$root.log"
lap "debootstrap $suite (minbase)"

awk '{ print "deb " $1 " " $2 " " $3 }' <<<"$sources" >"$root/etc/apt/sources.list"
apt-config dump | grep '^Acquire::' | grep -v '^Acquire::IndexTargets' >"$root/etc/apt/apt.conf.d/90host" || true
cp -a /etc/apt/trusted.gpg.d/. "$root/etc/apt/trusted.gpg.d/"
for f in /etc/apt/auth.conf /etc/resolv.conf /etc/hosts; do
	[ ! -e $f ] || cp -L $f "$root$f"
done
if [ -n "$include" ]; then
	cp -a /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/"
	chroot "$root" update-ca-certificates >/dev/null 2>&1
fi
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # installing starts no services
chmod +x "$root/usr/sbin/policy-rc.d"
mount -t proc proc "$root/proc"
mount --bind /dev/pts "$root/dev/pts"

inside() {
	chroot "$root" /usr/bin/env -i HOME=/root TERM=dumb LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
		PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /bin/sh -c "$1"
}
inside 'apt-get -q update && apt-get -q -y --no-install-recommends install git make' >"$root/install.log" 2>&1 ||
	{ tail -n 30 "$root/install.log" >&2; fail "git and make could not be installed"; }
git clone -q --no-hardlinks "$here" "$root/root/algometer"
lap "git, make and a clone of $(git -C "$here" rev-parse --short HEAD)"
[ -z "$(git -C "$here" status --porcelain)" ] || echo "fresh-root: note: changes that are not committed are not in the clone"

while read -r line; do
	[ -n "$line" ] || continue
	if ! inside "cd /root/algometer && $line" >"$root/command.log" 2>&1 </dev/null; then
		grep -A 30 '^FAILED' "$root/command.log" | sed 's/^/    | /' || true
		tail -n 60 "$root/command.log" | sed 's/^/    | /'
		fail "'$line' failed in the fresh root"
	fi
	lap "$line"
	grep -E '^(skipped|FAILED)|^[0-9]+ passed' "$root/command.log" | sed 's/^/    /' || true
done < <(commands)

# What the README promises of the demo.
for f in report.html course.svg bodymap.svg forest.svg trace.svg compare.txt course.txt reliability.txt show.txt; do
	[ -s "$root/root/algometer/demo/$f" ] || fail "demo/$f was not made"
done
[ -n "$(find "$root/root/algometer/demo" -name '*_algometry.h5' -size +0)" ] || fail "demo/ holds no session file"
echo "fresh-root: both README commands ran in a fresh Debian $suite"
