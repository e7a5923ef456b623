# SPDX-License-Identifier: GPL-3.0-or-later
# The report of a course: one page that needs nothing else, with the numbers of `course --json` and every press of the
# files; inert whatever the files hold; the same bytes again; what is damaged or blinded is named.
. tests/system/lib.inc
command -v gnuplot >/dev/null || { echo "gnuplot is not installed"; exit 77; }
[ "${CI:-}" != true ] || command -v tidy >/dev/null || { echo "tidy is not installed"; exit 77; }
B=${BUILD:-build}
S=$T/study
"$B/tests/make_course" "$S" || fail "the study could not be made"
mdc='--mdc 55 --mdc-source clinic'

cat >"$T/page.py" <<'P'
"""What holds of every report; as a module, its text and its pictures."""
import base64, re, sys, xml.dom.minidom
from html.parser import HTMLParser

VOID = {"meta", "img", "br", "link", "source"}

class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.ids, self.images, self.words, self.rows, self.tables, self.caption = [], [], [], [], [], [], ""
    def handle_starttag(self, tag, attrs):
        a = dict(attrs)
        assert tag not in ("script", "link", "iframe", "object", "embed", "form", "base", "svg", "a"), tag
        assert not any(k.startswith("on") for k in a), attrs
        for k in ("src", "href", "srcset", "data", "action", "background"):
            assert k not in a or ((tag, k) in (("img", "src"), ("source", "srcset")) and
                a[k].startswith("data:image/svg+xml;base64,")), attrs
        if "id" in a:
            self.ids.append(a["id"])
        if tag == "source":
            self.images.append(base64.b64decode(a["srcset"].split(",", 1)[1], validate=True))
        if tag == "img":
            assert len(a["alt"]) > 20, a["alt"]
            self.images.append(base64.b64decode(a["src"].split(",", 1)[1], validate=True))
        if tag == "th":
            assert a.get("scope") in ("col", "row", "rowgroup"), attrs
        if tag == "table":
            self.tables.append(["", []])
        if tag == "tr" and self.tables:
            self.tables[-1][1].append([])
        if tag in ("td", "th"):
            self.tables[-1][1][-1].append("")
        if tag not in VOID:
            self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()
    def handle_data(self, data):
        if "style" in self.open:
            return
        self.words.append(data)
        if "caption" in self.open:
            self.tables[-1][0] += data
        elif "td" in self.open or "th" in self.open:
            self.tables[-1][1][-1][-1] += data

def read(path):
    raw = open(path, "rb").read()
    text = raw.decode("utf-8")
    assert text.startswith("<!DOCTYPE html>\n") and text.endswith("</html>\n")
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\"" in text
    assert not re.search(r"https?:", text), "something from outside"
    style, = re.findall(r"<style>(.*?)</style>", text, re.S)
    assert not re.search(r"@import|url\(|<|expression", style), "something in the style"
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), "a control character"
    page = Page()
    page.feed(text)
    page.close()
    assert not page.open and len(page.ids) == len(set(page.ids))
    for t in page.tables:
        assert t[0].strip(), "a table without a caption"
    for svg in page.images:
        dom = xml.dom.minidom.parseString(svg)
        assert not dom.getElementsByTagName("script") and b"SIMULATED DATA" in svg
    words = " ".join("".join(page.words).split())
    assert "SIMULATED DATA" in words and "not a diagnosis" in words
    for bad in ("ignificant", "unchanged", "nan", " inf "):
        assert bad not in words, bad
    return page, words
P
well() { # page: what holds of every report
	(cd "$T" && "$PY" -c 'import page, sys; page.read(sys.argv[1])' "$1") || fail "$1: see above"
	if command -v tidy >/dev/null; then
		tidy -q -e "$1" 2>"$T/tidy" || fail "$1 is not HTML: $(head -n 3 "$T/tidy")"
	fi
}

# ---- numbers: those of the course, and every press of the files -------------------------------------------------
expect 0 'P012, 4 sessions, 3 pictures' "$A" report P012 --study "$S" $mdc --out "$T/a.html"
well "$T/a.html"
expect 0 . "$A" course P012 --study "$S" $mdc --json
cp "$T/out" "$T/course.json"
for file in $(find "$S" -name '*.h5' | sort); do
	"$A" show "$file" --json >"$T/$(basename "$file").json" || fail "show $file"
