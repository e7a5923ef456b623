# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py - a therapist's place for the tests: a terminal that can be read, a gauge in a hand, a patient's button.

Nothing of the program is used: Terminal understands what a terminal of type "linux" does, Gauge speaks a
Mark-10's stream on a pseudo-terminal, as its printed documents say.
"""
import fcntl
import os
import pty
import random
import re
import select
import signal
import struct
import termios
import threading
import time
import tty


class Terminal:
    """A program in a terminal of its own: what stands on the screen, what was ever written, keys by hand."""

    def __init__(self, argv, env, rows=24, columns=80):
        self.rows, self.columns = rows, columns
        self.cells = [[" "] * columns for _ in range(rows)]
        self.y = self.x = 0
        self.top, self.bottom = 0, rows - 1
        self.waiting = b""
        self.raw = b""
        self.lines = ""    # what was printed as lines, before and after the picture
        self.keys = 0      # given by hand
        self.code = None
        self.lock = threading.RLock()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(argv[0], argv, env)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.thread = threading.Thread(target=self.pump, daemon=True)
        self.thread.start()

    def pump(self):
        while True:
            try:
                data = os.read(self.fd, 65536)
            except OSError:
                data = b""
            if not data:
                break
            with self.lock:
                self.raw += data
                self.take(data)
        self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def take(self, data):
        self.waiting += data
        while self.waiting:
            n = self.one(self.waiting)
            if n == 0:
                return
            self.waiting = self.waiting[n:]

    def one(self, d):
        """One character or sequence at the beginning of d; the bytes used, 0 when there are too few."""
        if d[0] == 0x1B:
            return self.escape(d)
        if d[0] >= 0xC0:
            n = 2 if d[0] < 0xE0 else 3 if d[0] < 0xF0 else 4
            if len(d) < n:
                return 0
            self.put(d[:n].decode("utf-8", "replace"))
            return n
        if d[0] == 0x0A:
            self.lines += "\n"
            self.down()
        elif d[0] == 0x0D:
            self.x = 0
        elif d[0] == 0x08:
            self.x = max(0, self.x - 1)
        elif d[0] == 0x09:
            self.x = min(self.columns - 1, (self.x // 8 + 1) * 8)
        elif d[0] >= 0x20:
            self.put(chr(d[0]))
        return 1

    def put(self, c):
        self.lines += c
        if self.x >= self.columns:
            self.x = 0
            self.down()
        self.cells[self.y][self.x] = c
        self.x += 1

    def down(self):
        if self.y < self.bottom:
            self.y += 1
        else:
            del self.cells[self.top]
            self.cells.insert(self.bottom, [" "] * self.columns)

    def escape(self, d):
        m = re.match(rb"\x1b(\[([?>]?)([0-9;]*)([ -/]?[@-~])|[()][A-Z0-9]|[78=>McDEH]|\][^\x07\x1b]*(\x07|\x1b\\))", d)
        if not m:
            return 0 if len(d) < 64 else 1
        if m.group(1)[:1] == b"[" and not m.group(2):
            self.control(m.group(4).decode(), [int(n or 0) for n in m.group(3).decode().split(";")])
        elif m.group(1) == b"M":
            self.y = max(self.top, self.y - 1)
        elif m.group(2) and m.group(3) == b"1049":
            self.lines += "\n"
        return m.end()

    def control(self, c, n):
        one = n[0] or 1
        row = self.cells[self.y]
        if c in "Hf":
            self.y = min(max(n[0], 1), self.rows) - 1
            self.x = min(max(n[1] if len(n) > 1 else 1, 1), self.columns) - 1
            self.lines += "\n"
        elif c == "A":
            self.y = max(0, self.y - one)
        elif c == "B":
            self.y = min(self.rows - 1, self.y + one)
        elif c == "C":
            self.x = min(self.columns - 1, self.x + one)
        elif c == "D":
            self.x = max(0, min(self.x, self.columns - 1) - one)
        elif c == "G":
            self.x = min(one, self.columns) - 1
        elif c == "d":
            self.y = min(one, self.rows) - 1
        elif c == "K":
            first, last = {0: (self.x, self.columns), 1: (0, self.x + 1), 2: (0, self.columns)}[n[0]]
            row[first:last] = [" "] * (last - first)
        elif c == "J":
            if n[0] == 0:
                row[self.x:] = [" "] * (self.columns - self.x)
            for y in range(self.rows):
                if n[0] == 2 or (n[0] == 0 and y > self.y) or (n[0] == 1 and y < self.y):
                    self.cells[y] = [" "] * self.columns
        elif c == "X":
            row[self.x:self.x + one] = [" "] * min(one, self.columns - self.x)
        elif c == "P":
            del row[self.x:self.x + one]
            row += [" "] * (self.columns - len(row))
        elif c == "@":
            row[self.x:self.x] = [" "] * one
            del row[self.columns:]
        elif c == "L":
            for _ in range(one):
                self.cells.insert(self.y, [" "] * self.columns)
                del self.cells[self.bottom + 1]
        elif c == "M":
            for _ in range(one):
                del self.cells[self.y]
                self.cells.insert(self.bottom, [" "] * self.columns)
        elif c == "r":
            self.top, self.bottom = (n[0] or 1) - 1, (n[1] if len(n) > 1 and n[1] else self.rows) - 1
            self.y = self.x = 0

    def screen(self):
        with self.lock:
            return "\n".join("".join(row).rstrip() for row in self.cells)

    def wait(self, pattern, seconds=30):
        """Until pattern stands on the screen; what it is, or an AssertionError with the screen."""
        until = time.monotonic() + seconds
        while True:
            m = re.search(pattern, self.screen(), re.S)
            if m:
                return m
            if self.code is not None or time.monotonic() > until:
                m = re.search(pattern, self.screen(), re.S)
                assert m, "no '%s' on the screen after %g s (exit %s):\n%s" % (pattern, seconds, self.code, self.screen())
                return m
            time.sleep(0.02)

    def gone(self, pattern, seconds=30):
        """Until pattern stands there no more."""
        until = time.monotonic() + seconds
        while self.code is None and re.search(pattern, self.screen(), re.S):
            assert time.monotonic() < until, "'%s' is still on the screen:\n%s" % (pattern, self.screen())
            time.sleep(0.02)

    def press(self, text):
        self.keys += len(text)
        os.write(self.fd, text.encode())

    def answer(self, pattern, text, seconds=30):
        self.wait(pattern, seconds)
        self.press(text)

    def end(self, seconds=20):
        """The exit code, once the program has ended."""
        self.thread.join(seconds)
        assert self.code is not None, "it does not end:\n" + self.screen()
        return self.code

    def kill(self, number=signal.SIGKILL):
        if self.code is None:
            os.kill(self.pid, number)


class Gauge:
    """A gauge in a hand: 0 N until it is told to press. Its link can be unplugged and put back."""

    def __init__(self, link, hz=50, fifo=None):
        self.link, self.hz, self.fifo = link, hz, fifo
        self.ramp = None  # (from when, N/s, top N, to when, falls within s)
        self.rest_n = 0.0
        self.fd = None
        self.stop = False
        self.plug()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def address(self):
        return "tty:%s?family=mark10&simulated=1" % self.link

    def plug(self):
        fd, side = pty.openpty()
        tty.setraw(side)
        os.symlink(os.ttyname(side), self.link)
        os.close(side)
        os.set_blocking(fd, False)
        self.streams = False
        self.heard = b""
        self.fd = fd

    def unplug(self):
        fd, self.fd = self.fd, None
        time.sleep(0.1)
        os.unlink(self.link)
        os.close(fd)

    def force(self):
        now = time.monotonic()
        n = self.rest_n + random.gauss(0, 0.015)
        if self.ramp:
            start, rate, top, end, fall = self.ramp
            if now > end + fall:
                self.ramp = None
            elif now > start:
                n += min(rate * (now - start), top) * (1 if now <= end else 1 - (now - end) / fall)
        return n

    def obey(self, line, fd):
        if line == b"LIST":
            os.write(fd, b"V1.00;N;CUR;FLTC8;FLTP1;AOUT00;AOFF5;FULL;MIT;POL;B0\r\n")
        elif line.startswith(b"AOUT"):
            self.streams = line != b"AOUT0"
        elif line == b"?":
            os.write(fd, b"%.2f N\r\n" % self.force())

    def run(self):
        at = time.monotonic()
        while not self.stop:
            at = max(at + 1 / self.hz, time.monotonic() - 0.1)
            time.sleep(max(0, at - time.monotonic()))
            fd = self.fd
            if fd is None:
                continue
            try:
                p = select.poll()
                p.register(fd, select.POLLIN)
                if any(e & select.POLLHUP for _, e in p.poll(0)):
                    self.streams = False
                    continue
                if p.poll(0):
                    self.heard += os.read(fd, 256)
                *lines, self.heard = self.heard.replace(b"\n", b"").split(b"\r")
                for line in lines:
                    self.obey(line, fd)
                if self.streams:
                    os.write(fd, b"%.2f N\r\n" % self.force())
            except OSError:
                pass

    def press(self, top_n, rate_n_s=8.0, hold=0.15, fall=0.25, wait=True):
        """Presses with a steady rate to top_n and lifts; with a button it is pressed at the top."""
        now = time.monotonic()
        up = top_n / rate_n_s
        self.ramp = (now, rate_n_s, top_n, now + up + hold, fall)
        if not wait:
            return
        time.sleep(up)
        if self.fifo:
            self.button()
        time.sleep(hold + fall + 0.05)

    def button(self):
        with open(self.fifo, "w") as f:
            f.write("press\n")
