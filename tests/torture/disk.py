# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that forgets: states that a power cut may leave of a recorded stream of calls.

What is durable: bytes of a file after a sync of that file, names after a sync of their folder. Everything
else may be there or not, in any combination: more than any real file system does.
"""
import copy, os


def read_log(path):
    """[(op, a, b, offset, bytes)] of what shim.c wrote down."""
    data, at, out = open(path, "rb").read(), 0, []
    while at < len(data):
        end = data.index(b"\n", at)
        op, a, b, offset, n = data[at:end].split(b"\t")
        n = int(n)
        body = data[end + 1:end + 1 + n] if op in (b"write", b"say") else b""
        at = end + 1 + len(body)
        out.append((op.decode(), a.decode(), b.decode(), int(offset), body))
    return out


class Disk:
    """durable and pending content of each inode, durable and pending names of each folder."""

    def __init__(self):
        self.inode, self.name = {}, {}          # inode -> bytearray (as the program sees it); path -> inode, now
        self.safe, self.safe_name = {}, {}      # the same after a power cut at this instant, at worst
        self.writes, self.links = {}, []        # not yet durable: inode -> [(offset, bytes)]; [(folder, op, path, inode)]
        self.next = 0

    def load(self, folder):
        """What is on the disk before the first call, all of it durable."""
        for top, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(top, name)
                self.inode[self.next] = bytearray(open(path, "rb").read())
                self.safe[self.next] = bytearray(self.inode[self.next])
                self.name[path] = self.safe_name[path] = self.next
                self.next += 1
        return self

    def put(self, content, offset, data):
        if len(content) < offset:
            content.extend(b"\0" * (offset - len(content)))
        content[offset:offset + len(data)] = data

    def names(self, op, path, inode):
        self.links.append((os.path.dirname(path), op, path, inode))

    def do(self, event):
        op, a, b, offset, data = event
        if op == "create":
            self.inode[self.next], self.safe[self.next] = bytearray(), bytearray()
            self.name[a] = self.next
            self.names("add", a, self.next)
            self.next += 1
        elif op == "write":
            i = self.name[a]
            self.put(self.inode[i], offset, data)
            self.writes.setdefault(i, []).append((offset, data))
        elif op == "truncate":
            i = self.name[a]
            del self.inode[i][offset:]  # only gives reserved space back here
        elif op == "sync" and a in self.name:
            i = self.name[a]
            self.safe[i] = bytearray(self.inode[i])
            self.writes.pop(i, None)
        elif op == "sync":  # a folder
            for link in [l for l in self.links if l[0] == a]:
                self.apply(self.safe_name, link)
            self.links = [l for l in self.links if l[0] != a]
        elif op == "rename":
            i = self.name.pop(a)
            self.name[b] = i
            self.names("rename", a + "\n" + b, i)
            self.links[-1] = (os.path.dirname(b),) + self.links[-1][1:]
        elif op == "link":
            self.name[b] = self.name[a]
            self.names("add", b, self.name[a])
        elif op == "unlink":
            self.name.pop(a)
            self.names("drop", a, None)

    @staticmethod
    def apply(names, link):
        _, op, path, inode = link
        if op == "add":
            names[path] = inode
        elif op == "drop":
            names.pop(path, None)
        else:
            old, new = path.split("\n")
            names.pop(old, None)
            names[new] = inode

    def state(self, rng, kind):
        """{path: bytes} after a power cut now."""
        names = dict(self.safe_name)
        links = {"nothing": [], "all": self.links, "names only": self.links, "bytes only": [],
                 "pages": self.links[:rng.randint(0, len(self.links))],
                 "some names": [l for l in self.links if rng.random() < 0.5]}.get(kind, self.links)
        for link in links:
            self.apply(names, link)
        content = {}
        for inode in set(names.values()):
            safe = bytearray(self.safe[inode])
            pending = self.writes.get(inode, [])
            if kind in ("all", "bytes only", "some names"):
                keep = pending
            elif kind == "pages":
                keep = [(o + p, d[p:p + 4096]) for o, d in pending for p in range(0, len(d), 4096) if rng.random() < 0.5]
            elif kind == "drop one" and pending:
                out = rng.randrange(len(pending))
                keep = pending[:out] + pending[out + 1:]
            elif kind == "only one" and pending:
                keep = [rng.choice(pending)]
            elif kind in ("sector", "byte") and pending:
                o, d = pending[-1]
                cut = rng.randint(0, len(d))
                keep = pending[:-1] + [(o, d[:cut - cut % 512 if kind == "sector" else cut])]
            else:
                keep = []
            for o, d in keep:
                self.put(safe, o, d)
            content[inode] = bytes(safe)
        return {path: content[inode] for path, inode in names.items()}

    def now(self):
        """{path: bytes} as the program sees it."""
        return {path: bytes(self.inode[i]) for path, i in self.name.items()}


KINDS = ["nothing", "all", "names only", "bytes only", "some names", "pages", "drop one", "only one", "sector", "byte"]


def write_state(state, was, folder):
    """Lays the state down under folder instead of under was."""
    for path, data in state.items():
        new = folder + path[len(was):]
        os.makedirs(os.path.dirname(new), exist_ok=True)
        with open(new, "wb") as f:
            f.write(data)
