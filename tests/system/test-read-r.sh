#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# R (hdf5r) reads the same presses out of a session file as Python does.
set -eu
Rscript -e 'library(hdf5r)' >/dev/null 2>&1 || { echo "R with hdf5r is not installed"; exit 77; }
. tests/system/read-same.inc
read_same Rscript docs/readers/read_session.R
