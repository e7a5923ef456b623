#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# read_session.R FILE: prints every press, with hdf5r.
suppressPackageStartupMessages(library(hdf5r))
f <- H5File$new(commandArgs(trailingOnly = TRUE)[1], mode = "r")
if (h5attr(f, "simulated") == 1) cat("# simulated\n")
words <- c("accepted", "rejected", "censored", "missing")
trial <- f[["results/trial"]][]
site <- f[["results/site_code"]][]
status <- words[f[["results/status"]][]]
ppt <- f[["results/ppt_kpa"]][]
for (i in seq_along(trial))
  cat(trial[i], site[i], status[i], if (is.nan(ppt[i])) "nan" else sprintf("%.6f", ppt[i]), "\n", sep = c(" ", " ", " ", ""))
f$close_all()
