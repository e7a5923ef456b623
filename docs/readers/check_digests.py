#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# check_digests.py FILE: the line at the end and the digest of every press, from docs/FORMAT.md alone.
import hashlib, sys, h5py
data = open(sys.argv[1], "rb").read()
assert data[-83:] == b"\nalgometer-sha256 " + hashlib.sha256(data[:-83]).hexdigest().encode() + b"\n", "line at the end"
f = h5py.File(sys.argv[1], "r")
def canonical(column, rows):
    values = f[column][rows]
    return b"".join(v + b"\0" for v in values) if values.dtype.kind == "S" else values.tobytes()
last = b"0" * 64
for i in range(len(f["results/trial"])):
    first, n = f["results/first_sample"][i], f["results/n_samples"][i]
    row = [canonical("results/" + c, slice(i, i + 1)) for c in f["results"].attrs["columns"].split() if c != "digest"]
    samples = [canonical("samples/" + c, slice(first, first + n)) for c in f["samples"].attrs["columns"].split()]
    digest = hashlib.sha256(last + b"".join(row + samples)).hexdigest().encode()
    assert digest == f["results/digest"][i], f"press {i + 1}"
    last = digest
assert f.attrs["seal"].encode() in (b"", last), "seal"
print("digests agree")
