#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""dump.py FILE: every value of a session file, one a line, read with h5py and docs/FORMAT.md alone."""
import math, sys, h5py


def escaped(text):
    out = ""
    for c in text:
        units = c.encode("utf-16-be")
        out += c if " " <= c <= "~" and c != "\\" else "".join("\\u%04X" % int.from_bytes(units[i:i + 2], "big") for i in range(0, len(units), 2))
    return out


def value(v):
    if isinstance(v, bytes):
        return v.decode("ascii")
    if isinstance(v, str):
        return escaped(v)
    if float(v) != int(v) if math.isfinite(v) else True:
        return "nan" if math.isnan(v) else "%.17g" % v
    return "%.17g" % v if v.dtype.kind == "f" else "%d" % v


f = h5py.File(sys.argv[1], "r")
for name in (f.attrs["header_digest_covers"] + " " + f.attrs["seal_covers"]).split() + ["seal"]:
    print("@" + name, value(f.attrs[name]))
for group in ("results", "samples", "events", "ratings", "amendments", "points"):
    for column in f[group].attrs["columns"].split():
        for i, v in enumerate(f[group][column][:]):
            print("/%s/%s %d %s" % (group, column, i, value(v)))
for name in f["texts"].attrs["columns"].split():
    print("/texts/%s\n%s" % (name, f["texts/" + name][0].decode("ascii")))
