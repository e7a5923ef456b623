#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The manual page knows every command and every option, and names no option that does not exist.
set -eu
bad=0
page=man/algometer.1
commands=$(sed -n 's/^[[:space:]]*{"\([a-z]*\)", cmd_.*/\1/p' cli/commands.inc)
[ -n "$commands" ] || { echo "cli/commands.inc: no command was found"; exit 1; }

section() { # command
	awk -v s="$1" '/^\.S[sh] / { on = ($0 == ".Ss " s) } on' $page
}
for command in $commands; do
	text=$(section "$command")
	[ -n "$text" ] || { echo "$page: no section for $command"; bad=1; continue; }
	known=$(${CC:-cc} -E -P -std=c17 -D_GNU_SOURCE -I. "cli/cmd_$command.c" |
		tr "\n" " " | grep -oE '\{ *"[a-z0-9-]+", *[A-Za-z_0-9]+, *(true|false|0|1) *\}' | sed 's/{ *"\([^"]*\)".*/\1/' | sort -u)
	named=$(echo "$text" | grep -E '^\..*Fl -' | grep -oE ' -[a-z][a-z0-9-]*' | sed 's/^ -//' | sort -u)
	for option in $known; do
		echo "$named" | grep -qx -- "$option" || { echo "$page: $command: --$option is not described"; bad=1; }
	done
	for option in $named; do
		case $option in study | json | help) continue ;; esac
		echo "$known" | grep -qx -- "$option" || { echo "$page: $command has no option --$option"; bad=1; }
	done
done
for s in $(sed -n '/^\.Sh COMMANDS/,/^\.Sh DEVICE/s/^\.Ss //p' $page); do
	echo "$commands" | grep -qx "$s" || { echo "$page: there is no command $s"; bad=1; }
done
exit $bad
