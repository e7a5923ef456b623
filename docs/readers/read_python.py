#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# read_python.py FILE: every press as trial,site,status,threshold (h5py). Status: 1 accepted, 2 rejected, 3 censored, 4 missing.
import sys, h5py
with h5py.File(sys.argv[1], "r") as f:
    r = f["results"]
    for trial, site, status, ppt in zip(r["trial"][:], r["site_code"][:], r["status"][:], r["ppt_kpa"][:]):
        print("%d,%s,%d,%.6f" % (trial, site.decode(), status, ppt))
