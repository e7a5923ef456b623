#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# read_rhdf5.R FILE: every threshold, with rhdf5; the list holds all columns of /results.
# Kinds 2 (practice) and 4 (hold) are no thresholds; files of 1.0 have no column kind. Amendments are not applied.
r <- rhdf5::h5read(commandArgs(trailingOnly = TRUE)[1], "results")
keep <- if (is.null(r$kind)) seq_along(r$trial) else which(r$kind %in% c(1, 3))
cat(sprintf("%d,%s,%d,%s\n", r$trial, r$site_code, r$status, tolower(sprintf("%.6f", r$ppt_kpa)))[keep], sep = "")
