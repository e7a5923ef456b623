#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# check_digests.py FILE: the line at the end, every digest and the seal, from docs/FORMAT.md alone.
import hashlib, sys, h5py
data = open(sys.argv[1], "rb").read()
assert data[-83:] == b"\nalgometer-sha256 " + hashlib.sha256(data[:-83]).hexdigest().encode() + b"\n", "line at the end"
f = h5py.File(sys.argv[1], "r")
def attributes(covers):
    values = [f.attrs[name] for name in f.attrs[covers].split()]
    return b"".join(v.encode() + b"\0" if isinstance(v, str) else v.tobytes() for v in values)
def column(path, rows=slice(None)):
    values = f[path][rows]
    return b"".join(v + b"\0" for v in values) if values.dtype.kind == "S" else values.tobytes()
def table(group, rows=slice(None)):
    return b"".join(column(f"{group}/{c}", rows) for c in f[group].attrs["columns"].split() if f"{group}/{c}" != "results/digest")
texts = b"".join(column("texts/" + name) for name in f["texts"].attrs["columns"].split())
last = hashlib.sha256(attributes("header_digest_covers") + texts + table("points")).hexdigest().encode()
assert last == f.attrs["header_digest"].encode(), "header_digest"
for i in range(len(f["results/trial"])):
    first, n = f["results/first_sample"][i], f["results/n_samples"][i]
    last = hashlib.sha256(last + table("results", slice(i, i + 1)) + table("samples", slice(first, first + n))).hexdigest().encode()
    assert last == f["results/digest"][i], f"press {i + 1}"
rest = b"".join(table(group) for group in ("events", "ratings", "amendments"))
assert hashlib.sha256(last + attributes("seal_covers") + rest).hexdigest() == f.attrs["seal"], "seal"
print("digests agree")
