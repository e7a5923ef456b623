#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""cycles.py [-n CYCLES] [-s SEED] [-m S] [-l S] [FAMILY]... - cables pulled and put back while one monitor goes on.

For each family (all that have an emulator) one run of the shipped program (monitor --raw --json) in the system bed (host.c), all at the
same time. A cable is pulled at a random moment, every third time in the middle of a message, stays out for 0.05 s
up to -m seconds (default 1), and is put back. Checked: the program lives and ends when it is told to; each loss and
each return is said; the first reading after a return carries the flag "gap", and none without a silence before it or
a reason in the summary; no reading shows a force that was not there; the summary accounts for every reading and frame;
descriptors do not become more.

Printed: the longest time from the cable back in until a reading is out, and the processor's share while the gauge
is away, against the limits of 2 s (-l) and 2 %. A gauge that sends less than three readings a second has the time of
three, as two are used up by opening. Exit code 1 when anything is not as it should be.
"""
import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time

BUILD = os.environ.get("BUILD", "build")
LIMIT_SHARE = 0.02
GIVE_UP_S = 20
SILENCE_S = 0.2  # a machine that is busy makes gaps of its own, but none shorter
CUFF_KPA = 61  # the emulated cuff fills by itself, up to 60 kPa; all others are at rest, at less than 1 N


class Fault(Exception):
    pass


class Run:
    """One gauge, one bed, one monitor."""

    def __init__(self, family, address, args, folder):
        self.family, self.cycles, self.most_s, self.limit_s = family, args.n, args.m, args.l
        self.random = random.Random(args.s)
        self.resume_s, self.away_s, self.busy_s = [], 0.0, 0.0
        self.readings, self.summary, self.fault = [], None, None
        self.log = os.path.join(folder, family + ".log")
        self.errors = open(os.path.join(folder, family + ".err"), "w+")
        self.bed = subprocess.Popen(
            [BUILD + "/tests/bed", "-l", self.log, "-c", f"gauge g {family} noise=0.05", "-c", "plug g", "--",
             BUILD + "/algometer", "monitor", "--device", address, "--raw", "--json"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors, text=True)
        self.fresh = threading.Condition()
        self.collector = threading.Thread(target=self.collect, daemon=True)
        self.collector.start()

    def collect(self):
        for line in self.bed.stdout:
            said = json.loads(line)
            with self.fresh:
                if "summary" in said:
                    self.summary = said["summary"]
                else:
                    self.readings.append((time.monotonic(), said))
                self.fresh.notify_all()

    def tell(self, command):
        self.bed.stdin.write(command + "\n")
        self.bed.stdin.flush()

    def logged(self, word, times):
        """Instant at which the bed did that for the so manieth time."""
        end = time.monotonic() + GIVE_UP_S
        while time.monotonic() < end:
            done = [line.split() for line in open(self.log) if line.split()[1:2] == [word]]
            if len(done) >= times:
                return float(done[times - 1][0])
            time.sleep(0.005)
        raise Fault(f"the bed does not {word}")

    def wait_reading(self, after_s):
        with self.fresh:
            found = self.fresh.wait_for(lambda: self.readings and self.readings[-1][0] > after_s, GIVE_UP_S)
            if not found:
                raise Fault(f"no reading within {GIVE_UP_S} s")
            return next(t for t, _ in self.readings if t > after_s)

    def busy(self):
        """Seconds of processor time that the program has had: its own clock, as in clock_getcpuclockid(3)."""
        return time.clock_gettime(~self.program << 3 | 2)

    def descriptors(self):
        """What it has open, but for umockdev's own connections (nameless stream sockets, which the program never
        makes): umockdev does not close all of them when a cable is pulled in the middle of a request."""
        folder = f"/proc/{self.program}/fd"
        opened = [os.readlink(f"{folder}/{n}") for n in os.listdir(folder)]
        with open("/proc/net/unix") as f:
            emulation = {f"socket:[{w[6]}]" for w in map(str.split, f) if len(w) == 7 and w[4] == "0001"}
        return sorted(name.split(":[")[0] for name in opened if name not in emulation)

    def wait_lost(self, times):
        """Until the program has said so: what it does then is what being away costs."""
        end = time.monotonic() + GIVE_UP_S
        while time.monotonic() < end:
            if self.said("[370]") >= times:
                return
            time.sleep(0.005)
        raise Fault("the loss is not said")

    def said(self, mark):
        with open(self.errors.name) as f:
            return sum(mark in line for line in f)

    def cycle(self, n):
        time.sleep(self.random.uniform(0.05, 0.3))
        middle = n % 3 == 2
        self.tell("unplug-mid-frame g" if middle else "unplug g")
        gone = self.logged("cut" if middle else "unplug", n // 3 + 1 if middle else n - n // 3 + 1)
        self.wait_lost(n + 1)
        busy, start = self.busy(), time.monotonic()
        time.sleep(max(0, gone + self.random.uniform(0.05, self.most_s) - start))
        self.busy_s += self.busy() - busy
        self.away_s += time.monotonic() - start
        self.tell("plug g")
        back = self.logged("plug", n + 2)
        self.resume_s.append(self.wait_reading(back) - back)

    def go(self):
        try:
            first = self.wait_reading(0)
            self.wait_reading(first + 0.2)
            with open(self.log) as f:
                self.program = next(int(line.split()[2]) for line in f if line.split()[1] == "program")
            before = self.descriptors()
            for n in range(self.cycles):
                self.cycle(n)
            after = self.descriptors()
            if len(after) != len(before):
                raise Fault(f"descriptors at the start {before}, at the end {after}")
            self.tell("stop")
            code = self.bed.wait(GIVE_UP_S)
            self.collector.join(GIVE_UP_S)
            if code != 143:
                raise Fault(f"exit code {code}")
            self.judge()
        except (Fault, OSError, subprocess.TimeoutExpired) as e:
            self.fault = f"{e} (exit code so far: {self.bed.poll()})"
            self.bed.kill()

    @staticmethod
    def is_rest(r):
        if r["unit"] == "kPa":
            return r["value"] is not None and -1 < r["value"] < CUFF_KPA
        at_rest = r["value"] if r["force_n"] is None else r["force_n"]  # a gauge may send no unit
        return at_rest is not None and abs(at_rest) <= 1

    def judge(self):
        losses, returns = self.said("[370]"), self.said("[371]")
        steps = [(b["t_s"] - a["t_s"], "gap" in b["flags"]) for (_, a), (_, b) in zip(self.readings, self.readings[1:])]
        gaps = [step for step, gap in steps if gap] or [0]
        period_s = statistics.median([step for step, gap in steps if not gap] or [0])
        wrong = [r["shown"] for _, r in self.readings if not self.is_rest(r)]
        times = [r["t_s"] for _, r in self.readings]
        s = self.summary or {}
        if (losses, returns) != (self.cycles, self.cycles):
            raise Fault(f"{losses} losses and {returns} returns were said of {self.cycles}")
        told = sum(s[key] for key in ("timeouts", "skipped_bytes", "bad_length", "bad_check", "insane"))
        if len(gaps) < self.cycles or sum(gap < SILENCE_S for gap in gaps) > told:
            raise Fault(f"{len(gaps)} readings have the flag gap, for {self.cycles} returns: {sorted(gaps)[:9]} s, {s}")
        if wrong:
            raise Fault(f"readings that nothing pressed: {wrong[:5]}")
        if times != sorted(times):
            raise Fault("time goes back")
        if s.get("readings") != len(self.readings):
            raise Fault(f"{len(self.readings)} readings, the summary says {s.get('readings')}")
        if s["frames"] != s["readings"] + s["insane"] + s["foreign"] + s["refused"] + s["ignored"]:
            raise Fault(f"frames are not accounted for: {s}")
        self.limit_s = max(self.limit_s, 1 + 3 * period_s)
        if max(self.resume_s) > self.limit_s:
            raise Fault("the limit of a return is passed")
        if self.busy_s > LIMIT_SHARE * self.away_s and not os.environ.get("SAN"):  # a sanitizer's build is slow
            raise Fault("the limit of the processor's share is passed")

    def show(self):
        def row(what, ours, unit, limit):
            print(f"{what:<34} {ours:>10.2f} {unit:<5} {'the limit':<34} {limit:>10.2f} {unit:<5} ratio {ours / limit:.2f}")

        if self.resume_s:
            row(f"{self.family}, {len(self.resume_s)} returns, longest", max(self.resume_s), "s", self.limit_s)
        if self.away_s:
            row(f"{self.family}, processor while away", 100 * self.busy_s / self.away_s, "%", 100 * LIMIT_SHARE)
        if self.fault:
            print(f"{self.family}: FAILED: {self.fault}")
            with open(self.errors.name) as f:
                print("".join("    | " + line for line in f.readlines()[-6:]), end="")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-n", type=int, default=100)
    parser.add_argument("-s", type=int, default=1)
    parser.add_argument("-m", type=float, default=1.0)
    parser.add_argument("-l", type=float, default=2.0)
    parser.add_argument("families", nargs="*")
    args = parser.parse_args()
    known = dict(line.split() for line in subprocess.check_output([BUILD + "/tests/bed", "-f"], text=True).splitlines())
    with tempfile.TemporaryDirectory() as folder:
        runs = []
        for family in args.families or known:
            runs.append(Run(family, known[family], args, folder))
        threads = [threading.Thread(target=run.go) for run in runs]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        for run in runs:
            run.show()
    return any(run.fault for run in runs)


if __name__ == "__main__":
    sys.exit(main())
