#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# read_hdf5r.R FILE: every press, with hdf5r.
f <- hdf5r::H5File$new(commandArgs(trailingOnly = TRUE)[1], mode = "r")
r <- f[["results"]]
cat(sprintf("%d,%s,%d,%s\n", r[["trial"]][], r[["site_code"]][], r[["status"]][], tolower(sprintf("%.6f", r[["ppt_kpa"]][]))), sep = "")
f$close_all()
