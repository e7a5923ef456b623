# SPDX-License-Identifier: GPL-3.0-or-later
# Files of formats 1.0 and 1.1 are read to the values they had when they were made, by the program and by h5py, and
# are written again to the same bytes. Files of other versions are refused with their number.
. tests/system/lib.inc
G=tests/golden/format-1.1
M=${BUILD:-build}/tests/make_golden
[ "$(ls tests/golden/format-1.?/*.h5 | wc -l)" = 8 ] || fail "golden files are missing"
for f in tests/golden/format-1.?/*.h5; do
	folder=$(dirname "$f")
	name=$(basename "$f" .h5)
	"$M" dump "$f" >"$T/ours" 2>"$T/err" || fail "$name is not read: $(cat "$T/err")"
	$PY tests/golden/format-1.0/dump.py "$f" >"$T/theirs" || fail "$name is not read by h5py"
	sort "$folder/$name.txt" >"$T/want"
	sort "$T/ours" | cmp -s - "$T/want" || fail "$name: the program reads other values: $(sort "$T/ours" | diff - "$T/want" | head -n 4)"
	sort "$T/theirs" | cmp -s - "$T/want" || fail "$name: h5py reads other values"
	"$M" rewrite "$f" "$T/again.h5" || fail "$name cannot be written again"
	cmp -s "$f" "$T/again.h5" || fail "$name is written to other bytes than when the format was frozen"
done
expect 0 'P012, session 1' "$A" show "$G/sub-P012_ses-01_algometry.h5"
expect 0 'whole ' "$A" verify "$G/sub-P012_ses-01_algometry.h5"
expect 0 'digests agree' $PY docs/readers/check_digests.py "$G/sub-P012_ses-01_algometry.h5"
# The journal of a session that an older program was killed in: it is recovered, and not gone on with in another format.
make_study "$T/study" || fail "no study"
mkdir -p "$T/study/sub-P012/ses-01"
cp tests/golden/format-1.0/sub-P012_ses-01_algometry.journal "$T/study/sub-P012/ses-01/"
chmod 600 "$T/study/sub-P012/ses-01/"*.journal
set -- record P012 --study "$T/study" --device 'sim:hid-scale?seed=7' --clock 2026-03-02T09:40:00+00:00 --yes --plain --no-journal golden
expect 1 'the version of the program' "$A" "$@" --resume
expect 0 'accepted' "$A" "$@" --leave
f=$T/study/sub-P012/ses-01/sub-P012_ses-01_rec-1_algometry.h5
expect 0 'whole .*3 presses' "$A" verify "$f"
expect 0 'digests agree' $PY docs/readers/check_digests.py "$f"
expect 0 'accepted' $PY docs/readers/check_thresholds.py "$f"
expect 0 '^1 0$' $PY -c "import h5py, sys
f = h5py.File(sys.argv[1])
print(f.attrs['format_major'], f.attrs['format_minor'])" "$f"
for version in '1 2' '2 0' '0 1'; do
	set -- $version
	cp "$G/sub-P012_ses-01_algometry.h5" "$T/v.h5"
	$PY -c "import h5py, sys
f = h5py.File(sys.argv[1], 'r+')
f.attrs.modify('format_major', int(sys.argv[2])), f.attrs.modify('format_minor', int(sys.argv[3]))" "$T/v.h5" "$1" "$2"
	expect 4 "format $1.$2" "$A" show "$T/v.h5"
done
finish
