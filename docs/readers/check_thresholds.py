#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# check_thresholds.py FILE: prints every press; recomputes each threshold from /samples and stops where one differs.
import sys, h5py, numpy as np
f = h5py.File(sys.argv[1], "r")
res, smp, area = f["results"], f["samples"], f.attrs["tip_area_cm2"]
words = dict(code.split("=") for code in res["status"].attrs["codes"].split())
force, t, flags = smp["force_n"][:], smp["t_s"][:], smp["flags"][:]
if f.attrs["simulated"]:
    print("# simulated")
for i in range(len(res["trial"])):
    r = {name: column[i] for name, column in res.items()}
    status, rows = words[str(r["status"])], slice(r["first_sample"], r["first_sample"] + r["n_samples"])
    good = np.isfinite(force[rows]) & (flags[rows] & 22 == 0)
    if np.isfinite(r["ppt_kpa"]):
        ppt_n = np.interp(r["t_response_s"], t[rows][good], force[rows][good]) - r["zero_n"]
        assert abs(10 * ppt_n / area - r["ppt_kpa"]) < 1e-3, f"press {r['trial']}: {10 * ppt_n / area} kPa from its samples"
    hold = r.get("kind") == 4  # has a threshold only where the button ended it
    assert np.isfinite(r["ppt_kpa"]) or hold if status == "accepted" else status == "rejected" or np.isnan(r["ppt_kpa"]), r["trial"]
    assert (r["n_samples"] == 0) == (status == "missing"), r["trial"]
    print(r["trial"], r["site_code"].decode(), status, "%.6f" % r["ppt_kpa"] if np.isfinite(r["ppt_kpa"]) else "nan")
