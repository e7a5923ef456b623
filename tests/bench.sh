#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# bench.sh - numbers side by side with a named peer, both measured in this run on this machine, so that
# the ratio means something where the seconds do not. Prints a table; judges nothing but the last section.
#   start    `algometer --version`, `show` of a session   against  /bin/true
#   decode   `monitor --raw --json` of a recording        against  a line loop in Python over the same bytes
#   acknowledge  a press handed over until it is acknowledged, against pwrite + fdatasync of the same bytes
#   size     36 presses of 10 s, all columns, against the limit
#   open     summaries of BENCH_FILES (10000) session files, against h5py
#   batch    export of the presses of 1000 session files, without an index, while it is made and with it, against h5py +
#            pandas; memory from 100 to BENCH_FILES files; reliability of BENCH_FILES sessions
#   course   12 points, 10 visits: numbers alone against reading them with h5py; the report against the limit
#   publish  a session's file, whole and durable          against  fdatasync of the same number of bytes
#   cycles   BENCH_CYCLES (100) losses and returns of each emulated gauge, all families side by side: longest return,
#            processor time while away, against the limits; a broken one fails
#   press    BENCH_PRESSES (1000) simulated presses at 10, 50, 100 and 1000 Hz, with and without bundles of 16 ms:
#            threshold, rate, stamps and alarm against the emulator's truth and the limits; a broken one fails
# BENCH_MB: size of the recording's payload (default 4). Each figure is the median of 7 runs.
set -euo pipefail
export LC_ALL=C
BUILD=${BUILD:-build}
program=$BUILD/algometer
dir=$(mktemp -d "${BENCH_DIR:-${TMPDIR:-/tmp}}/bench.XXXXXX")
trap 'rm -rf "$dir"' EXIT
python=$(command -v /usr/bin/python3 || command -v python3) || { echo "bench: python3 is not installed"; exit 77; }

median_ms() { # command...: median wall time of 7 runs; a failing command ends the bench
	local i from
	for i in 1 2 3 4 5 6 7; do
		from=$(date +%s%N)
		"$@" >"$dir/out" 2>"$dir/err" || { echo "bench: failed: $*" >&2; tail -n 3 "$dir/err" >&2; return 1; }
		echo $(($(date +%s%N) - from))
	done | sort -n | awk 'NR == 4 { printf "%.2f", $1 / 1e6 }'
}
row() { # what, ours, unit, peer, theirs
	awk -v w="$1" -v o="$2" -v u="$3" -v p="$4" -v t="$5" \
		'BEGIN { printf "%-34s %10.2f %-5s %-34s %10.2f %-5s ratio %.2f\n", w, o, u, p, t, u, t ? o / t : 0 }'
}

# ---- start ----
none=$(median_ms /bin/true)
row "algometer --version" "$(median_ms "$program" --version)" ms /bin/true "$none"
session=${BENCH_SESSION:-$(find demo -name '*_algometry.h5' 2>/dev/null | sort | sed -n 1p || true)}
if [ -n "$session" ]; then
	row "show of a session" "$(median_ms "$program" show "$session")" ms /bin/true "$none"
else
	echo "show: left out, there is no session file (run 'make demo' first)"
fi

# ---- decode ----
# The same mark10 lines as a recording and as bare bytes.
mb=${BENCH_MB:-4}
"$python" - "$mb" "$dir" <<'PY'
import sys
size, out = int(sys.argv[1]) * 1000000, sys.argv[2]
lines, total, i = [], 0, 0
while total < size:
    line = b"%.2f lbF\r\n" % (18.78 + i % 97 * 0.01)
    lines.append(line)
    total += len(line)
    i += 1
open(out + "/bytes", "wb").write(b"".join(lines))
with open(out + "/lines.rec", "w") as f:
    f.write("# algometer-recording 1\n# family: mark10\n# kind: synthetic\n")
    for n, line in enumerate(lines):
        f.write("%d < %s\n" % (n * 1000, line.hex(" ").upper()))
PY
cat >"$dir/loop.py" <<'PY'
# What a short script on a serial port does: collect to the line end, split, convert.
import json, sys
buffer, out = b"", sys.stdout
with open(sys.argv[1], "rb", buffering=0) as port:
    while True:
        chunk = port.read(64)
        if not chunk:
            break
        buffer += chunk
        while b"\n" in buffer:
            line, buffer = buffer.split(b"\n", 1)
            value, unit = line.decode("ascii").split()
            out.write(json.dumps({"value": float(value), "unit": unit}) + "\n")
PY
bytes=$(stat -c %s "$dir/bytes")
if ours=$(median_ms "$program" monitor --device "replay:$dir/lines.rec" --raw --json); then
	theirs=$(median_ms "$python" "$dir/loop.py" "$dir/bytes")
	row "monitor --raw --json, payload" "$(awk "BEGIN { print $bytes / 1e3 / $ours }")" MB/s \
		"Python line loop, bare bytes" "$(awk "BEGIN { print $bytes / 1e3 / $theirs }")"
