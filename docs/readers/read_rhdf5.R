#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# read_rhdf5.R FILE: every press, with rhdf5; the list holds all columns of /results.
r <- rhdf5::h5read(commandArgs(trailingOnly = TRUE)[1], "results")
cat(sprintf("%d,%s,%d,%s\n", r$trial, r$site_code, r$status, tolower(sprintf("%.6f", r$ppt_kpa))), sep = "")
