#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""visit.py ALGOMETER FOLDER [SCENE...] - visits as a therapist has them: keys and hands in, screen and file out.

Each scene has a study, a gauge, a button and a terminal of its own; all are played at the same time, by the wall
clock. With SHOW set, what stood on the screen is printed.
"""
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import traceback

from bench import Gauge, Terminal

PROCEDURE = """algometer: procedure 1
id: short
version: 1.0
name: Short visit
rate_kpa_s: 80
corridor_percent: 40
tip_area_cm2: 1.0
rounds: 2
plan: rounds
order: fixed
interval_s: %(interval)s
rule: mean
max_presses: 5
ceiling_kpa: %(ceiling)s
response: button
points:
  from: list
  sites: [%(sites)s]
instruction: Press the button when it begins to hurt.
source: made for a test
journal: false
"""
READY = r"press when ready"


class Place:
    """A treatment room: study, gauge, and whoever records."""

    def __init__(self, program, folder, button=False, sites="UTRAP_R, UTRAP_L", interval=2, ceiling=600):
        self.program, self.folder = program, folder
        os.makedirs(folder)
        self.study = folder + "/study"
        self.env = dict(os.environ, TERM="linux", LANG="C.UTF-8", XDG_STATE_HOME=folder + "/state")
        self.env.pop("LC_ALL", None)
        self.run("init", self.study, "--id", "test")
        self.procedure = folder + "/short.yaml"
        with open(self.procedure, "w") as f:
            f.write(PROCEDURE % {"sites": sites, "interval": interval, "ceiling": ceiling})
        self.fifo = folder + "/button" if button else None
        self.gauge = Gauge(folder + "/gauge", fifo=self.fifo)
        self.t = None
        self.told = []

    def run(self, *words, expect=0):
        p = subprocess.run([self.program, *words], env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert p.returncode == expect, "exit %d: %s\n%s%s" % (p.returncode, " ".join(words), p.stdout, p.stderr)
        return p.stdout + p.stderr

    def record(self, *options, code="P012", device=None):
        button = ["--button", "fifo:" + self.fifo if self.fifo else "peak"]
        self.t = Terminal([self.program, "record", code, "--study", self.study, "--procedure", self.procedure,
            "--device", device or self.gauge.address(), "--examiner", "AB", *button, *options], self.env)
        return self.t

    def begin(self, *options, **kw):
        """record, with a key for each question: all is well."""
        t = self.record(*options, **kw)
        t.answer("Enter starts", "\n")
        t.answer("alarm bell", "\n")
        t.answer("letters of those", "\n")
        return t

    def hand(self, n=1, top_n=20.0, rate=80.0):
        """Presses n times, when it is said to. 1 cm2: 10 kPa a newton."""
        for _ in range(n):
            self.t.wait(READY)
            self.gauge.press(top_n, rate / 10)
            self.t.wait("says wrong side, else")
            self.t.gone("says wrong side, else")

    def show(self, name):
        if os.environ.get("SHOW"):
            self.told.append("----- %s\n%s\n" % (name, self.t.screen()))

    def told_by(self, name, text):
        if os.environ.get("SHOW"):
            self.told.append("----- %s\n%s\n" % (name, text))

    def file(self, part="ses-01"):
        for folder, _, names in os.walk(self.study):
            for n in names:
                if part in folder and n.endswith("_algometry.h5"):
                    return os.path.join(folder, n)
        raise AssertionError("no session file of " + part)

    def stored(self, *options, part="ses-01"):
        """The session as show --json tells it; verified before."""
        path = self.file(part)
        self.told_by("verify", self.run("verify", path))
        self.told_by("show", self.run("show", path, *options))
        return json.loads(self.run("show", path, "--json", *options))


def presses(shown):
    """Of the first session: (site, status, reason) of each press, in the order of points."""
    return [(point["site"], press["status"], press["reason"])
        for point in shown["sessions"][0]["points"] for press in point["presses"]]


# ---- the scenes --------------------------------------------------------------------------------------------

def scene_alone(p):
    """One person, no patient's button: no key from the first press to the last."""
    t = p.begin()
    before = t.keys
    p.hand()
    p.show("after the first press")
    p.hand(3)
    t.wait(r"complete; seal")
    p.show("at the end")
    assert t.end() == 0 and t.keys == before, "%d keys between presses" % (t.keys - before)
    assert len(presses(p.stored())) == 4


def scene_wrong_side(p):
    """w: during the press, and in the interval; the press counts where it was made."""
    t = p.begin()
    t.wait(READY)
    p.gauge.press(20, wait=False)
    time.sleep(1)
    t.press("w")
    p.show("w while it is pressed")
    t.wait("last: ")
    p.show("after it")
    p.hand()
    t.press("w")
    time.sleep(0.3)
    p.show("w in the interval")
    for _ in range(4):
        t.wait(READY + "|complete;")
        if t.code is None and "complete;" not in t.screen():
            p.hand()
            p.show("on")
    t.wait("complete; seal")
    p.show("end")
    t.end()
    p.told_by("presses", str(presses(p.stored())))