fi

# ---- publish ----
if [ -x "$BUILD/tests/bench_publish" ] && [ -n "$session" ]; then
	"$BUILD/tests/bench_publish" "$session" "$dir"
fi

# ---- acknowledge ----
"$BUILD/tests/bench_store" "$dir"

# ---- sizes: 36 presses of 10 s, against the limit ----
for hz in 100 2000; do
	"$BUILD/tests/make_session" "$dir/size-$hz.h5" 36 10 "$hz"
	row "file, 36 presses of 10 s at $hz Hz" "$(stat -c %s "$dir/size-$hz.h5" | awk '{ print $1 / 1e6 }')" MB "the limit" \
		"$([ "$hz" = 100 ] && echo 0.55 || echo 9.5)" MB
done

# ---- summaries: many session files of 54 presses, warm ----
files=${BENCH_FILES:-10000}
mkdir "$dir/many"
"$BUILD/tests/make_session" "$dir/many/1.h5" 54 10 100
for i in $(seq 2 "$files"); do ln "$dir/many/1.h5" "$dir/many/$i.h5"; done
cat >"$dir/open.py" <<'PY'
# All columns of /results and the root attributes of every file, as a summary needs them.
import sys, time, h5py
start, presses = time.perf_counter(), 0
for i in range(1, int(sys.argv[2]) + 1):
    with h5py.File("%s/%d.h5" % (sys.argv[1], i), "r") as f:
        attributes = dict(f.attrs)
        columns = {name: column[:] for name, column in f["results"].items()}
    presses += len(columns["trial"])
print((time.perf_counter() - start) * 1e3, presses)
PY
ours=$("$BUILD/tests/bench_store" "$dir/many" open "$files")
few=$("$BUILD/tests/bench_store" "$dir/many" open $((files / 10)))
theirs=$("$python" "$dir/open.py" "$dir/many" "$files")
row "summaries of $files session files" "${ours%% *}" ms "h5py, attributes and results" "${theirs%% *}" ms
echo "  (memory $(echo "$few" | cut -d' ' -f3) kB for a tenth of the files, $(echo "$ours" | cut -d' ' -f3) kB for all)"

# ---- batch: 1000 of them to one tidy table, as a study's `export presses`, against every column of the presses by pandas ----
peak_kb() { # command...: the most memory that its main process had
	"$python" - "$@" <<'PY'
import os, sys
pid = os.fork()
if pid == 0:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.execvp(sys.argv[1], sys.argv[1:])
print(os.wait4(pid, 0)[2].ru_maxrss)
PY
}
hang_in() { # STUDY N: N of them as sessions of one participant
	"$program" init "$1" --id bench >"$dir/out"
	local i name
	for i in $(seq 1 "$2"); do
		name=$(printf 'sub-P012/ses-%02d' "$i")
		mkdir -p "$1/$name"
		ln "$dir/many/1.h5" "$1/$name/sub-P012_${name#*/}_algometry.h5"
	done
}
cat >"$dir/table.py" <<'PY'
import glob, sys, time, h5py, pandas
start, frames = time.perf_counter(), []
for path in sorted(glob.glob(sys.argv[1] + "/sub-*/ses-*/*_algometry.h5")):
    with h5py.File(path, "r") as f:
        frame = pandas.DataFrame({name: column.asstr()[:] if column.dtype.kind == "S" else column[:] for name, column in f["results"].items()})
        for name in ("participant", "session", "acq", "run", "visit_day", "examiner", "started"):
            frame[name] = f.attrs[name]
        frame["file"] = path
    frames.append(frame)
pandas.concat(frames).to_csv(sys.argv[2], index=False)
print((time.perf_counter() - start) * 1e3)
PY
peer_ms() { # script, arguments: median of 5 of what it says itself, without the time in which Python starts
	local i
	for i in 1 2 3 4 5; do "$python" "$@"; done | sort -n | sed -n 3p
}
if [ "$files" -ge 1000 ] && "$python" -c 'import pandas' 2>/dev/null; then
	hang_in "$dir/study" 1000
	sleep 3 # the index takes no file that was written a moment ago
	theirs=$(peer_ms "$dir/table.py" "$dir/study" "$dir/table")
	: >"$dir/study/.algometer-cache" # where a file is in the way there is no index
	plain=$(median_ms "$program" export presses --study "$dir/study")
	first=$(for i in 1 2 3; do
		rm -rf "$dir/study/.algometer-cache"
		from=$(date +%s%N)
		"$program" export presses --study "$dir/study" >"$dir/table"
		echo $(($(date +%s%N) - from))
	done | sort -n | awk 'NR == 2 { printf "%.2f", $1 / 1e6 }')
	again=$(median_ms "$program" export presses --study "$dir/study")
	for what in "no index:$plain" "index is made:$first" "index is there:$again"; do
		row "export of 1000 files, ${what%%:*}" "${what##*:}" ms "h5py + pandas, one table" "$theirs" ms
		awk -v o="${what##*:}" -v t="$theirs" 'BEGIN { printf "  (%.1f times as fast, 10 wanted)\n", t / o }'
	done
