# SPDX-License-Identifier: GPL-3.0-or-later
# deidentify: nothing that identifies is left in the copies, in no column and no name, and what was measured is as it was.
. tests/system/lib.inc
make_study "$T/s"
sed -i "s/^# centre:.*/centre: 'NORDKLINIK'/; s|^# time_zone:.*|time_zone: Europe/Copenhagen|" "$T/s/study.yaml"
grep -q NORDKLINIK "$T/s/study.yaml" || fail "the study has no centre"
{
	sed -e 's/^id: .*/id: own/' -e 's/^name: .*/name: Own/' procedures/myofascial-quick.yaml
	echo '# written by Dr. Erika Musterfrau'
} >"$T/s/procedures/own.yaml"
rec() { # DAY SEED MORE...
	day=$1 seed=$2
	shift 2
	"$A" record P012 --study "$T/s" --device "sim:mark10?seed=$seed" --yes --plain --examiner EXAM7 --clock "${day}T16:17:00+02:00" \
		"$@" >"$T/out" 2>&1 || fail "record: $(cat "$T/out")"
}
rec 2026-06-03 1 --no-journal 'Anna Smith was tired'
rec 2026-06-10 2 --no-journal 'Anna Smith was tired'
rec 2026-06-24 3 --no-journal 'Anna Smith was tired' --procedure own
f=$T/s/sub-P012/ses-01/sub-P012_ses-01_algometry.h5
"$A" amend "$f" status rejected --press 2 --why 'Mrs Smith coughed' --who EXAM8 >/dev/null || fail "amend"
"$A" amend "$f" note 'sister of Bob' --why 'told me' --who EXAM8 >/dev/null || fail "amend"
"$A" points P034 add UTRAP_R --role target --study "$T/s" >/dev/null
"$A" amend "$T/s/sub-P012/ses-02/sub-P012_ses-02_algometry.h5" participant P034 --why 'mixed up' --who EXAM8 >/dev/null || fail "move"
find "$T/s" -type f -exec md5sum {} + | sort >"$T/before"

expect 2 'add --out DIR' "$A" deidentify P012 --study "$T/s"
expect 2 'need a key' "$A" deidentify P012 --study "$T/s" --out "$T/d"
expect 2 'may not lie in the folder' "$A" deidentify P012 --study "$T/s" --out "$T/d" --key "$T/d/key.tsv"
rm -rf "$T/d"
expect 1 'exists already' "$A" deidentify P012 --study "$T/s" --out "$T/s" --key "$T/key.tsv"
umask 0
expect 0 '3 sessions of 2 participants' "$A" deidentify --study "$T/s" --out "$T/d" --key "$T/key.tsv"
umask 022
grep -q '1 files of sessions that were moved' "$T/both" || fail "the moved session is not spoken of"
grep -q "1 procedures' texts" "$T/both" || fail "the own procedure's text is not spoken of"
expect 1 'exists already' "$A" deidentify --study "$T/s" --out "$T/e" --key "$T/key.tsv"
find "$T/s" -type f -exec md5sum {} + | sort >"$T/after"
cmp -s "$T/before" "$T/after" || fail "an original was changed"
[ -z "$(find "$T/d" "$T/key.tsv" -type f ! -perm 600)$(find "$T/d" -type d ! -perm 700)" ] || fail "files are not 0600 or folders not 0700"
expect 0 '3 files: 3 whole' "$A" verify --study "$T/d"

# Every string that identifies, in every byte, attribute, column and name of the copies.
$PY - "$T/d" "$T/s" <<'PY' || failures=$((failures + 1))
import glob, h5py, os, re, sys
new, old = sys.argv[1:]
secret = [b"P012", b"P034", b"EXAM7", b"EXAM8", b"NORDKLINIK", b"Copenhagen", b"Smith", b"coughed", b"Bob", b"told me", b"mixed",
          b"Musterfrau", b"2026-", b"+02:00", old.encode()]
olds = {}
for p in glob.glob(old + "/sub-*/ses-*/*.h5"):
    with h5py.File(p) as f:
        secret += [f.attrs[a].encode() for a in ("uuid", "seal", "header_digest")]
        olds[f["results/ppt_kpa"][:].tobytes()] = p
def everything(f):
    for k, v in f.attrs.items():
        yield k.encode(), str(v).encode()
    names = []
    f.visit(names.append)
    for n in names:
        for k, v in f[n].attrs.items():
            yield n.encode() + b"@" + k.encode(), str(v).encode()
        if isinstance(f[n], h5py.Dataset):
            yield n.encode(), b"\n".join(f[n][:].tolist()) if f[n].dtype.kind == "S" else b""
found, days = [], []
for top, dirs, files in os.walk(new):
    for name in files:
        path = os.path.join(top, name)
        parts = [(b"name", path[len(new):].encode()), (b"bytes", open(path, "rb").read())]
        if name.endswith(".h5"):
            with h5py.File(path) as f:
                parts += list(everything(f))
                days.append((f.attrs["participant"], f.attrs["visit_day"], f.attrs["started"]))
                assert f.attrs["device_address"] == f.attrs["device_serial"] == f.attrs["examiner"] == ""
                assert f["results/ppt_kpa"][:].tobytes() in olds, "thresholds are not those that were measured"
                assert abs(f.attrs["started_unix_s"] + 2208988800 - 16 * 3600 - 17 * 60) % 86400 < 2, f.attrs["started_unix_s"]
        for where, data in parts:
            data = data.replace(b"P012 fits", b"").replace(b"points P012 add", b"")  # examples in shipped texts
            found += [(path, where, s) for s in secret if s in data]
assert not found, found[:5]
assert len(days) == 3
by = {}
for code, day, started in sorted(days):
    assert re.match(r"X00[12]$", code) and started.startswith(day + "T16:17"), (code, started)
    by.setdefault(code, []).append(day)
assert sorted(by.values()) == [["1900-01-01"], ["1900-01-01", "1900-01-22"]], by
PY
expect 0 'P012' cat "$T/key.tsv"
x=$(awk -F'\t' '$1 == "P012" { print $2; exit }' "$T/key.tsv")
expect 0 '1900-01-01 to 1900-01-22 .21 days' "$A" course "$x" --study "$T/d"
expect 0 'X00' "$A" show "$x" --study "$T/d"
expect 0 '1 session of 1 participant in' "$A" deidentify "$f" --out "$T/keep" --keep-codes --keep-procedure
[ -f "$T/keep/sub-P012/ses-01/sub-P012_ses-01_algometry.h5" ] || fail "--keep-codes: another name"
finish