def scene_wrong_side_elsewhere(p):
    """w where the other side is no point of the session."""
    t = p.begin()
    p.hand()
    t.press("w")
    time.sleep(0.3)
    p.show("w in the interval, other side not in the plan")
    t.wait(READY)
    p.gauge.press(20, wait=False)
    time.sleep(1)
    t.press("w")
    time.sleep(0.3)
    p.show("w in the press, other side not in the plan")
    t.wait("last: ")
    time.sleep(2.3)
    p.show("after")
    t.press("q")
    t.press("q")
    t.end()
    p.told_by("presses", str(presses(p.stored())))


def scene_wrong_patient(p):
    t = p.record()
    t.answer("Enter starts", "q\n")
    p.told_by("exit", str(t.end()))
    p.show("q at the question")
    t = p.begin()
    p.hand(4)
    t.wait("complete; seal")
    t.end()
    path = p.file()
    p.told_by("amend participant", p.run("amend", path, "participant", "P013", "--why", "wrong patient chosen", "--who", "AB"))
    p.told_by("find", subprocess.run(["find", p.study], capture_output=True, text=True).stdout)
    p.told_by("show P012", subprocess.run([p.program, "show", "P012", "--study", p.study], env=p.env, capture_output=True, text=True).__repr__())
    p.told_by("show P013", p.run("show", "P013", "--study", p.study))
    p.told_by("verify", p.run("verify", "P013", "--study", p.study))
    p.told_by("verify P012", p.run("verify", "P012", "--study", p.study))
    t = p.record()
    t.wait("Enter starts")
    p.show("next of P012")
    t.press("q\n")
    t.end()


def scene_phone(p):
    """A call in mid visit: p, the gauge lies on its tip, on with p."""
    t = p.begin()
    p.hand()
    t.press("p")
    time.sleep(0.3)
    p.show("paused")
    p.gauge.rest_n = 2.6
    time.sleep(float(os.environ.get("CALL_S", "6")))
    p.show("paused, gauge laid down")
    t.press("p")
    time.sleep(0.5)
    p.show("goes on, still on the tip")
    p.gauge.rest_n = 0
    time.sleep(0.5)
    p.show("taken up")
    p.hand(3)
    t.wait("complete; seal")
    t.end()
    p.told_by("presses", str(presses(p.stored())))


def scene_before_after(p):
    for acq in "pre", "post":
        t = p.begin("--acq", acq)
        p.show("begin")
        p.hand(4, 20 if acq == "pre" else 26)
        t.wait("complete; seal")
        p.show("end")
        t.end()
    p.told_by("find", subprocess.run(["find", p.study, "-name", "*.h5"], capture_output=True, text=True).stdout)
    p.told_by("compare", p.run("compare", "P012", "--session", "1", "--study", p.study))
    p.told_by("show", p.run("show", "P012", "--session", "1", "--study", p.study))


def scene_gauge_dies(p):
    t = p.begin()
    p.hand()
    t.wait(READY)
    p.gauge.press(20, wait=False)
    time.sleep(1.2)
    p.gauge.unplug()
    time.sleep(1)
    p.show("gone in the press")
    time.sleep(3)
    p.show("gone, 3 s later")
    p.gauge.plug()
    t.wait("WAIT|PRESS|press when ready", 10)
    time.sleep(1)
    p.show("back")
    p.hand(1)
    p.gauge.unplug()
    time.sleep(2)
    p.show("gone again")
    t.press("q")
    time.sleep(0.3)
    p.show("q once")
    t.press("q")
    code = t.end()
    p.show("exit %s" % code)
    p.told_by("presses", str(presses(p.stored())))


def scene_power(p):
    t = p.begin()
    p.hand()
    t.wait(READY)
    p.gauge.press(20, wait=False)
    time.sleep(1.5)
    t.kill()
    t.end()
    p.show("killed")
    t = p.record()
    t.wait("cut off")
    p.show("asked")
    t.press("\n")
    t.wait("Enter starts|" + READY)
    time.sleep(1.5)
    p.show("goes on")
    if "Enter starts" in t.screen():
        t.press("\n")
    time.sleep(1)
    p.show("on")
    p.hand(3)
    t.wait("complete; seal")
    p.show("end")
    t.end()
    p.told_by("presses", str(presses(p.stored())))
    p.told_by("find", subprocess.run(["find", p.study], capture_output=True, text=True).stdout)


def scene_patient_stops(p):
    t = p.begin()
    p.hand()
    t.wait(READY)
    p.gauge.press(20, wait=False)
    time.sleep(1)
    t.press("x")
    time.sleep(0.5)
    p.show("x")
    time.sleep(1)
    p.show("later")
    t.wait("Why")
    t.press("2\n")
    p.told_by("exit", str(t.end()))
    p.show("end")
    p.told_by("presses", str(presses(p.stored())))


