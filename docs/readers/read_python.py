#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# read_python.py FILE: every threshold as trial,site,status,kPa (h5py). Status: 1 accepted, 2 rejected, 3 censored, 4 missing.
# Kinds 2 (practice) and 4 (hold) are no thresholds; files of 1.0 have no column kind. Amendments are not applied.
import sys, h5py
with h5py.File(sys.argv[1], "r") as f:
    r = f["results"]
    kinds = r["kind"][:] if "kind" in r else [1] * len(r["trial"])
    for trial, site, status, ppt, kind in zip(r["trial"][:], r["site_code"][:], r["status"][:], r["ppt_kpa"][:], kinds):
        if kind in (1, 3):
            print("%d,%s,%d,%.6f" % (trial, site.decode(), status, ppt))
