# SPDX-License-Identifier: GPL-3.0-or-later
"""Power cuts on real file systems: a loop device on a disk in memory (memdisk.c) that writes down every block write and
flush. After a cut at any instant all blocks before the last flush are there, and any of the later ones."""
import os, shutil, struct, subprocess, time

MEMDISK = os.path.abspath(os.environ.get("MEMDISK", "build/memdisk"))
MEGABYTES = {"ext4": 64, "xfs": 320}
MKFS = {"ext4": ["mkfs.ext4", "-q", "-F", "-b", "4096"], "xfs": ["mkfs.xfs", "-q", "-f"]}
BLOCK = 4096


class NotHere(Exception):
    """Why it cannot be done on this machine."""


def call(*args):
    r = subprocess.run(args, capture_output=True, text=True)
    if r.returncode:
        raise NotHere("%s: %s" % (args[0], r.stderr.strip().splitlines()[-1] if r.stderr.strip() else "exit %d" % r.returncode))
    return r.stdout.strip()


class Disk:
    """A file system of this kind on a disk in memory, mounted at .root; .log is what it did."""

    def __init__(self, kind, work):
        self.kind, self.top, self.log = kind, os.path.join(work, "memdisk"), os.path.join(work, "disk.log")
        self.root, self.loop = os.path.join(work, "root"), None
        for tool in (MEMDISK, MKFS[kind][0], "losetup", "mount"):
            if not shutil.which(tool):
                raise NotHere("%s is not there" % os.path.basename(tool))
        os.makedirs(self.top, exist_ok=True)
        os.makedirs(self.root, exist_ok=True)
        self.server = subprocess.Popen([MEMDISK, self.log, str(MEGABYTES[kind]), self.top], stderr=subprocess.PIPE)
        for _ in range(100):
            if os.path.exists(self.top + "/disk"):
                break
            if self.server.poll() is not None:
                raise NotHere("FUSE: %s" % self.server.stderr.read().decode().strip())
            time.sleep(0.02)
        try:
            self.loop = call("losetup", "-f", "--show", self.top + "/disk")
            call(*MKFS[kind], self.loop)
            call("mount", self.loop, self.root)
        except NotHere:
            self.close()
            raise

    def mark(self, n):
        with open(self.top + "/mark", "w") as f:
            f.write("%d" % n)

    def close(self):
        subprocess.run(["umount", self.root], capture_output=True)
        if self.loop:
            subprocess.run(["losetup", "-d", self.loop], capture_output=True)
        subprocess.run(["umount", self.top], capture_output=True)
        self.server.wait()


def events(log):
    """[(type, offset or mark, bytes)]"""
    data, at, out = open(log, "rb").read(), 0, []
    while at + 24 <= len(data):
        kind, offset, n = struct.unpack_from("<3Q", data, at)
        at += 24
        out.append((kind, offset, data[at:at + n]))
        at += n
    return out


def blocks(offset, data):
    at = 0
    while at < len(data):
        n = min(BLOCK - (offset + at) % BLOCK, len(data) - at)
        yield offset + at, data[at:at + n]
        at += n


def cuts(stream, start, n, rng):
    """(marks so far, {block number: bytes}) of n random instants behind the event start."""
    instants, safe, late, mark, done = sorted(rng.randrange(start, len(stream) + 1) for _ in range(n)), {}, [], 0, 0

    def put(to, offset, data):
        for at, piece in blocks(offset, data):
            number = at // BLOCK
            old = bytearray(to.get(number) or safe.get(number) or bytes(BLOCK))
            old[at % BLOCK:at % BLOCK + len(piece)] = piece
            to[number] = bytes(old)

    for instant in instants:
        for kind, offset, data in stream[done:instant]:
            if kind == 1:
                late.append((offset, data))
            elif kind == 2:
                for o, d in late:
                    put(safe, o, d)
                late.clear()
            else:
                mark = max(mark, offset)
        done = instant
        state, share = dict(safe), rng.choice([0, 0.2, 0.5, 0.8, 1])
        for o, d in late:
            for at, piece in blocks(o, d):
                if rng.random() < share:
                    put(state, at, piece)
        yield mark, state


def copy_out(kind, state, image, root, to):
    """Mounts the state, lets the file system replay its own journal, and copies the folder s to `to`."""
    with open(image, "wb") as f:
        f.truncate(MEGABYTES[kind] << 20)
        for number, data in state.items():
            f.seek(number * BLOCK)
            f.write(data)
    call("mount", "-o", "loop,nouuid" if kind == "xfs" else "loop", image, root)
    try:
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(root + "/s", to)
    finally:
        call("umount", root)
