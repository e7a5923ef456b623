# SPDX-License-Identifier: GPL-3.0-or-later
# Sessions that are killed: what was said to be saved is recovered, sessions are gone on with or left,
# and two programs are not one.
. tests/system/lib.inc

rec=$T/rec
printf '#!/bin/sh\nexec "%s" record P012 --study "%s" --device sim:mark10?seed=3 --yes --plain --no-journal test "$@"\n' \
	"$A" "$T/s" >"$rec"
chmod 755 "$rec"

# killed N: a session that is killed -9 as soon as N presses were said to be saved; what was said is in $T/said.
killed() {
	rm -f "$T/pipe" && mkfifo "$T/pipe"
	"$rec" >"$T/pipe" 2>"$T/err" &
	pid=$!
	: >"$T/said"
	while read -r line; do
		case $line in saved:*) echo "$line" >>"$T/said" ;; esac
		[ "$(wc -l <"$T/said")" -lt "$1" ] || kill -9 $pid 2>/dev/null
	done <"$T/pipe"
	wait $pid 2>/dev/null
	[ "$(wc -l <"$T/said")" -ge "$1" ] || fail "the session ended after $(wc -l <"$T/said") presses"
}

# has_all FILE: every press that was said to be saved is in the file, under its number, as it was said
has_all() {
	$PY - "$1" "$T/said" <<'PY' || failures=$((failures + 1))
import h5py, re, sys
f, words = h5py.File(sys.argv[1]), ["", "accepted", "rejected", "censored", "missing"]
said = [re.match(r"saved: press (\d+), (\w+), (\w+)(?:, (\d+) kPa)?", line).groups() for line in open(sys.argv[2])]
for number, site, status, kpa in said:
    i = int(number) - 1
    assert f["results/trial"][i] == i + 1 and f["results/site_code"][i].decode() == site, "press %s" % number
    assert words[f["results/status"][i]] == status, "press %s is %s" % (number, words[f["results/status"][i]])
    assert kpa is None or round(f["results/ppt_kpa"][i]) == int(kpa), "press %s: %s kPa" % (number, kpa)
PY
}

make_study "$T/s"
ses=$T/s/sub-P012/ses-01
killed 4
[ -f "$ses/sub-P012_ses-01_algometry.journal" ] || fail "no journal is left after a kill"
expect 1 'session 1 of P012 was cut off .* go on with it .--resume.' "$rec"
cp "$ses/sub-P012_ses-01_algometry.journal" "$T/journal"
cp "$ses/sub-P012_ses-01_algometry.h5" "$T/h5"
expect 0 'presses, the session was cut off' "$A" recover "$ses/sub-P012_ses-01_algometry.journal"
cmp -s "$T/journal" "$ses/sub-P012_ses-01_algometry.journal" || fail "recover changed the journal"
cmp -s "$T/h5" "$ses/sub-P012_ses-01_algometry.h5" || fail "recover changed the session file"
r=$ses/sub-P012_ses-01_rec-1_algometry.h5
has_all "$r"
expect 0 '"presses":' "$A" recover "$ses/sub-P012_ses-01_algometry.h5" --json --out "$T/again.h5"
expect 1 'exists already and is never overwritten' "$A" recover "$ses/sub-P012_ses-01_algometry.h5" --out "$T/again.h5"
[ "$(stat -c %a "$r")" = 600 ] || fail "the recovered file is readable for others"

# A recovery stands for the session: the next one is session 2, and nothing is asked.
expect 0 'complete; seal' "$rec"
[ -f "$T/s/sub-P012/ses-02/sub-P012_ses-02_algometry.h5" ] || fail "the next session is not session 2"
[ -f "$T/s/sub-P012/ses-02/sub-P012_ses-02_algometry.journal.done" ] || fail "its journal was not put away"

# Killed, gone on with, killed again, gone on with: one session, each planned press once, nothing twice.
rm -rf "$T/s" && make_study "$T/s"
killed 3
"$rec" --resume >"$T/out" 2>"$T/err" || fail "going on: $(cat "$T/err")"
f=$ses/sub-P012_ses-01_algometry.h5
expect 0 'complete' "$A" show "$f"
$PY - "$f" <<'PY' || failures=$((failures + 1))
import h5py, sys, collections
f = h5py.File(sys.argv[1])
ok = [(s, r) for s, r, st in zip(f["results/site_code"][:], f["results/round"][:], f["results/status"][:]) if st == 1]
twice = [k for k, n in collections.Counter(ok).items() if n > 1]
assert not twice, "measured twice: %s" % twice
assert len(ok) == 15, "%d accepted presses instead of 15" % len(ok)
assert b"resumed" in f["events/kind"][:]
assert list(f["results/trial"][:]) == list(range(1, len(f["results/trial"]) + 1))
t = f["samples/t_s"][:]
assert (t[1:] >= t[:-1]).all(), "time goes back"
PY
[ -f "$ses/sub-P012_ses-01_algometry.journal.cut-1" ] || fail "the journal of before is gone"
expect 1 'no session of P012 was cut off' "$rec" --resume