done
(cd "$T" && "$PY" - a.html <<'P') || fail "the numbers differ: see above"
import glob, json, math, os, page, sys
p, words = page.read(sys.argv[1])
course = json.load(open("course.json"))
minus = lambda s: s.replace("\u2212", "-").replace("\u2265", ">=").replace("\u2264", "<=").replace("\u2013", "-")
whole = lambda v: "%.0f" % (float(round(v)) + 0.0)
def kpa(v, bound):
    return "-" if v is None else ">%d" % math.floor(v) if bound else whole(v)
detail = [t for t in p.tables if t[0].startswith("Each value")][0][1]
rows, code = {}, None
for r in detail:
    if len(r) == 1:
        code = r[0].rsplit("(", 1)[1].rstrip(")")
    elif code:
        rows[code, r[0]] = [minus(c) for c in r]
n = 0
for point in course["points"]:
    for s, cell in zip(course["sessions"], point["sessions"]):
        name = str(s["session"]) + (" " + s["acq"] if s["acq"] else "")
        if cell["missing"] == "not planned":
            continue
        row = rows[point["site"], name]
        assert row[1] == kpa(cell["ppt_kpa"], cell["bound"]), (point["site"], name, row, cell)
        if cell["change_sign"] == "=":
            assert float(row[3]) == round(cell["change_kpa"]), (row, cell)
            assert float(row[4].rstrip(" %")) == round(cell["change_percent"]), (row, cell)
            if cell["ci_low_kpa"] is not None:
                assert row[5] == "%+.0f to %+.0f" % (cell["ci_low_kpa"], cell["ci_high_kpa"]), (row, cell)
        verdict = {"rose": "rose", "fell": "fell", "within-error": "within error", "cannot-tell": "cannot tell"}.get(cell["verdict"])
        assert verdict is None or verdict in row[8], (row, cell)
        n += 1
assert n == 20, n
presses = 0
for f in glob.glob("*.h5.json"):
    ses = json.load(open(f))["sessions"][0]
    name = os.path.basename(ses["header"]["path"])
    table = [t for t in p.tables if "file " + name in t[0]]
    assert len(table) == 1 and "seal " + ses["header"]["seal"][:8] in table[0][0], (name, table and table[0][0])
    by_number = {r[0]: [minus(c) for c in r] for r in table[0][1][1:]}
    for point in ses["points"]:
        for press in point["presses"]:
            r = by_number.pop(str(press["trial"]))
            assert r[1].split()[0] == point["site"], r
            want = "" if press["ppt_kpa"] is None else (">" if press["bound"] else "") + "%.1f" % press["ppt_kpa"]
            assert r[2] == want, (r, press)
            words, _, quality = r[6].partition("; ")
            assert words.split(":")[0].split(",")[0] == press["status"], (r, press)
            used = press["status"] in ("accepted", "censored") and not words.endswith(", not used")
            assert used == press["used"] and quality == press["quality"], (r, press)
            presses += 1
    assert not by_number, by_number
assert presses == 61, presses
# the answer stands before the first picture, the primary point before the others, what is missing with its reason
text = open(sys.argv[1], encoding="utf-8").read()
assert text.index("Primary points") < text.index("2 of 4 points rose and 1 fell") < text.index("Other points that moved") < text.index("<img")
assert "session 3 has no file" in words and "Levator scapul\u00e6 (right) (missing: skipped)" in words
assert "rose by 60 kPa (+30 %); 95 % interval +5 to +115 kPa: more than measurement error" in words
assert "fell by 60 kPa (\u221225 %)" in words and "rose by at least 143 kPa" in words
assert "accepted \u2192 rejected" in words and "coughed \u2013 twice" in words and "clinic" in words
P

# ---- the same bytes, whatever clock, zone and language ----------------------------------------------------------
expect 0 . env TZ=Asia/Tokyo LC_ALL=C.UTF-8 "$A" report P012 --study "$S" $mdc --out "$T/b.html"
cmp "$T/a.html" "$T/b.html" || fail "another run gives other bytes"
expect 0 'P012, 4 sessions' "$A" report P012 --study "$S" $mdc --out "$T/b.html" --paper letter
grep -q 'size: letter' "$T/b.html" || fail "the paper is not letter"
well "$T/b.html"
expect 0 '"pictures":' "$A" report P012 --study "$S" --out "$T/b.html" --json
well "$T/b.html"
grep -q 'no between-visit error known here' "$T/b.html" || fail "an error is invented"

# ---- of some sessions, and beside reference values -------------------------------------------------------------
expect 0 'P012, 2 sessions' "$A" report P012 --study "$S" $mdc --sessions 1,3-5 --out "$T/s.html"
well "$T/s.html"
grep -q 'Only of sessions 1,3-5, as was asked for' "$T/s.html" || fail "sessions are left out and it is not said"
[ "$(grep -c 'ses-02' "$T/s.html")" = 0 ] || fail "a session that was not asked for is shown"
grep -q 'session 3 has no file' "$T/s.html" || fail "the missing one of those is not named"
for list in '' 0 1, ,1 3-1 1-2-3 a 1..3; do
	expect 2 'session numbers' "$A" report P012 --study "$S" --sessions "$list" --out "$T/s.html"
