#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""visit.py ALGOMETER FOLDER [SCENE...] - visits as a therapist has them: keys and hands in, screen and file out.

Each scene has a study, a gauge, a button and a terminal of its own; all are played at the same time, by the wall
clock. With SHOW set, what stood on the screen is printed.
"""
import json
import os
import pty
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
rounds: %(rounds)s
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

    def __init__(self, program, folder, button=False, sites="UTRAP_R, UTRAP_L", interval=2, ceiling=600, rounds=2):
        self.program, self.folder = program, folder
        os.makedirs(folder)
        self.study = folder + "/study"
        self.env = dict(os.environ, TERM="linux", LANG="C.UTF-8", XDG_STATE_HOME=folder + "/state")
        self.env.pop("LC_ALL", None)
        self.run("init", self.study, "--id", "test")
        self.procedure = folder + "/short.yaml"
        with open(self.procedure, "w") as f:
            f.write(PROCEDURE % {"sites": sites, "interval": interval, "ceiling": ceiling, "rounds": rounds})
        self.fifo = folder + "/button" if button else None
        self.gauge = Gauge(folder + "/gauge", fifo=self.fifo)
        self.t = None
        self.told = []

    def run(self, *words, expect=0):
        p = subprocess.run([self.program, *words], env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert expect is None or p.returncode == expect, "exit %d: %s\n%s%s" % (p.returncode, " ".join(words), p.stdout, p.stderr)
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


def both(status, n):
    return [(site, status, None) for site in ("UTRAP_R", "UTRAP_L") for _ in range(n)]


def presses(shown):
    """Of the first session: (site, status, reason) of each press, in the order of points."""
    return [(point["site"], press["status"], press["reason"])
        for point in shown["sessions"][0]["points"] for press in point["presses"]]


# ---- the scenes --------------------------------------------------------------------------------------------

def scene_alone(p):
    """One person, no patient's button: no key from the first press to the last, and it is said what to ask for."""
    t = p.record()
    t.wait("There is no button: ask for a clear .now.")
    t.press("\n")
    t.answer("alarm bell", "\n")
    t.answer("letters of those", "\n")
    before = t.keys
    p.hand(4)
    t.wait(r"4 accepted, 0 rejected.*complete; seal")
    p.show("at the end")
    assert t.end() == 0 and t.keys == before, "%d keys between presses" % (t.keys - before)
    assert presses(p.stored()) == both("accepted", 2)


def scene_wrong_side(p):
    """w in the press, and in the interval: both count on the other side, whose places are filled by them."""
    t = p.begin()
    t.wait(READY)
    p.gauge.press(20, wait=False)
    time.sleep(1)
    t.press("w")
    t.wait("wrong side: lift")
    t.wait(r"last: accepted 200 kPa  Upper trapezius, midpoint \(left\)")
    p.show("w in the press")
    p.hand()
    t.press("w")
    t.wait(r"the last press counts for Upper trapezius, midpoint \(left\), patient's left; the\s+other place is asked for again")
    t.wait("2 of 4 done")
    p.show("w in the interval")
    t.press("w")
    t.wait("no press can be moved now")
    p.hand(2)
    t.wait(r"4 accepted, 0 rejected.*complete; seal")
    t.end()
    assert presses(p.stored()) == both("accepted", 2)


def scene_wrong_side_elsewhere(p):
    """w where the other side is no point of the session: rejected, and asked for again. Then q, q."""
    t = p.begin()
    p.hand()
    t.press("w")
    t.wait("the last press is rejected and will be repeated")
    p.show("w in the interval")
    t.wait(READY)
    p.gauge.press(20, wait=False)
    time.sleep(1)
    t.press("w")
    t.wait("wrong side: lift; it counts over there if that side is measured, else not at")
    t.wait(r"last: rejected 200 kPa \(wrong-site\)")
    p.show("w in the press")
    t.press("q")
    t.wait("press q once more")
    t.press("q")
    t.wait("ended early; seal")
    t.end()
    shown = p.stored()
    assert presses(shown)[:2] == [("UTRAP_R", "rejected", "examiner"), ("UTRAP_R", "rejected", "wrong-site")], presses(shown)
    assert "ended before the plan was through" in p.run("verify", p.file())
    assert "ENDED EARLY" in p.run("show", p.file())


