#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# check_thresholds.py FILE: prints every press; recomputes each threshold and tolerance from /samples and stops where one differs.
# Kind 2 is practice (a threshold, for no mean), kind 4 a hold (none); files of 1.0 have no column kind.
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
    for kpa, at in (("ppt_kpa", "t_response_s"), ("ptt_kpa", "t_tolerance_s")):
        if np.isfinite(r.get(kpa, np.nan)) and (kpa == "ppt_kpa" or r["tolerance"] == 1):
            own = 10 * (np.interp(r[at], t[rows][good], force[rows][good]) - r["zero_n"]) / area
            assert abs(own - r[kpa]) < 1e-3, f"press {r['trial']}: {kpa} is {own} from its samples"
    hold = r.get("kind", 1) == 4  # has a threshold only where the button ended it
    assert np.isfinite(r["ppt_kpa"]) or hold if status == "accepted" else status == "rejected" or np.isnan(r["ppt_kpa"]), r["trial"]
    assert (r["n_samples"] == 0) == (status == "missing"), r["trial"]
    print(r["trial"], r["site_code"].decode(), status, "%.6f" % r["ppt_kpa"] if np.isfinite(r["ppt_kpa"]) else "nan")
