# SPDX-License-Identifier: GPL-3.0-or-later
"""What a crash left, judged: every acknowledged press is in what `recover` makes, to the last bit, and no original was changed."""
import collections, hashlib, json, os, re, subprocess
import h5py, numpy as np

PROGRAM = os.environ.get("PROGRAM", "build/algometer")
SESSION = "sub-P012/ses-01/sub-P012_ses-01_algometry.h5"
SKIPPED = {"digest"}  # bound to the session's uuid, which is new in each run


def said(text):
    """Numbers of the presses that were said to be saved: b'saved: press 3, ...'."""
    return [int(n) for n in re.findall(rb"^saved: press (\d+),", text, re.M)]


def whole(path):
    """Whether the checksum line at the file's end is right: only then is it given to HDF5, which crashes on some others."""
    data = open(path, "rb").read()
    return data[-83:] == b"\nalgometer-sha256 " + hashlib.sha256(data[:-83]).hexdigest().encode() + b"\n"


def rows(path):
    """All columns of results and of samples of a session file, and what was amended while it was recorded."""
    if not whole(path):
        raise OSError("its bytes do not give the checksum at its end")
    with h5py.File(path, "r") as f:
        res = {c: f["results/" + c][:] for c in f["results"] if c not in SKIPPED}
        smp = {c: f["samples/" + c][:] for c in f["samples"]}
        amended = list(zip(*(f["amendments/" + c][:].tolist() for c in ("trial", "field", "old_value", "new_value"))))
    return res, smp, amended


def complete(path):
    with h5py.File(path, "r") as f:
        return bool(f.attrs["complete"])


def same(a, b):
    return a.shape == b.shape and (a == b).all() if a.dtype.kind == "S" else np.array_equal(a, b, equal_nan=a.dtype.kind == "f")


def differs(path, reference, acknowledged):
    """Why the file is not a beginning of the undisturbed session with at least so many presses; None when it is."""
    (res, smp, amended), (want, want_smp, want_amended) = rows(path), reference
    n = len(res["trial"])
    if n and res["reason"][-1] == 15 and res["status"][-1] == 2:  # the press that was cut off
        n -= 1
    if n < acknowledged:
        return "%d presses were acknowledged and %d are there" % (acknowledged, n)
    if n > len(want["trial"]):
        return "more presses than were made"
    for c in want:
        if not same(res[c][:n], want[c][:n]):
            return "results/%s differs" % c
    k = int(want["n_samples"][:n].sum())
    for c in want_smp:
        if not same(smp[c][:k], want_smp[c][:k]):
            return "samples/%s differs" % c
    if amended != want_amended[:len(amended)]:
        return "amendments differ: %s" % amended
    if any(a not in amended for a in want_amended if a[0] < acknowledged):  # said before the next press was
        return "an amendment before the last acknowledged press is missing: %s" % amended
    return None


def digests(folder):
    out = {}
    for top, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(top, name), "rb") as f:
                out[os.path.join(top, name)] = hashlib.sha256(f.read()).hexdigest()
    return out


class Judge:
    """Counts of one part; print them with line()."""

    def __init__(self, what, reference):
        self.what, self.reference = what, reference
        self.n = collections.Counter()
        self.bad = []

    def fault(self, state, why):
        self.n["bad"] += 1
        if len(self.bad) < 5:
            self.bad.append("%s: %s" % (state, why))

    def check(self, cases):
        """cases: (label, study folder, number of acknowledged presses). One recover for all of them."""
        before, ask = {}, []
        if not cases:
            return
        for label, folder, acknowledged in cases:
            self.n["states"] += 1
            self.n["acknowledged"] += acknowledged
            before[folder] = digests(folder)
            path = os.path.join(folder, SESSION)
            if os.path.exists(path):
                self.n["with a file"] += 1
                try:
                    why = differs(path, self.reference, 0)  # simulated presses come faster than files are published
                except OSError as e:
                    why = "the session file does not open: %s" % e
                if why:
                    self.fault(label, "as found: " + why)
            ask.append(path)
        run = subprocess.run([PROGRAM, "recover", "--json"] + ask, capture_output=True, timeout=120)
        if run.returncode < 0:
            self.fault("recover", "died of signal %d" % -run.returncode)
            return
        if not run.stdout.startswith(b"{"):
            self.fault("recover", "exit %d, says %s %s" % (run.returncode, run.stdout[:100], run.stderr[-300:]))
            return
        made = {r["given"]: r["file"] for r in json.loads(run.stdout)["recovered"]}
        for (label, folder, acknowledged), path in zip(cases, ask):
            self.one(label, folder, acknowledged, made[path], before[folder])

    def one(self, label, folder, acknowledged, made, before):
        if made:
            self.n["recovered"] += 1
            why = differs(made, self.reference, acknowledged)
            os.unlink(made)
        else:
            why = "recover made nothing of it" if acknowledged else None
            if os.path.exists(os.path.join(folder, SESSION)):
                why = why or "a session file is there and recover made nothing"
        if why:
            self.fault(label, why)
        after = digests(folder)
        if after != before:
            self.n["originals changed"] += 1
            self.fault(label, "recover changed: %s" % sorted(p for p in set(before) | set(after) if before.get(p) != after.get(p)))

    def line(self):
        print("%-46s %6d states  %6d acknowledged presses  %5d recovered  %d bad" % (
            self.what, self.n["states"], self.n["acknowledged"], self.n["recovered"], self.n["bad"]), flush=True)
        for text in self.bad:
            print("    " + text)
        return self.n["bad"] == 0 and self.n["states"] > 0