def scene_wrong_patient(p):
    """Noticed before: q, and nothing is there. Noticed after: amend moves it, and it is this one's no more."""
    t = p.record()
    t.answer("Enter starts", "q\n")
    t.wait("nothing was measured")
    assert t.end() == 1
    t = p.begin()
    p.hand(4)
    t.wait("complete; seal")
    t.end()
    p.run("amend", p.file(), "participant", "P013", "--why", "wrong patient chosen", "--who", "AB")
    told = p.run("show", "P012", "--study", p.study)
    assert "was moved to participant P013 and is left out here" in told and "accepted" not in told and "200" not in told, told
    assert "MOVED to P013" in p.run("show", p.file())
    assert "P013, session 1" in p.run("show", "P013", "--study", p.study)
    assert p.run("verify", "P013", "--study", p.study).startswith("whole")


def scene_phone(p):
    """A call in mid visit: p, the gauge lies on its tip, on with p."""
    t = p.begin()
    p.hand()
    t.press("p")
    t.wait("paused: p goes on")
    p.gauge.rest_n = 2.6
    time.sleep(float(os.environ.get("CALL_S", "4")))
    t.wait("paused: p goes on")
    t.press("p")
    t.wait("hold the gauge free: its zero is taken")
    p.show("goes on, still on the tip")
    p.gauge.rest_n = 0
    p.hand(3)
    t.wait("4 accepted, 0 rejected.*complete; seal")
    t.end()
    assert presses(p.stored()) == both("accepted", 2)


def scene_before_after(p):
    for acq, top_n in ("pre", 20), ("post", 26):
        t = p.begin("--acq", acq)
        p.hand(2, top_n)
        t.wait("complete; seal")
        t.end()
    told = p.run("compare", "P012", "--session", "1", "--study", p.study)
    assert re.search(r"session 1 pre to session 1 post.*: (199|200|201) -> (259|260|261) kPa, \+\d+ kPa", told, re.S), told


def scene_gauge_dies(p):
    """In a press, and back; then for good: q, q keeps what was measured."""
    t = p.begin()
    p.hand()
    t.wait(READY)
    p.gauge.press(20, wait=False)
    time.sleep(1.2)
    p.gauge.unplug()
    t.wait("LIFT: NO SIGNAL FROM THE GAUGE.*- kPa")
    p.show("gone in the press")
    time.sleep(1.5)
    p.gauge.plug()
    t.wait(READY, 10)
    p.hand()
    p.gauge.unplug()
    t.wait("no signal from the gauge: switch it on or plug it in and the session goes on; q\\s+ends it")
    p.show("gone again")
    t.press("q")
    t.wait("press q once more")
    t.press("q")
    t.wait("2 accepted, 1 rejected, 0 censored, 2 missing; ended early")
    t.end()
    assert presses(p.stored()) == [("UTRAP_R", "accepted", None), ("UTRAP_R", "missing", "ended"),
        ("UTRAP_L", "rejected", "lost"), ("UTRAP_L", "accepted", None), ("UTRAP_L", "missing", "ended")]


def scene_power(p):
    """The power goes in a press: the next start asks, and goes on where it stood."""
    t = p.begin()
    p.hand()
    t.wait(READY)
    p.gauge.press(20, wait=False)
    time.sleep(1.5)
    t.kill()
    t.end()
    p.gauge.ramp = None
    t = p.record()
    t.wait("begun .* at .*, was cut off.\\s+1 of 4 planned presses are kept.")
    p.show("asked")
    t.press("\n")
    t.answer("Enter starts", "\n")
    t.wait(r"last: rejected \(interrupted\)")
    p.hand(3)
    t.wait("4 accepted, 1 rejected.*complete; seal")
    t.end()
    assert presses(p.stored()) == [("UTRAP_R", "accepted", None), ("UTRAP_R", "accepted", None),
        ("UTRAP_L", "rejected", "interrupted"), ("UTRAP_L", "accepted", None), ("UTRAP_L", "accepted", None)]


