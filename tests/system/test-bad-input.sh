# SPDX-License-Identifier: GPL-3.0-or-later
# Bad input, as a user without rights: each one clear sentence and the right exit code.
. tests/system/lib.inc
S=$T/study
make_study "$S" || fail "the study could not be made"
printf 'not a session' >"$T/text.h5"
"$PY" - "$T" <<'P'
import h5py, sys
with h5py.File(sys.argv[1] + "/other.h5", "w") as f: f["x"] = [1, 2, 3]
P
"$A" record P012 --study "$S" --device sim:mark10?seed=5 --clock 2026-03-02T09:30:00+01:00 --yes >/dev/null || fail "no session to spoil"
good=$(find "$S" -name '*.h5')
head -c 3000 "$good" >"$T/cut.h5"
cp "$good" "$T/newer.h5"
"$PY" - "$T/newer.h5" <<'P'
import h5py, sys
with h5py.File(sys.argv[1], "r+") as f:
    for k, v in {"format_version": "9.0", "format_major": 9}.items():
        if k in f.attrs: f.attrs.modify(k, v)
P
mkdir "$T/ro" && cp -r "$S" "$T/ro/study"
printf 'algometer: procedure 1\nid: comma\nversion: 1.0\nname: X\nrate_kpa_s: 30,5\n' >"$T/comma.yaml"
printf 'algometer: procedure 1\nid: x\n  broken: [\n' >"$T/broken.yaml"
mkfifo "$T/silent"

# From here on as nobody, when the test runs as root.
chmod -R a+rX "$T"
chmod -R a-w "$T/ro"
as=
if [ "$(id -u)" = 0 ]; then
	command -v setpriv >/dev/null || { echo "no setpriv"; exit 77; }
	as="setpriv --reuid=65534 --regid=65534 --clear-groups"
	chown -R 65534:65534 "$S" "$T/cut.h5"
	cp "$A" "$T/algometer" && A=$T/algometer
	cp -r procedures sites "$T/" && export ALGOMETER_DATA=$T && chmod -R a+rX "$T/procedures" "$T/sites"
	cd "$T" || exit 1
fi
m() { expect "$1" "$2" $as "$A" monitor --device "$3" --raw --json; }
m 2 'unknown instrument family .nosuch.' 'tty:/dev/null?family=nosuch'
m 2 'which family.*algometer families.*--listen' 'serial:/dev/ttyS0'
m 2 'written with its kind, serial:/dev/' '/dev/ttyS0'
m 2 'device address' 'gauge'
m 2 'option' 'tty:/dev/null?family=mark10&colour=red'
m 3 'no such|absent|not there' 'serial:/dev/ttyNOPE0?family=mark10'
m 3 '.' "tty:$T/silent?family=mark10"
m 1 'no such file' "replay:$T/none.rec"
r() { code=$1 pattern=$2; shift 2; expect "$code" "$pattern" $as "$A" record "$@"; }
r 2 'Maria' Maria --study "$S" --device sim:mark10 --yes
r 2 'Schmidt' "Anna Schmidt" --study "$S" --device sim:mark10 --yes
r 2 '\.\./P012' ../P012 --study "$S" --device sim:mark10 --yes
r 2 'nosuch' P012 --study "$S" --procedure nosuch --device sim:mark10 --yes
r 1 'comma.yaml:5:13: .*30,5' P012 --study "$S" --procedure "$T/comma.yaml" --device sim:mark10 --yes
r 1 'broken.yaml:[0-9]+:[0-9]+' P012 --study "$S" --procedure "$T/broken.yaml" --device sim:mark10 --yes
r 1 '' P012 --study "$T/ro/study" --device sim:mark10 --yes
r 1 'never overwritten' P012 --study "$S" --session 1 --device sim:mark10 --yes
r 1 'study' P012 --study "$T" --device sim:mark10 --yes
# A gauge set to send numbers only: no unit, no force.
printf '# algometer-recording 1\n# family: wagner\n# kind: synthetic\n' >"$T/no-unit.rec"
for i in $(seq 50); do echo "$((i * 20000)) < 31 2E 35 0D 0A"; done >>"$T/no-unit.rec"
chmod a+r "$T/no-unit.rec"
r 2 'without a unit' P012 --study "$S" --device "replay:$T/no-unit.rec" --yes
expect 2 'NOSITE' $as "$A" points P012 add NOSITE --study "$S"
expect 1 'study already' $as "$A" init "$S"
expect 1 'no such file' $as "$A" show "$T/absent.h5"
expect 4 'not an? HDF5' $as "$A" show "$T/text.h5"
expect 4 'not an Algometer' $as "$A" show "$T/other.h5"
expect 4 'truncated|damaged' $as "$A" show "$T/cut.h5"
expect 4 '9' $as "$A" show "$T/newer.h5"
expect 2 'unknown command' $as "$A" measure
expect 2 'unknown option' $as "$A" show --colour
expect 2 'needs a value' $as "$A" record P012 --device
for word in show compare course plot points record monitor sim init; do
	expect 2 '.' $as "$A" $word --no-such-option
done
finish
