# SPDX-License-Identifier: GPL-3.0-or-later
# Every kind of picture in every format from real session files: well-formed, the same bytes again, with
# units and "simulated", without traces of missing numbers; and what is said when it cannot be done.
. tests/system/lib.inc
command -v gnuplot >/dev/null || { echo "gnuplot is not installed"; exit 77; }
S=$T/study
make_study "$S" || fail "the study could not be made"
day=2
for visit in 1 2 3; do
	expect 0 'accepted' "$A" record P012 --study "$S" --device "sim:mark10?seed=3&visit=$visit" \
		--clock "2026-03-0${day}T09:30:00+01:00" --yes
	day=$((day + 3))
done
set -- $(find "$S" -name '*.h5' | sort)
a=$1 b=$3
mdc='--mdc 57 --mdc-source clinic'
expect 0 . "$A" show "$a"

sums() { (cd "$S" && find . -name '*.h5' | sort | xargs sha256sum); }
sums >"$T/before"

plot() { # name, arguments: svg, pdf, png, text and JSON of one picture
	name=$1
	shift
	for form in svg pdf png; do
		expect 0 "$name.$form" "$A" plot "$@" --out "$T/$name.$form" --study "$S"
		cp "$T/$name.$form" "$T/once" && cp "$T/$name.tsv" "$T/once.tsv"
		expect 0 . "$A" plot "$@" --out "$T/$name.$form" --study "$S"
		cmp "$T/once" "$T/$name.$form" || fail "$name.$form: another run gives other bytes"
		cmp "$T/once.tsv" "$T/$name.tsv" || fail "$name.tsv: another run gives other bytes"
	done
	"$PY" - "$T/$name" <<'P' || fail "$name: see above"
import re, struct, sys, xml.dom.minidom
stem = sys.argv[1]
svg = open(stem + ".svg", encoding="utf-8").read()
doc = xml.dom.minidom.parseString(svg.encode())
texts = " ".join("".join(n.data for n in t.childNodes) for t in doc.getElementsByTagName("text"))
assert "SIMULATED DATA" in texts, texts
assert "kPa" in texts and "P012" in texts and "2026-03-0" in texts, texts
assert "ignificant" not in texts and "unchanged" not in texts
assert not re.search(r"\b(nan|inf)\b", svg.split("</desc>")[1], re.I), "a number that is none is drawn"
assert "P012" in doc.getElementsByTagName("title")[0].firstChild.data
sizes = [float(s) for s in re.findall(r'font-size="([0-9.]+)"', svg)]
assert min(sizes) >= 11 * 96 / 72 - 0.01, min(sizes)
# nothing stands outside of the picture
w, h = (float(doc.documentElement.getAttribute(k)) for k in ("width", "height"))
assert abs(w - 680) < 1, w
for x, y in re.findall(r'<g transform="translate\(([-0-9.]+),([-0-9.]+)\)', svg):
    assert 0 <= float(x) <= w and 0 <= float(y) <= h + 1, (x, y)
png = open(stem + ".png", "rb").read()
assert png[:8] == b"\x89PNG\r\n\x1a\n" and png[-8:-4] == b"IEND"
assert struct.unpack(">I", png[16:20])[0] in range(1355, 1366)
assert b"tEXt" not in png and b"tIME" not in png
pdf = open(stem + ".pdf", "rb").read()
assert pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF")
rows = open(stem + ".tsv", encoding="utf-8").read().splitlines()
assert len(rows) > 1 and all(r.count("\t") == rows[0].count("\t") for r in rows)
assert "_kpa" in rows[0] and "nan" not in "\n".join(rows).lower()
P
	if command -v rsvg-convert >/dev/null; then
		rsvg-convert "$T/$name.svg" -o "$T/r.png" || fail "$name.svg cannot be drawn"
	fi
	if command -v pdftotext >/dev/null; then
		pdftotext "$T/$name.pdf" - 2>/dev/null | tr '\n' ' ' | grep -q 'SIMULATED DATA' || fail "$name.pdf does not say simulated"
		pdftotext -bbox "$T/$name.pdf" "$T/words.html"
		"$PY" - "$T/words.html" <<'P' || fail "$name.pdf: a text stands beyond the edge"
import re, sys
html = open(sys.argv[1], encoding="utf-8").read()
page = float(re.search(r'<page width="([0-9.]+)"', html).group(1))
right = [float(x) for x in re.findall(r'xMax="([-0-9.]+)"', html)]
assert right and max(right) <= page, (max(right), page)
P
	fi
	expect 0 'SIMULATED DATA' "$A" plot "$@" --study "$S"
	[ "$(awk '{ if (length($0) > 90) n++ } END { print n + 0 }' "$T/out")" = 0 ] || fail "$name: text wider than a terminal"
	[ "$(wc -l <"$T/out")" -le 25 ] || fail "$name: text longer than a terminal"
	expect 0 '"rows"' env PATH=/nowhere "$A" plot "$@" --study "$S" --json
	"$PY" -c 'import json, sys; d = json.load(open(sys.argv[1])); assert d["plot"] and d["rows"]' "$T/out" || fail "$name: no JSON"
}
plot trace trace "$a" --press 2
plot point trace P012 2 --point LEV_R
plot course course P012 $mdc
plot slope slope "$a" "$b" $mdc
plot slope_code slope P012 $mdc
plot bodymap bodymap "$a"
plot change bodymap P012 1 3 $mdc
plot plain course P012
plot forest forest P012 $mdc
plot forest_files forest "$a" "$b"
plot side side "$a"
plot side_latest side P012
plot rate rate P012 2
plot rates rate P012

