#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Octave reads the same presses out of a session file as Python does; it sees no attributes, so not the line "simulated".
set -eu
command -v octave-cli >/dev/null || { echo "Octave is not installed"; exit 77; }
. tests/system/read-same.inc
read_same octave-cli -q docs/readers/read_session.m