def scene_power_after_wrong_side(p):
    """Two presses were moved to the other side, then the power went: nothing is pressed once more than planned."""
    t = p.begin()
    for done in 1, 2:
        p.hand()
        t.press("w")
        t.wait("the last press counts for Upper trapezius, midpoint .left.")
        t.wait("%d of 4 done" % done)
    time.sleep(0.5)
    t.kill()
    t.end()
    t = p.record()
    t.answer("was cut off", "\n")
    t.answer("Enter starts", "\n")
    t.wait("2 of 4 done")
    p.hand(2)
    t.wait("4 accepted, 0 rejected.*complete; seal")
    t.end()
    assert presses(p.stored()) == both("accepted", 2)


def scene_patient_stops(p):
    """x in a ramp: LIFT stands there until the tip is off the skin, and only then it is asked why."""
    t = p.begin()
    p.hand()
    t.wait(READY)
    p.gauge.press(16, hold=1.5, wait=False)
    time.sleep(1)
    t.press("x")
    t.wait("lift the gauge off the skin")
    p.show("x")
    time.sleep(1.5)
    assert "Why?" not in t.screen(), "asked while the gauge is on the skin:\n" + t.screen()
    t.answer("Why. 1 asked to stop, 2 faint", "2\n")
    t.wait("ended early; seal")
    t.end()
    assert presses(p.stored())[2] == ("UTRAP_L", "rejected", "patient")
    assert "stopped for the patient (faint)" in p.run("show", p.file())


def scene_blinded(p):
    """An open display and a peak do not go together; no number on the screen; shown only once unblinded."""
    t = p.begin("--blinded")
    t.answer("y or n", "n\n")
    t.wait("The peak would stand on it: cover it")
    t.press("\n")
    t.wait("y or n.*y or n.*y or n")
    t.press("y\n")
    t.wait("force, pressure and results are hidden")
    p.hand(4)
    t.wait("complete; seal")
    t.end()
    told = re.sub(r"ceiling from\s+600 kPa", "", t.lines)
    assert not re.search(r"\d+ kPa|\d+\.\d N\b|\b200\b", told), "a blinded screen told a number"
    path = p.file()
    assert p.run("verify", path).startswith("whole")
    told = p.run("show", path, expect=None) + p.run("show", "P012", "--study", p.study, "--json", expect=None)
    p.told_by("show before", told)
    assert not re.search(r"\b(200|199|201)\b|\b(199|200|201)\.\d", told) and "blind" in told, told
    p.run("unblind", "P012", "--who", "AB", "--reason", "finished", "--study", p.study)
    assert re.search(r"UTRAP|Upper trapezius.* 200", p.run("show", path))


def scene_precautions(p):
    t = p.record()
    t.answer("Enter starts", "\n")
    t.answer("alarm bell", "n\n")
    t.wait("alarms will be on the screen only")
    t.answer("letters of those", "bz\n")
    t.wait("letters from the list")
    t.press("b f\n")
    t.wait("blood thinners or a bleeding disorder:\n.*bruises come easily.*pain medicine.*thresholds may be higher")
    t.answer("Enter goes on all the same", "q\n")
    assert t.end() == 1
    t = p.record()
    t.answer("Enter starts", "\n")
    t.answer("alarm bell", "\n")
    t.answer("letters of those", "b,F\n")
    t.answer("Enter goes on all the same", "\n")
    p.hand()
    t.press("qq")
    t.wait("ended early")
    t.end()
    assert "Precautions that hold: bleeding, analgesic" in p.run("show", p.file())