# Left as it is.
killed 2
expect 0 'session 2 of P012 had been cut off: what was kept of it is in .*rec-1' "$rec" --leave
[ -f "$T/s/sub-P012/ses-03/sub-P012_ses-03_algometry.h5" ] || fail "after --leave the next session is not session 3"

# A study on a share: its journal lies in the user's state folder, and is found there by what it says.
killed 2
export XDG_STATE_HOME=$T/state
mkdir -p "$T/state/algometer/journals"
mv "$T/s/sub-P012/ses-04/sub-P012_ses-04_algometry.journal" "$T/state/algometer/journals/sub-P012_ses-04_algometry.01234567.journal"
expect 1 'session 4 of P012 was cut off' "$rec"
expect 0 '15 accepted' "$rec" --resume
[ -f "$T/state/algometer/journals/sub-P012_ses-04_algometry.01234567.journal.done" ] || fail "the journal of a share was not put away"
expect 0 'sub-P012_ses-04_rec-1' "$A" recover "$T/state/algometer/journals/sub-P012_ses-04_algometry.01234567.journal.done"
unset XDG_STATE_HOME

# Nobody else can read anything, whatever the umask.
umask 0
mkdir "$T/open" && make_study "$T/open/s"
sed "s|$T/s|$T/open/s|" "$rec" >"$T/rec2" && chmod 755 "$T/rec2"
expect 0 complete "$T/rec2"
expect 0 recovered "$A" recover "$T/open/s/sub-P012/ses-01/sub-P012_ses-01_algometry.h5" --json
umask 022
[ -z "$(find "$T/open/s" -type f ! -perm 600)" ] || fail "files are not 0600: $(find "$T/open/s" -type f ! -perm 600)"
[ -z "$(find "$T/open/s" -type d ! -perm 700)" ] || fail "folders are not 0700: $(find "$T/open/s" -type d ! -perm 700)"

# A file that was damaged later is made anew from the journal that was put away.
"$A" amend "$f" status rejected --press 1 --why coughed --who E1 >/dev/null || fail "amend"
expect 0 '1 corrections were taken over' "$A" recover "$f"
rm "$ses/sub-P012_ses-01_rec-1_algometry.h5"
printf 'X' | dd of="$f" bs=1 seek=5000 conv=notrunc 2>/dev/null
expect 4 'truncated or damaged' "$A" show "$f"
expect 0 'corrections .* are in no journal' "$A" recover "$f"
expect 0 'complete' "$A" show "$ses/sub-P012_ses-01_rec-1_algometry.h5"

# Nothing to recover, and things that are no journals.
expect 1 'no journal lies beside it' "$A" recover "$T/nothing_algometry.h5"
expect 1 'no such file' "$A" recover "$T/nothing.journal"
head -c 1000 /dev/urandom >"$T/junk.journal"
expect 4 'no journal of a session' "$A" recover "$T/junk.journal"
: >"$T/empty.journal"
expect 4 'it is empty' "$A" recover "$T/empty.journal"
head -c 100 "$T/journal" >"$T/stump.journal"
expect 4 'cut off' "$A" recover "$T/stump.journal"
expect 2 'recover needs' "$A" recover

# Two programs, one session: the second is told who holds it; so is recover.
rm -rf "$T/s" && make_study "$T/s"
mkfifo "$T/button"
"$A" sim mark10 --pty --link "$T/gauge" --button "$T/button" --site UTRAP_R --presses 0 >"$T/sim" 2>&1 &
for i in 1 2 3 4 5 6 7 8 9 10; do [ -e "$T/gauge" ] && break; sleep 0.2; done
"$A" record P012 --study "$T/s" --device "tty:$T/gauge?family=mark10&simulated=1" --button "fifo:$T/button" --yes --plain \
	--no-journal test >"$T/first" 2>&1 &
holder=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do [ -e "$ses/sub-P012_ses-01_algometry.h5" ] && break; sleep 0.2; done
expect 1 "recorded right now by process $holder on" "$rec"
expect 1 "recorded right now by process $holder on" "$A" recover "$ses/sub-P012_ses-01_algometry.journal"
expect 0 'P012, session 1' "$A" show "$ses/sub-P012_ses-01_algometry.h5" # readers may
kill -TERM $holder
wait $holder
[ $? = 143 ] || fail "the first did not end as it should: $(tail -n 3 "$T/first")"
[ -f "$ses/sub-P012_ses-01_algometry.journal.done" ] || fail "TERM: the journal was not put away"
finish
