#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# read_hdf5r.R FILE: every threshold, with hdf5r.
# Kinds 2 (practice) and 4 (hold) are no thresholds; files of 1.0 have no column kind. Amendments are not applied.
f <- hdf5r::H5File$new(commandArgs(trailingOnly = TRUE)[1], mode = "r")
r <- f[["results"]]
keep <- if (r$exists("kind")) which(r[["kind"]][] %in% c(1, 3)) else seq_along(r[["trial"]][])
cat(sprintf("%d,%s,%d,%s\n", r[["trial"]][], r[["site_code"]][], r[["status"]][], tolower(sprintf("%.6f", r[["ppt_kpa"]][])))[keep], sep = "")
f$close_all()
