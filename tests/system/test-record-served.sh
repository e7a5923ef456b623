# SPDX-License-Identifier: GPL-3.0-or-later
# An emulated gauge on a pseudo-terminal and on a TCP port, recorded by the program with its real
# threads and the wall clock: the stored thresholds are the emulator's truth (force at the instant
# of the button) within one sample, and a cable that is pulled ends the session with what was measured.
. tests/system/lib.inc
cat >"$T/fast.yaml" <<'Y'
algometer: procedure 1
id: fast
version: 1.0
name: Fast test
rate_kpa_s: 80
corridor_percent: 30
tip_area_cm2: 1.0
rounds: 2
plan: rounds
order: fixed
interval_s: 3
rule: mean
max_presses: 5
ceiling_kpa: 500
response: button
points:
  from: list
  sites: [UTRAP_R, UTRAP_L]
instruction: Say now.
source: made for a test
journal: false
Y
"$A" init "$T/study" --id test >/dev/null || fail "no study"

serve() { # name, family, how...
	name=$1 family=$2
	shift 2
	"$A" sim "$family" "$@" --button "$T/$name.fifo" --seed 11 --site UTRAP_R,UTRAP_L --threshold 160 \
		--rate 80 --pause 3 --presses 30 --truth "$T/$name.truth" >"$T/$name.address" 2>"$T/$name.log" &
	echo $! >"$T/$name.pid"
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ -s "$T/$name.address" ] && break
		sleep 0.1
	done
	address=$(head -n 1 "$T/$name.address")
	[ -n "$address" ] || { fail "$name: no address"; cat "$T/$name.log"; }
}

record() { # name
	timeout 100 "$A" record P001 --study "$T/study" --procedure "$T/fast.yaml" --device "$address" \
		--button "fifo:$T/$1.fifo" --session "$2" --yes --plain >"$T/$1.out" 2>"$T/$1.err" </dev/null
	echo $? >"$T/$1.code"
}

pull() { # the cable, once the first press is over
	for i in $(seq 600); do
		grep -q '"press":1' "$T/cut.truth" 2>/dev/null && break
		sleep 0.1
	done
	sleep 3
	kill -9 "$(cat "$T/cut.pid")"
}

# Each in a shell of its own: the address is that shell's variable. A gauge by a link would be looked
# for again; one by the number of its pseudo-terminal is gone when it is gone.
# Each ends its own emulator: nobody else may know that the number still is that process.
{ serve pty mark10 --pty && record pty 1; kill "$(cat "$T/pty.pid")"; } &
{ serve tcp wagner --tcp 0 && record tcp 2; kill "$(cat "$T/tcp.pid")"; } &
{ serve cut mark10 --pty && { pull & record cut 3; }; } &
wait

for name in pty tcp; do
	[ "$(cat "$T/$name.code" 2>/dev/null)" = 0 ] || { fail "$name: exit $(cat "$T/$name.code" 2>/dev/null)"; tail -n 30 "$T/$name.out" "$T/$name.err" "$T/$name.log"; }
	n=1
	[ $name = tcp ] && n=2
	"$PY" - "$(find "$T/study/sub-P001/ses-0$n" -name '*.h5')" "$T/$name.truth" <<'P' || fail "$name: thresholds are not the emulator's"
import h5py, json, sys, numpy
f = h5py.File(sys.argv[1])
truth = [json.loads(l) for l in open(sys.argv[2])]
r = f["results"]
ok = r["status"][()] == 1
ppt, rate = r["ppt_n"][()][ok], r["rate_kpa_s"][()][ok]
t = f["samples/t_s"][()]
step = numpy.median(numpy.diff(t[f["samples/trial"][()] == 1]))
print("thresholds", ppt, "truth", [x["force_n"] for x in truth], "sample", step)
assert ok.sum() == 4, r["status"][()]
assert int(f.attrs["simulated"]) == 1, "not marked as simulated"
# One sample of the ramp, the gauge's resolution and the zero.
for got in ppt:
    assert min(abs(got - x["force_n"]) for x in truth) <= 8.0 * 1.5 * step + 0.06, (got, truth)
P
done
[ "$(cat "$T/cut.code")" = 3 ] || { fail "pulled cable: exit $(cat "$T/cut.code")"; tail -n 20 "$T/cut.out" "$T/cut.err"; }
"$PY" - "$(find "$T/study/sub-P001/ses-03" -name '*.h5')" <<'P' || fail "pulled cable: the file is not as it should be"
import h5py, sys
f = h5py.File(sys.argv[1])
s = list(f["results/status"][()])
assert 4 in s and int(f.attrs["complete"]) == 0, s
P
finish
