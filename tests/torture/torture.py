#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""torture.py [short|long] [rich] [PART...]: sessions of the shipped program are killed, cut off from power and given failing
disks; what is left must hold every press that was said to be saved. rich: with practice, tolerance, extra presses, and presses
that are rejected or made on the wrong side. Prints counts; exit 1 when one was lost."""
import errno, os, pty, random, re, resource, select, shutil, signal, subprocess, sys, tempfile, time
sys.path.insert(0, os.path.dirname(__file__))
import disk, h5py, judge, powerdisk
from judge import PROGRAM, SESSION, Judge

SHIM = os.path.abspath(os.environ.get("SHIM", "build/torture-shim.so"))
LONG = "long" in sys.argv[1:]
SEED = int(os.environ.get("TORTURE_SEED", "1"))
rng = random.Random(SEED)
work = tempfile.mkdtemp(prefix="alg-torture.", dir=os.environ.get("TORTURE_DIR"))
base = os.path.join(work, "base")
failed = []

PROCEDURE = open("procedures/myofascial-quick.yaml").read().replace("id: myofascial-quick", "id: tiny").replace(
    "rounds: 3", "rounds: 2").replace("journal: true", "journal: false").replace("targets: 2", "targets: 1")
ARGS = ["--device", "sim:mark10?seed=7", "--yes", "--plain", "--clock", "2026-03-02T09:30:00+00:00"]
RICH = "rich" in sys.argv[1:]
KEYS = "t=62.3 key wrong-site\nt=100 key wrong-site\nt=160 key reject\nt=250 key reject\n"
if RICH:
    PROCEDURE = open("procedures/threshold-tolerance.yaml").read().replace("id: threshold-tolerance", "id: tiny").replace(
        "journal: true", "journal: false\nextra_press_range_percent: 1").replace("interval_s: 30", "interval_s: 20")
    with open(os.path.join(work, "keys"), "w") as f:
        f.write(KEYS)
    ARGS += ["--script", os.path.join(work, "keys")]


def run(folder, *more, timeout=60, **shim):
    """A session in the study folder, through the shim: (exit code or -signal, stdout, stderr)."""
    env = dict(os.environ, LD_PRELOAD=SHIM, TORTURE_ROOT=folder, TZ="UTC", **{k: str(v) for k, v in shim.items()})
    args = [PROGRAM, "record", "P012", "--study", folder, *ARGS, *more]
    r = subprocess.run(args, env=env, capture_output=True, timeout=timeout)
    return r.returncode, r.stdout, r.stderr


def fresh(name):
    folder = os.path.join(work, name)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    return folder


def prepare():
    subprocess.run([PROGRAM, "init", base, "--id", "torture"], check=True, stdout=subprocess.DEVNULL)
    with open(base + "/procedures/tiny.yaml", "w") as f:
        f.write(PROCEDURE)
    with open(base + "/study.yaml", "a") as f:
        f.write("\nprocedure: tiny\n") if "\nprocedure:" not in open(base + "/study.yaml").read() else None
    text = open(base + "/study.yaml").read()
    with open(base + "/study.yaml", "w") as f:
        f.write(re.sub(r"(?m)^procedure:.*$", "procedure: tiny", text))
    subprocess.run([PROGRAM, "points", "P012", "add", "UTRAP_R", "--role", "target", "--study", base], check=True,
                   stdout=subprocess.DEVNULL)


def part(name):
    def wrap(f):
        parts[name] = f
        return f
    return wrap


parts = {}


def finish(j):
    if not j.line():
        failed.append(j.what)


@part("kills")
def kills(reference, calls):
    j = Judge("kill before each of %d calls" % calls, reference)
    for n in range(1, calls + 1):
        folder = fresh("kill")
        code, out, _ = run(folder, TORTURE_KILL=n)
        if code != -signal.SIGKILL:
            continue  # another order of the threads had fewer calls
        j.check([("call %d" % n, folder, len(judge.said(out)))])
    finish(j)


@part("random")
def random_kills(reference, calls):
    n = 1000 if LONG else 60
    j = Judge("%d kills at random instants" % n, reference)
    folder = fresh("time")
    start = time.time()
    run(folder)
    whole = time.time() - start
    env = dict(os.environ, TZ="UTC")
    for i in range(n):
        folder = fresh("random")
        p = subprocess.Popen([PROGRAM, "record", "P012", "--study", folder, *ARGS], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(rng.random() * whole)
        p.kill()
        j.check([("kill %d" % i, folder, len(judge.said(p.communicate()[0])))])
    finish(j)


@part("recover")
def killed_recover(reference, calls):
    """recover is killed before each of its calls, and run again."""
    j = Judge("recover killed before each of its calls", reference)
    for at in sorted(rng.sample(range(calls // 4, calls), 12 if LONG else 4)):
        left = fresh("left")
        code, out, _ = run(left, TORTURE_KILL=at)
        if code != -signal.SIGKILL:
            continue
        for n in range(1, 20):
            folder = os.path.join(work, "again")
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(left, folder)
            env = dict(os.environ, LD_PRELOAD=SHIM, TORTURE_ROOT=folder, TORTURE_KILL=str(n))
            r = subprocess.run([PROGRAM, "recover", os.path.join(folder, SESSION)], env=env, capture_output=True)
            j.check([("session killed at %d, recover at %d" % (at, n), folder, len(judge.said(out)))])
            if r.returncode >= 0:
                break
    finish(j)


def resumed_reference(folder):
    """What a session that was gone on with has: its own file, since a second part is not that of the undisturbed one."""
    return judge.rows(os.path.join(folder, SESSION))


@part("resume")
def killed_resume(reference, calls):
    """Killed, gone on with, killed again at every tenth call, recovered: the presses of both parts are there."""
    j = Judge("killed, gone on with, killed, recovered", reference)
    for at in sorted(rng.sample(range(calls // 4, calls - 8), 8 if LONG else 2)):
        left = fresh("left")
        code, out, _ = run(left, TORTURE_KILL=at)
        first = len(judge.said(out))
        if code != -signal.SIGKILL:
            continue
        whole = os.path.join(work, "whole")
        shutil.rmtree(whole, ignore_errors=True)
        shutil.copytree(left, whole)
        count = os.path.join(work, "count")
        code, out, err = run(whole, "--resume", TORTURE_COUNT=count)
        if code == 1 and b"[612]" in err:
            continue  # it was killed behind its end: nothing to go on with
        if code != 0:
            j.fault("killed at %d" % at, "cannot be gone on with: %s" % err.decode()[-200:])
            continue
        j.reference = resumed_reference(whole)
        before = len(j.reference[0]["trial"]) - len(judge.said(out))  # what was there already, an interrupted press too
        if before < first:
            j.fault("killed at %d" % at, "gone on with %d of %d acknowledged presses" % (before, first))
        for n in range(1, int(open(count).read().split()[0]) + 1, 1 if LONG else 5):
            folder = os.path.join(work, "again")
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(left, folder)
            code, out, _ = run(folder, "--resume", TORTURE_KILL=n)
            if code == -signal.SIGKILL:
                now = len(judge.said(out))
                j.check([("killed at %d, gone on with, killed at %d" % (at, n), folder, before + now if now else first)])
    finish(j)


def cut_states(j, events, start, where, per_point, kinds):
    """Power cuts after each event; equal states are judged once."""
    model, spoken, seen, batch = disk.Disk().load(start), 0, set(), []

    def flush():
        j.check(batch)
        for _, folder, _ in batch:
            shutil.rmtree(folder)
        batch.clear()

    for t, event in enumerate(events):
        model.do(event)
        if event[0] == "say":
            spoken += len(judge.said(event[4]))
        for kind in rng.sample(kinds, per_point):
            state = model.state(rng, kind)
            mark = hash((spoken, tuple(sorted(state.items()))))
            if mark in seen:
                continue
            seen.add(mark)
            folder = os.path.join(work, "cut-%d" % len(batch))
            disk.write_state(state, where, folder)
            batch.append(("after call %d of %d, %s" % (t + 1, len(events), kind), folder, spoken))
            if len(batch) == 30:
                flush()
    flush()
    return model


def recorded(folder, *more, **shim):
    log = os.path.join(work, "log")
    if os.path.exists(log):
        os.unlink(log)
    before = os.path.join(work, "before")
    shutil.rmtree(before, ignore_errors=True)
    shutil.copytree(folder, before)
    code, out, err = run(folder, *more, TORTURE_LOG=log, **shim)
    events = disk.read_log(log)
    return code, events, before


def moved(events, was, now):
    return [(op, a.replace(was, now, 1), b.replace(was, now, 1), o, d) for op, a, b, o, d in events]


@part("power")
def power_cuts(reference, calls):
    j = Judge("power cuts, simulated", reference)
    for _ in range(6 if LONG else 1):
        folder = fresh("power")
        code, events, before = recorded(folder)
        if code:
            j.fault("recording", "exit %d" % code)
            continue
        model = cut_states(j, moved(events, folder, before), before, before, len(disk.KINDS) if LONG else 4, disk.KINDS)
        end = {p.replace(before, folder, 1): d for p, d in model.now().items()}
        real = {p: open(p, "rb").read() for p in judge.digests(folder)}
        if end != real:  # the model is the disk, or its states mean nothing
            j.fault("model", "the end of the stream is not what is on the disk")
    finish(j)


@part("power-again")
def power_cuts_again(reference, calls):
    """Crash, go on, cut: the second part's stream on what the first left."""
    j = Judge("power cuts of sessions gone on with", reference)
    for at in rng.sample(range(calls // 3, calls * 3 // 4), 4 if LONG else 1):
        left = fresh("left")
        code, out, _ = run(left, TORTURE_KILL=at)
        first = len(judge.said(out))
        code, events, before = recorded(left, "--resume")
        if code == 1 and not any(e[0] == "say" for e in events):
            continue  # it was killed behind its end: nothing to go on with
        if code:
            j.fault("going on", "exit %d" % code)
            continue
        j.reference = resumed_reference(left)
        made = len(j.reference[0]["trial"]) - sum(len(judge.said(e[4])) for e in events if e[0] == "say")
        events = moved(events, left, before)
        events.insert(0, ("say", "", "", 0, b"".join(b"saved: press %d,\n" % (i + 1) for i in range(min(first, made)))))
        if made > first:  # the interrupted press counts once the second part has said something
            k = next((i for i, e in enumerate(events) if i and e[0] == "say" and judge.said(e[4])), None)
            if k:
                events.insert(k, ("say", "", "", 0, b"saved: press %d,\n" % made * (made - first)))
        cut_states(j, events, before, before, len(disk.KINDS) if LONG else 3, disk.KINDS)
    finish(j)


FAULTS = [("EIO once", errno.EIO, 0), ("EIO for good", errno.EIO, 1), ("ENOSPC for good", errno.ENOSPC, 1),
          ("EDQUOT for good", errno.EDQUOT, 1), ("EROFS for good", errno.EROFS, 1)]


@part("faults")
def faults(reference, calls):
    for what, number, on in FAULTS if LONG else FAULTS[:3]:
        j = Judge("%s, at every call" % what, reference)
        for n in range(1, calls + 1, 1 if LONG else 2):
            folder = fresh("fault")
            code, out, err = run(folder, TORTURE_FAIL=n, TORTURE_ERRNO=number, TORTURE_ON=on)
            acknowledged = len(judge.said(out))
            if code < 0:
                j.fault("call %d" % n, "died of signal %d" % -code)
            elif code and not err.strip():
                j.fault("call %d" % n, "exit %d without a word" % code)
            elif code == 0 and acknowledged < len(reference[0]["trial"]):
                j.fault("call %d" % n, "exit 0 with %d presses said to be saved" % acknowledged)
            j.check([("call %d" % n, folder, acknowledged)])
        finish(j)
    j = Judge("short writes from every call on", reference)
    for n in range(1, calls + 1, 1 if LONG else 8):
        folder = fresh("fault")
        code, out, err = run(folder, TORTURE_SHORT=n)
        if code:
            j.fault("call %d" % n, "exit %d: %s" % (code, err.decode()[-100:]))
        j.check([("call %d" % n, folder, len(judge.said(out)))])
    finish(j)


@part("no-links")
def no_links(reference, calls):
    """As on a FAT stick: killed before each call, and gone on with."""
    j = Judge("no second names (FAT), killed, gone on with", reference)
    for n in range(1, calls, 1 if LONG else 12):
        folder = fresh("fat")
        code, out, err = run(folder, TORTURE_NOLINK=1, TORTURE_KILL=n)
        acknowledged = len(judge.said(out))
        j.check([("call %d" % n, folder, acknowledged)])
        if code != -signal.SIGKILL or not os.path.exists(os.path.join(folder, SESSION)):
            continue
        code, out, err = run(folder, "--resume", TORTURE_NOLINK=1)
        if code and b"[612]" not in err and b"[616]" not in err:  # it had ended, and its file is or was made whole
            j.fault("call %d" % n, "cannot be gone on with: %s" % err.decode()[-200:])
        elif not judge.complete(os.path.join(folder, SESSION)):
            j.fault("call %d" % n, "gone on with, and not whole")
    finish(j)


@part("full")
def full_disks(reference, calls):
    """Real ones: files that may not grow, and a small tmpfs where one can be mounted."""
    j = Judge("files limited in size (SIGXFSZ)", reference)
    for kb in range(20, 400, 10 if LONG else 60):
        folder = fresh("full")
        env = dict(os.environ, TZ="UTC")
        r = subprocess.run([PROGRAM, "record", "P012", "--study", folder, *ARGS], env=env, capture_output=True, timeout=60,
                           preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (kb * 1024, kb * 1024)))
        if r.returncode < 0:
            j.fault("%d kB" % kb, "died of signal %d" % -r.returncode)
        j.check([("%d kB" % kb, folder, len(judge.said(r.stdout)))])
    finish(j)
    j = Judge("a full tmpfs", reference)
    mount = os.path.join(work, "tmpfs")
    os.makedirs(mount)
    for kb in range(120, 9000, 400 if LONG else 1500):
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%dk" % kb, "tmpfs", mount], capture_output=True).returncode:
            print("a full tmpfs: not run here, no file system can be mounted")
            return
        try:
            folder = os.path.join(mount, "s")
            shutil.copytree(base, folder)
            code, out, err = run(folder)
            if code < 0:
                j.fault("%d kB" % kb, "died of signal %d" % -code)
            copy = os.path.join(work, "copy")
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(folder, copy)
        finally:
            subprocess.run(["umount", mount], check=True)
        j.check([("%d kB" % kb, copy, len(judge.said(out)))])
    finish(j)


def real_disk(j, kind, n, **shim):
    """A session on a real file system on a disk that forgets, judged after n cuts. NotHere when that cannot be done here."""
    d = powerdisk.Disk(kind, work)
    try:
        folder = d.root + "/s"
        shutil.copytree(base, folder)
        os.sync()
        start = len(powerdisk.events(d.log))
        env = dict(os.environ, TZ="UTC", TORTURE_ROOT=folder, **shim)
        p = subprocess.Popen([PROGRAM, "record", "P012", "--study", folder, *ARGS], env=env, stdout=subprocess.PIPE)
        spoken = 0
        for line in p.stdout:
            if line.startswith(b"saved:"):
                spoken += 1
                d.mark(spoken)
        if p.wait():
            j.fault("recording", "exit %d" % p.returncode)
    finally:
        d.close()
    root, image, out = os.path.join(work, "mounted"), os.path.join(work, "image"), os.path.join(work, "out")
    os.makedirs(root, exist_ok=True)
    for i, (acknowledged, state) in enumerate(powerdisk.cuts(powerdisk.events(d.log), start, n, rng)):
        try:
            powerdisk.copy_out(kind, state, image, root, out)
        except (powerdisk.NotHere, OSError) as e:
            j.n["states"] += 1
            j.fault("cut %d" % i, "the file system: %s" % e)
            continue
        j.check([("cut %d" % i, out, acknowledged)])


@part("disks")
def real_disks(reference, calls):
    """ext4 and xfs on a disk whose cache forgets at a power cut."""
    for kind in ("ext4", "xfs"):
        j = Judge("power cuts, %s" % kind, reference)
        try:
            real_disk(j, kind, 300 if LONG else 25)
        except powerdisk.NotHere as e:
            print("power cuts, %s: not run here, %s" % (kind, e))
            continue
        finish(j)


STALL_S = 5


def watch(args, env):
    """The program on a terminal of its own: (exit status, [(wall time, bytes)])."""
    seen, (pid, fd), until = [], pty.fork(), time.time() + 180
    if pid == 0:
        os.execve(args[0], args, env)
    while True:
        if not select.select([fd], [], [], max(0, until - time.time()))[0]:
            os.kill(pid, signal.SIGKILL)  # it waits for somebody who is not there
        try:
            data = os.read(fd, 65536)
        except OSError:
            break
        if not data:
            break
        seen.append((time.time(), data))
    return os.waitpid(pid, 0)[1], seen


@part("stall")
def stall(reference, calls):
    """One sync in the middle of a press takes 5 s: no sample is lost, the alarm is on time, the screen says so, all is saved."""
    bad, folder = [], fresh("stall")
    with open(folder + "/procedures/fast.yaml", "w") as f:
        f.write(PROCEDURE.replace("id: tiny", "id: fast").replace("rate_kpa_s: 30", "rate_kpa_s: 80").replace(
            "ceiling_kpa: 1000", "ceiling_kpa: 400").replace("interval_s: 20", "interval_s: 1").replace("rounds: 2", "rounds: 1").replace("contralateral: true", "contralateral: false"))
    fifo, link = os.path.join(work, "button"), os.path.join(work, "gauge")
    sim = subprocess.Popen([PROGRAM, "sim", "mark10", "--pty", "--link", link, "--button", fifo, "--site", "UTRAP_R", "--rate", "80",
                            "--threshold", "900", "--presses", "40", "--pause", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(50):
        if os.path.exists(link):
            break
        time.sleep(0.1)
    env = dict(os.environ, LD_PRELOAD=SHIM, TORTURE_ROOT=folder, TORTURE_DELAY_MS=str(STALL_S * 1000), TORTURE_DELAY_AT="12",
               TERM="xterm", TZ="UTC")
    status, seen = watch([PROGRAM, "record", "P012", "--study", folder, "--procedure", "fast", "--device",
                          "tty:%s?family=mark10&simulated=1" % link, "--button", "fifo:" + fifo, "--yes", "--precautions", "none"], env)
    sim.kill()
    sim.wait()
    if status:
        bad.append("exit status %d" % status)
    path = os.path.join(folder, SESSION)
    with h5py.File(path, "r") as f:
        flags, arrival, force, zero = f["samples/flags"][:], f["samples/t_arrival_s"][:], f["samples/force_n"][:], f["results/zero_n"][0]
        started, trials = f.attrs["started_unix_s"], f["results/status"][:]
        disk_events = [n for k, n in zip(f["events/kind"][:], f["events/note"][:]) if k == b"disk"]
        over = [started + arrival[i] for i in range(1, len(force)) if force[i] - zero > 40 >= force[i - 1] - zero]
    if flags.any():
        bad.append("%d samples are flagged" % flags.astype(bool).sum())
    if b"slow" not in disk_events or b"the disk is slow" not in b"".join(d for _, d in seen):
        bad.append("the disk is not said to be slow: %s" % disk_events)
    if list(trials) != [3, 3]:
        bad.append("not two censored presses: %s" % trials)
    bells = [t for t, d in seen if b"\a" in d]
    late = [min([b - t for b in bells if b > t - 0.005], default=99) for t in over]
    print("%-46s %6d ceilings passed, the bell at worst %.0f ms later; %d samples, none flagged" % (
        "a sync that takes %d s" % STALL_S, len(over), 1e3 * max(late, default=99), len(flags)), flush=True)
    if not over or max(late) > 0.05:
        bad.append("the bell came %s s late" % late)
    for text in bad:
        print("    " + text)
    if bad:
        failed.append("stall")


@part("self-test")
def self_test(reference, calls):
    """The judges must see a loss: with syncs that do nothing, power cuts lose presses."""
    j = Judge("self-test: syncs that do nothing", reference)
    folder = fresh("nosync")
    code, events, before = recorded(folder, TORTURE_NOSYNC=1)
    cut_states(j, moved(events, folder, before), before, before, 4, disk.KINDS)
    print("%-46s %6d states, %d losses seen" % (j.what, j.n["states"], j.n["bad"]))
    if j.n["bad"] < j.n["states"] // 4:
        failed.append("the judge saw too few of the losses")
    j = Judge("self-test: the same on ext4", reference)
    try:
        real_disk(j, "ext4", 12, LD_PRELOAD=SHIM, TORTURE_NOSYNC="1")
    except powerdisk.NotHere:
        return
    print("%-46s %6d states, %d losses seen" % (j.what, j.n["states"], j.n["bad"]))
    if not j.n["bad"]:
        failed.append("the judge saw no loss on ext4")


def main():
    prepare()
    folder, count = fresh("reference"), os.path.join(work, "count")
    code, out, err = run(folder, TORTURE_COUNT=count)
    if code:
        sys.exit("the undisturbed session failed: %s" % err.decode())
    calls, mapped = map(int, open(count).read().split())
    reference = judge.rows(os.path.join(folder, SESSION))
    if RICH and len(reference[2]) < 2:
        sys.exit("no press of the undisturbed session was moved or rejected behind its end: the times of the keys")
    print("seed %d; a session of %d presses makes %d calls that change the disk, %d mmap of its files" % (
        SEED, len(reference[0]["trial"]), calls, mapped), flush=True)
    wanted = [a for a in sys.argv[1:] if a in parts] or list(parts)
    start = time.time()
    for name in wanted:
        parts[name](reference, calls)
    print("%s in %.0f s" % ("FAILED: " + ", ".join(failed) if failed else "nothing acknowledged was lost", time.time() - start))
    shutil.rmtree(work)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
