#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# read_pandas.py FILE: every threshold as a row of a data frame with all columns of /results.
# Kinds 2 (practice) and 4 (hold) are no thresholds; files of 1.0 have no column kind. Amendments are not applied.
import sys, h5py, pandas as pd
with h5py.File(sys.argv[1], "r") as f:
    d = pd.DataFrame({name: column[:] for name, column in f["results"].items()})
d["site_code"] = d["site_code"].str.decode("ascii") if len(d) else d["site_code"]
d = d[d["kind"].isin([1, 3])] if "kind" in d else d
print(d[["trial", "site_code", "status", "ppt_kpa"]].to_csv(index=False, header=False, float_format="%.6f", na_rep="nan"), end="")