expect 0 . "$A" plot course P012 --study "$S" --out "$T/narrow.svg" --width 85mm
grep -q 'width="321"' "$T/narrow.svg" || fail "--width 85mm is not 85 mm"
expect 0 . "$A" plot slope P012 --study "$S" --format svg
head -c 5 "$T/out" | grep -q '<?xml' || fail "no SVG on standard output"

# What cannot be done, in one sentence each.
expect 1 'gnuplot is not on PATH' env PATH=/nowhere "$A" plot trace "$a" --out "$T/none.svg"
[ ! -e "$T/none.svg" ] && [ ! -e "$T/none.tsv" ] || fail "a picture without gnuplot"
expect 2 'trace, course, slope, forest, bodymap, side, rate, check or agreement' "$A" plot pie "$a"
expect 2 'needs a kind' "$A" plot
expect 2 'plot side needs a session file' "$A" plot side "$a" "$b"
expect 2 'plot rate needs a session file' "$A" plot rate
expect 2 'must end in .svg, .pdf or .png' "$A" plot trace "$a" --out "$a"
expect 2 'must end in .svg, .pdf or .png' "$A" plot trace "$a" --out "$T/.svg"
expect 2 'does not go with' "$A" plot trace "$a" --out "$T/x.svg" --format pdf
expect 2 'svg, pdf, png or text' "$A" plot trace "$a" --format gif
expect 2 '80mm to 400mm' "$A" plot trace "$a" --width 3mm --out "$T/x.svg"
expect 2 'has no press 99' "$A" plot trace "$a" --press 99
expect 2 "no press at 'X'.*UTRAP_R" "$A" plot trace "$a" --point X
expect 2 'mdc' "$A" plot course P012 --study "$S" --mdc 57
expect 2 'code' "$A" plot course "Jane Doe" --study "$S"
expect 1 'no such file' "$A" plot trace "$T/none.h5"
expect 4 'HDF5' "$A" plot bodymap "$S/study.yaml"
expect 1 'cannot be written|cannot be opened' "$A" plot trace "$a" --out "$T/no/such/folder.svg"
# What is not a picture of ours is never replaced: a table of the study beside, a text of that name.
cp "$S/sub-P012/points.tsv" "$T/points.before"
expect 1 'not replaced' "$A" plot trace "$a" --out "$S/sub-P012/points.svg"
cmp "$T/points.before" "$S/sub-P012/points.tsv" || fail "points.tsv was replaced"
[ ! -e "$S/sub-P012/points.svg" ] || fail "a picture without its table"
echo precious >"$T/mine.svg"
expect 1 'not replaced' "$A" plot trace "$a" --out "$T/mine.svg"
grep -q precious "$T/mine.svg" || fail "mine.svg was replaced"
sums | cmp - "$T/before" || fail "a session file changed"
finish