def scene_blinded(p):
    p.fifo = None
    t = p.record("--blinded")
    p.fifo = p.folder + "/button"
    t.answer("Enter starts", "\n")
    t.answer("alarm bell", "\n")
    t.answer("letters of those", "\n")
    t.wait("y or n")
    p.show("covered?")
    t.press("n\n")
    t.wait("cover it")
    p.show("not covered, peak")
    t.press("\n")
    time.sleep(0.3)
    t.press("q\n")
    p.told_by("exit", str(t.end()))
    t = p.begin("--blinded")
    t.answer("y or n", "y\n")
    t.wait(READY)
    p.show("ready")
    p.gauge.press(20, wait=False)
    time.sleep(1)
    p.show("ramp")
    t.wait("else it is accepted")
    t.gone("else it is accepted")
    p.hand(3)
    t.wait("complete; seal")
    p.show("end")
    t.end()
    path = p.file()
    p.told_by("verify", p.run("verify", path))
    r = subprocess.run([p.program, "show", path], env=p.env, capture_output=True, text=True)
    p.told_by("show", repr(r))
    r = subprocess.run([p.program, "show", "P012", "--study", p.study, "--json"], env=p.env, capture_output=True, text=True)
    p.told_by("show json", repr(r))
    r = subprocess.run([p.program, "unblind", "P012", "--who", "AB", "--reason", "finished", "--study", p.study], env=p.env, capture_output=True, text=True)
    p.told_by("unblind", repr(r))
    p.told_by("show", p.run("show", "P012", "--study", p.study))
    p.told_by("show", subprocess.run([p.program, "show", path], env=p.env, capture_output=True, text=True).__repr__())


def scene_precautions(p):
    t = p.record()
    t.answer("Enter starts", "\n")
    t.answer("alarm bell", "n\n")
    t.answer("letters of those", "bz\n")
    t.wait("letters from the list")
    p.show("wrong letter")
    t.press("b f\n")
    time.sleep(0.5)
    p.show("b f")
    t.press("q\n")
    p.told_by("exit", str(t.end()))
    p.show("q")
    t = p.record()
    t.answer("Enter starts", "\n")
    t.answer("alarm bell", "n\n")
    t.answer("letters of those", "b,F\n")
    time.sleep(0.5)
    t.answer("Enter goes on", "\n")
    p.hand()
    t.press("q")
    t.press("q")
    t.end()
    p.told_by("show", p.run("show", p.file()))


def scene_sound(p):
    p.env["ALGOMETER_SOUND"] = "nosuchcard"
    t = p.record("--sound")
    time.sleep(1.5)
    p.show("no card")
    p.told_by("code", str(t.code))
    if t.code is None:
        t.press("q\n"); t.end()
    p.env["ALGOMETER_SOUND"] = "file:FILE=%s/x.raw,FORMAT=raw" % p.folder
    t = p.record("--sound")
    time.sleep(1)
    p.show("file card")
    if t.code is None:
        t.answer("Enter starts", "\n")
        t.answer("alarm bell", "\n")
        t.answer("letters of those", "\n")
        p.hand(1, rate=20)
        p.gauge.press(65, 20, wait=False)
        t.wait("LIFT NOW", 12)
        p.show("ceiling")
        time.sleep(1)
        t.press("qq")
        t.end()
    p.told_by("raw", str(os.path.getsize(p.folder + "/x.raw") if os.path.exists(p.folder + "/x.raw") else None))


SCENES = [
    (scene_alone, {}),
    (scene_wrong_side, {"interval": 4}),
    (scene_wrong_side_elsewhere, {"sites": "UTRAP_R, LEV_R", "interval": 6}),
    (scene_wrong_patient, {"button": True}),
    (scene_phone, {"button": True}),
    (scene_before_after, {}),
    (scene_gauge_dies, {"button": True}),
    (scene_power, {"button": True}),
    (scene_patient_stops, {"button": True}),
    (scene_blinded, {"button": True}),
    (scene_precautions, {}),
    (scene_sound, {}),
]


def play(scene, program, folder, how, results):
    place = None
    try:
        place = Place(program, folder, **how)
        scene(place)
        results[scene.__name__] = ""
    except (AssertionError, OSError, KeyError, ValueError):
        results[scene.__name__] = traceback.format_exc()
    finally:
        if place:
            place.gauge.stop = True
            if place.t:
                place.t.kill()
            if os.environ.get("SHOW"):
                with open(os.path.join(os.environ["SHOW"], scene.__name__), "w") as f:
                    f.write("\n".join(place.told) + (results.get(scene.__name__) or ""))


def main():
    program, folder, wanted = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3:]
    results, threads = {}, []
    for scene, how in SCENES:
        if wanted and scene.__name__[len("scene_"):] not in wanted:
            continue
        thread = threading.Thread(target=play, args=(scene, program, os.path.join(folder, scene.__name__), how, results))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    failed = {name: why for name, why in results.items() if why}
    for name, why in failed.items():
        print("%s\n%s" % (name, why))
    print("%d scenes, %d failed" % (len(results), len(failed)))
    return 1 if failed else 0


sys.exit(main())