else
	echo "batch: left out, it needs python3-pandas and BENCH_FILES of 1000 or more"
fi

# ---- memory of export, and reliability: people at 10 visits each, pairs marked stable ----
"$BUILD/tests/make_session" "$dir/small.h5" 36 3 10
for study in few people; do
	"$program" init "$dir/$study" --id "$study" >"$dir/out"
	"$BUILD/tests/make_many" "$dir/small.h5" "$dir/$study" "$([ "$study" = few ] && echo 10 || echo "$((files / 10))")" 10
done
row "memory of export, $files files" "$(peak_kb "$program" export presses --study "$dir/people")" kB "100 files" \
	"$(peak_kb "$program" export presses --study "$dir/few")" kB
rm -rf "$dir/people/.algometer-cache"
sleep 3
for what in "index is made" "index is there"; do
	from=$(date +%s%N)
	"$program" reliability --study "$dir/people" >"$dir/out"
	printf '%-34s %10.2f ms\n' "reliability, $files files, $what" "$(awk -v n=$(($(date +%s%N) - from)) 'BEGIN { print n / 1e6 }')"
done
echo "  (memory $(peak_kb "$program" reliability --study "$dir/people") kB)"

# ---- a course of 12 points and 10 visits: numbers, report ----
sites="UTRAP_R UTRAP_L LEV_R LEV_L SCM_R SCM_L DELTM_R DELTM_L DELTA_R DELTA_L TA_R TA_L"
"$program" init "$dir/course" --id course >"$dir/out"
for site in $sites; do "$program" points P012 add "$site" --role target --study "$dir/course" >"$dir/out"; done
for i in 1 2 3 4 5 6 7 8 9 10; do
	"$program" record P012 --study "$dir/course" --yes --plain --device "sim:mark10?seed=$i&visit=$i" \
		--clock "2026-$(printf %02d "$i")-02T09:30:00+01:00" >"$dir/out" 2>"$dir/err" || { tail -n 3 "$dir/err"; exit 1; }
done
cat >"$dir/course.py" <<'PY'
# Only reading: all columns of /results and the attributes of every visit, and the mean of each point.
import glob, sys, time, h5py
start, means = time.perf_counter(), {}
for path in glob.glob(sys.argv[1] + "/sub-P012/ses-*/*_algometry.h5"):
    with h5py.File(path, "r") as f:
        attributes = dict(f.attrs)
        columns = {name: column[:] for name, column in f["results"].items()}
    for site in set(columns["site_code"]):
        kept = columns["ppt_kpa"][(columns["site_code"] == site) & (columns["status"] == 1)]
        means[path, site] = kept.mean() if len(kept) else None
print((time.perf_counter() - start) * 1e3)
PY
sleep 3
theirs=$(peer_ms "$dir/course.py" "$dir/course")
plain=$(for i in 1 2 3 4 5; do
	rm -rf "$dir/course/.algometer-cache"
	from=$(date +%s%N)
	"$program" course P012 --study "$dir/course" >"$dir/out"
	echo $(($(date +%s%N) - from))
done | sort -n | awk 'NR == 3 { printf "%.2f", $1 / 1e6 }')
row "course, 12 points, 10 visits, new" "$plain" ms "h5py, reading and means only" "$theirs" ms
row "  with its index (50 ms wanted)" "$(median_ms "$program" course P012 --study "$dir/course")" ms "h5py, reading and means only" "$theirs" ms
if "$program" report --help >"$dir/out" 2>&1; then
	row "report, 12 points, 10 visits" "$(median_ms "$program" report P012 --study "$dir/course" --out "$dir/report.html")" ms "the limit" 2000 ms
fi

# ---- gauges lost and back: a broken limit is the bench's own exit status ----
broken=0
BUILD=$BUILD "$python" tests/bed/cycles.py -n "${BENCH_CYCLES:-100}" || broken=1

# ---- presses against the emulator's truth: a broken limit is the bench's own exit status ----
presses=${BENCH_PRESSES:-1000}
echo "$presses presses at each rate, exact and noisy gauges, steady and trembling hands:"
echo "('worst with noise' cannot hold the plain limit: one reading's own 0.05 N is 0.5 kPa; 4.5 SD are added to it)"
"$BUILD/tests/bench_press" "$presses" 1000 >"$dir/press-1000" 2>&1 &
fast=$!
"$BUILD/tests/bench_press" "$presses" 10 50 100 125 250 || broken=1
wait "$fast" || broken=1
cat "$dir/press-1000"
exit "$broken"