def scene_sound(p):
    """No sound card is told before anything; with one the ceiling is heard."""
    p.env["ALGOMETER_SOUND"] = "nosuchcard"
    t = p.record("--sound")
    t.wait("no sound can be made.*leave --sound o")
    assert t.end() == 3
    p.env["ALGOMETER_SOUND"] = "file:FILE=%s/heard.raw,FORMAT=raw" % p.folder
    t = p.begin("--sound")
    t.wait(READY)
    p.gauge.press(65, 16, wait=False)
    t.wait("LIFT NOW: THE CEILING IS REACHED", 12)
    p.show("ceiling")
    t.wait("> 600 kPa|censored")
    t.press("qq")
    t.wait("1 censored")
    t.end()
    assert os.path.getsize(p.folder + "/heard.raw") > 50000


# A pseudo-terminal that answers as a serial port with a switch on it, until the file GONE is there: then it is unplugged.
LINES = r"""
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int ioctl(int fd, unsigned long request, ...)
{
	struct stat port, st;
	va_list args;

	va_start(args, request);
	void *arg = va_arg(args, void *);

	va_end(args);
	if ((request != TIOCMGET && request != TIOCMBIS) || fstat(fd, &st) || stat(getenv("PORT"), &port) ||
		st.st_rdev != port.st_rdev)
		return (int)syscall(SYS_ioctl, fd, request, arg);
	if (access(getenv("GONE"), F_OK) == 0) {
		errno = EIO;
		return -1;
	}
	if (request == TIOCMGET)
		*(int *)arg = 0;
	return 0;
}
"""


def scene_button_gone(p):
    """The patient's button is pulled in a press: LIFT, and the press does not count. What the examiner paused stays so."""
    if os.environ.get("SAN"):
        return  # its library would have to come first
    code, library, gone = p.folder + "/lines.c", p.folder + "/lines.so", p.folder + "/gone"
    with open(code, "w") as f:
        f.write(LINES)
    subprocess.run([os.environ.get("CC", "cc"), "-D_GNU_SOURCE", "-shared", "-fPIC", "-o", library, code], check=True)
    fd, side = pty.openpty()
    p.env.update(LD_PRELOAD=library, PORT=os.ttyname(side), GONE=gone)
    t = p.begin("--button", "line:cts@" + os.ttyname(side))
    t.wait(READY)
    p.gauge.press(50, wait=False)
    time.sleep(1)
    open(gone, "w").close()
    t.wait("LIFT: THE PATIENT'S BUTTON IS GONE", 5)
    p.show("gone in the press")
    t.wait(r"last: rejected \(examiner\)")
    t.wait("the patient's button is gone: plug it in")
    p.show("gone")
    os.unlink(gone)
    t.gone("the patient's button is gone: plug it in")
    t.wait(READY)
    t.press("p")
    t.wait("paused: p goes on")
    open(gone, "w").close()
    t.wait("the patient's button is gone: plug it in")
    os.unlink(gone)
    t.wait("is there again|paused: p goes on")
    time.sleep(2)
    t.wait("paused: p goes on")
    t.press("qq")
    t.wait("ended early; seal")
    t.end()
    assert presses(p.stored())[0] == ("UTRAP_R", "rejected", "examiner"), presses(p.stored())


SCENES = [
    (scene_alone, {}),
    (scene_wrong_side, {"interval": 4}),
    (scene_wrong_side_elsewhere, {"sites": "UTRAP_R, LEV_R", "interval": 6}),
    (scene_wrong_patient, {"button": True}),
    (scene_phone, {"button": True}),
    (scene_before_after, {"rounds": 1}),
    (scene_gauge_dies, {"button": True}),
    (scene_power, {"button": True}),
    (scene_power_after_wrong_side, {"button": True, "interval": 4}),
    (scene_patient_stops, {"button": True}),
    (scene_button_gone, {}),
    (scene_blinded, {}),
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