done
expect 1 'no session of those' "$A" report P012 --study "$S" --sessions 9 --out "$T/s.html"
expect 0 . "$A" report P012 --study "$S" $mdc --norms --out "$T/n.html"
well "$T/n.html"
grep -q '<h2>Reference values beside session 4' "$T/n.html" || fail "no reference values"

# ---- what is typed, and names that are taken --------------------------------------------------------------------
expect 2 'needs --out' "$A" report P012 --study "$S"
expect 2 'must end in .html' "$A" report P012 --study "$S" --out "$T/a.pdf"
expect 2 'one participant code' "$A" report --study "$S" --out "$T/c.html"
expect 2 'a4 or letter' "$A" report P012 --study "$S" --out "$T/c.html" --paper a5
expect 2 'mdc-source' "$A" report P012 --study "$S" --out "$T/c.html" --mdc 55
expect 2 'not in the study' "$A" report P099 --study "$S" --out "$T/c.html"
expect 1 'no session' "$A" report P013 --study "$S" --out "$T/c.html"
[ ! -e "$T/c.html" ] || fail "a report of nothing was written"
echo '<!DOCTYPE html><p>mine</p>' >"$T/mine.html"
expect 1 'not a report made here' "$A" report P012 --study "$S" --out "$T/mine.html"
grep -q mine "$T/mine.html" || fail "a foreign page was replaced"
expect 1 'gnuplot is not on PATH' env PATH=/nowhere "$A" report P012 --study "$S" --out "$T/a.html"
expect 0 . "$A" report P012 --study "$S" $mdc --out "$T/b.html"
cmp "$T/a.html" "$T/b.html" || fail "a page was spoilt by a run that failed"

# ---- hostile texts ----------------------------------------------------------------------------------------------
"$B/tests/make_course" "$T/bad" hostile || fail "the hostile study could not be made"
long=$(printf 'x%.0s' $(seq 170))
"$A" treatment P012 add --modality exercise --day 2026-03-10 --dose '<svg onload="alert(4)">' --study "$T/bad" >/dev/null ||
	fail "no treatment"
expect 0 . "$A" report P012 --study "$T/bad" --mdc 55 --mdc-source "$long</style><script>" --despite '"><script>x</script>' --out "$T/h.html"
well "$T/h.html"
(cd "$T" && "$PY" - h.html <<'P') || fail "hostile texts: see above"
import page, sys
p, words = page.read(sys.argv[1])
raw = open(sys.argv[1], encoding="utf-8").read()
for shown in ("</title></style><script>alert(1)</script>", '" onerror="alert(2)" x=\'y', "]]> & &lt;", "\\u202EL", "\\x1B[31m", "<b>quick</b>",
        "EX'\"<1>", '<svg onload="alert(4)">', "W" * 95, "x" * 170):
    assert shown in words, shown
for lost in ("<script", "<svg", "<b>", "<u>", "<i>", "onerror=\""):
    assert lost not in raw, lost
P

# ---- damaged, and blinded ---------------------------------------------------------------------------------------
cp -r "$S" "$T/damaged"
f=$(find "$T/damaged" -name '*ses-02_acq-post*.h5')
head -c 9000 "$f" >"$T/cut" && cp "$T/cut" "$f"
expect 4 'ses-02_acq-post' "$A" report P012 --study "$T/damaged" $mdc --out "$T/d.html"
well "$T/d.html"
grep -q 'session 2 has a file that cannot be read' "$T/d.html" || fail "the damaged session is not named"
make_study "$T/blind" || fail "the blinded study could not be made"
expect 0 . "$A" record P012 --study "$T/blind" --device 'sim:mark10?seed=3&visit=1' --clock 2026-03-02T09:30:00+01:00 --yes
expect 0 . "$A" record P012 --study "$T/blind" --device 'sim:mark10?seed=3&visit=2' --clock 2026-03-09T09:30:00+01:00 --yes --blinded
expect 1 'blinded' "$A" report P012 --study "$T/blind" --out "$T/e.html"
well "$T/e.html"
grep -q 'session 2 has a file that cannot be read or shown' "$T/e.html" || fail "the blinded session is not named"
[ "$(grep -c 'ses-02' "$T/e.html")" = 0 ] || fail "something of a blinded session is shown"
finish
