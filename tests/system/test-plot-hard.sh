# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of what is hard to draw: 24 long names with umlauts, everything censored, a point missing, falls only,
# one visit, errors as ratios; narrow and wide. Nothing may stand beyond an edge, nothing may be cut.
. tests/system/lib.inc
command -v gnuplot >/dev/null || { echo "gnuplot is not installed"; exit 77; }
mdc='--mdc 57 --mdc-source clinic'
"$BUILD/tests/make_plots" "$T/hard" && "$BUILD/tests/make_plots" "$T/log" log || fail "the hard sessions could not be made"
hard() { # words that it must say, folder, kind, code, further words: drawn narrow and wide, in all formats
	want=$1 folder=$2
	shift 2
	for form in 85mm.svg 180mm.svg 85mm.pdf 180mm.pdf; do
		expect 0 . "$A" plot "$@" --study "$T/$folder" --width "${form%.*}" --out "$T/hard-$1-$2-$folder-$form"
	done
	for width in 85mm 180mm; do
		"$PY" - "$T/hard-$1-$2-$folder-$width" "$want" <<'P' || fail "$* at $width: see above"
import re, subprocess, sys, xml.dom.minidom
stem, want = sys.argv[1:]
doc = xml.dom.minidom.parse(stem + ".svg")
said = " ".join("".join(n.data for n in t.childNodes).strip() for t in doc.getElementsByTagName("text"))
assert re.search(want, said), (want, said)
assert "SIMULATED DATA" in said and not re.search(r"\b(nan|inf)\b", said), said
try:
    html = subprocess.run(["pdftotext", "-bbox", stem + ".pdf", "-"], capture_output=True, text=True).stdout
except FileNotFoundError:
    sys.exit(0)
w, h = (float(v) for v in re.search(r'<page width="([0-9.]+)" height="([0-9.]+)"', html).groups())
for x0, y0, x1, y1, word in re.findall(r'xMin="([-0-9.]+)" yMin="([-0-9.]+)" xMax="([-0-9.]+)" yMax="([-0-9.]+)">([^<]*)', html):
    assert float(x0) >= -1 and float(x1) <= w + 1 and float(y0) >= -1 and float(y1) <= h + 1, (word, x0, x1, w, y0, y1, h)
P
	done
	expect 0 'SIMULATED DATA' "$A" plot "$@" --study "$T/$folder"
	"$PY" - "$T/out" <<'P' || fail "$*: text wider than a terminal"
import sys
assert max(len(line.rstrip("\n")) for line in open(sys.argv[1], encoding="utf-8")) <= 80
P
}
hard 'at most' hard forest P024 $mdc
hard 'unknown: above' hard forest P900 $mdc
hard 'patient asked' hard forest P404 $mdc
hard 'Fell by more' hard forest P500 $mdc
hard 'axis of ratios' log forest P024
hard 'larger than usual|Larger than usual' hard side P024
hard 'no ratio' hard side P900
hard 'R.ckenstrecker' hard bodymap P024 1 2 $mdc
hard 'too fast' hard rate P024 2
hard 'rate of pressing' hard rate P001
hard 'No accepted press' hard rate P900 2
hard '1[0-9] too fast' hard rate P024
expect 2 'no target was measured on its other side' "$A" plot side P500 --study "$T/hard"
expect 1 'session' "$A" plot forest P001 --study "$T/hard"
finish
