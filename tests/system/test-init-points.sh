#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# init and points as they are typed: what is printed, what is written, what is refused and with which exit code.
set -u
dir=$(mktemp -d)
trap 'chmod -R u+w "$dir"; rm -rf "$dir"' EXIT
case $BUILD in /*) bin=$BUILD/algometer ;; *) bin=$PWD/$BUILD/algometer ;; esac
here=$PWD
unset ALGOMETER_DATA
bad=0
rc=0

run() { # arguments: the program's output is in out and err, its exit code in rc
	rc=0
	"$bin" "$@" >"$dir/out" 2>"$dir/err" || rc=$?
}
fail() {
	echo "FAILED: $*"
	echo "  exit $rc"
	sed 's/^/  out: /' "$dir/out"
	sed 's/^/  err: /' "$dir/err"
	bad=1
}
is() { # legend, exit code, pattern in out or err ("" for any)
	[ $rc = "$2" ] || fail "$1: exit code $2 was expected"
	[ -z "$3" ] || grep -q -- "$3" "$dir/out" "$dir/err" || fail "$1: '$3' was expected"
	if [ "$2" != 0 ]; then
		[ "$(grep -c '^algometer: error:' "$dir/err")" = 1 ] || fail "$1: one error sentence was expected"
		[ ! -s "$dir/out" ] || fail "$1: nothing was expected on standard output"
	fi
}
absent() { # legend, path
	[ ! -e "$2" ] || fail "$1: $2 was made"
}

cd "$dir" || exit 1
# ---- init
run init clinic --centre north --examiner E1 --device 'sim:mark10?seed=1' --zone UTC
is "init" 0 "algometer points P012 add UTRAP_R --study clinic"
is "init" 0 "algometer record P012 --study clinic"
for f in study.yaml participants.tsv .bidsignore procedures calibration treatments; do
	[ -e clinic/$f ] || fail "init: no $f"
done
[ "$(stat -c %a clinic/study.yaml)" = 600 ] || fail "init: study.yaml is readable by others"
head -n 1 clinic/study.yaml | grep -qx 'algometer: study 1' || fail "init: the first line"
cp clinic/study.yaml before
run init clinic --id other
is "init over a study" 1 "is a study already"
cmp -s before clinic/study.yaml || fail "init changed a study"
run init "a b/Großer 'Kreis'" --zone UTC
is "init in a folder with blanks" 0 "--study 'a b/Großer '\\\\''Kreis'\\\\'''"
grep -q "^id: 'Gro-er-Kreis'" "a b/Großer 'Kreis'/study.yaml" || fail "init: the id made from a folder"
mkdir inside && (cd inside && "$bin" init . --zone UTC >/dev/null 2>&1 && grep -q "^id: 'inside'" study.yaml) ||
	fail "init of the current folder"
run --json init x
is "a word before the command" 2 "unknown command"
run init json --json --zone UTC
is "init --json" 0 '"id":.*"json"'
run init
is "init without a folder" 2 "one folder is needed"
run init a b
is "init of two folders" 2 "one folder is needed"
run init new --tip-area 0,5
is "tip area with a comma" 2 "'0,5' is not a number"
run init new --tip-area 100
is "tip area in mm2" 2 "from 0.05 to 10"
run init new --zone Mars/Olympus
is "unknown zone" 2 "time zone 'Mars/Olympus'"
run init new --procedure acr1991
is "unknown procedure" 2 "known: acr1990 dfns-ppt hold-rating myofascial-quick threshold-tolerance upper-body"
run init new --examiner 'Dr. Who'
is "examiner's name" 2 "examiner"
run init new --id ../x
is "id with a slash" 2 "letters, digits"
run init new --centre "$(printf 'a\nb')"
is "two lines in a setting" 2 "one line of text"
run init new --colour red
is "unknown option" 2 "unknown option '--colour'"
absent "what was refused" new
touch file
run init file/new --zone UTC
is "init below a file" 1 "file"

# ---- points
cd clinic || exit 1
run points P012
is "no points yet" 0 "P012 has no points yet"
absent "listing" sub-P012
run points Maria add UTRAP_R
is "a name" 2 "participant 'Maria' is not a code"
absent "a name" sub-Maria
run points ../P012 add UTRAP_R
is "a path" 2 "is not a code"
run points P012 add UTRPA_R
is "unknown site" 2 "did you mean .*UTRAP_R"
run points P012 add QWERTYUIOP
is "a site far from any" 2 "unknown site 'QWERTYUIOP'"
run points P012 add UTRAP_R --along 10mm
is "offset with a unit" 2 "'10mm' is not a number"
run points P012 add UTRAP_R --taut-band maybe
is "finding" 2 "'maybe' is not y or n"
run points P012 add UTRAP_R --role remote
is "role" 2 "one of target, contralateral, control"
run points P012 add UTRAP_R --posture "$(printf 'x\033[2J')"
is "escape sequence" 2 "option --posture: 'x.x1B.2J'"
absent "what was refused" sub-P012
run points P012 add UTRAP_R --primary --along 10 --across -2.5 --taut-band y --referred n --twitch n --familiar y --activity active
is "add" 0 "from there +10 mm along, -2.5 mm across the fibres"
is "add" 0 "trigger point active, taut band yes, referred pain no"
run points P012 add UTRAP_R
is "add twice" 1 "P012 has UTRAP_R already (series 1)"
run points P012 move LEV_R --along 5
is "move what is not there" 1 "P012 has no point LEV_R"
run points P012 move UTRAP_R
is "move to nowhere" 2 "say where to"
run points P012 move UTRAP_R --along 15
is "move" 0 "series 2"
run points P012 set UTRAP_R --activity latent
is "set" 0 "trigger point latent"
run points P012 set UTRAP_R --along 3
is "set another place" 2 "use 'points CODE move SITE'"
run points P012 set UTRAP_R
is "set nothing" 2 "say what"
run points P012 add TA_R --role control
is "the first control point" 0 "in place of the procedure's"
run points P012 add FDI_R --role control --primary
is "a primary control point" 2 "only a target"
run points P012
is "list" 0 "from there +15 mm along, -2.5 mm across the fibres"
is "list" 0 "earlier series kept in points.tsv: 1"
[ "$(wc -l <sub-P012/points.tsv)" = 4 ] || fail "list: the table has not four lines"
printf 'UTRAP_R\tR\t1\ttarget\ty\t10\t-2.5\tsitting\ty\tn\tn\ty\tactive\n' >want
sed -n 2p sub-P012/points.tsv | cut -f 1-13 | cmp -s - want || fail "list: the old series did not stay as it was"
[ "$(grep -c '^sub-P012' participants.tsv)" = 1 ] || fail "participants.tsv"
run points P012 --json
is "list --json" 0 '"current":.*false'
run points P012 add
is "no site" 2 "a site is needed"
run points P012 remove UTRAP_R
is "no such verb" 2 "add, move or set"
run points
is "nobody" 2 "whose points"
run points --sites masseter
is "site table" 0 "^MASS_R .*600 kPa"
[ "$(grep -c kPa "$dir/out")" = 4 ] || fail "site table: four masseter points were expected"
run points --sites ACR1990
[ "$(grep -c kPa "$dir/out")" = 18 ] || fail "site table: the 18 of ACR 1990 were expected"
run points --sites
[ "$(grep -c kPa "$dir/out")" = 165 ] || fail "site table: 165 sites were expected"
run points --sites zzz
is "no such site" 2 "unknown site 'zzz'"
run points --procedures
is "procedures" 0 "5 points, 3 rounds, about 6 min"

# ---- tables and settings that somebody edited
printf 'code\tlabel\tmuscle\tside\tview\tx\ty\tlandmark\tceiling_kpa\tposture\nMINE_L\tMine\tm\tL\tanterior\t0,6\t0.5\there\t300\tsitting\n' >sites.tsv
run points P012 add MINE_L
is "comma in the own sites" 1 "clinic.*sites.tsv:2: column 'x': '0,6'"
sed -i 's/0,6/0.6/' sites.tsv
run points P012 add MINE_L
is "an own site" 0 "MINE_L"
rm sites.tsv
run points P012
is "a site that is gone" 1 "points.tsv:5: column 'site': unknown site 'MINE_L'"
sed -i '$d' sub-P012/points.tsv
sed 's/^tip_area_cm2:.*/tip_area_cm2: 0,5/' study.yaml >../before && cp ../before study.yaml
run points P012
is "YAML error" 1 "study.yaml:[0-9]*:15: tip_area_cm2: '0,5'"
sed -i 's/0,5/0.5/' study.yaml
cd ..
run points P012
is "outside a study" 1 "no study here"
run points P012 --study clinic
is "--study" 0 "P012 has 2 points"
run points P012 --study nowhere
is "--study nowhere" 1 "nowhere: no study here"

# ---- a study that may only be read, as somebody who is not root
as_nobody=
if [ "$(id -u)" = 0 ]; then
	command -v setpriv >/dev/null || { echo "no setpriv: cannot become somebody else"; exit 77; }
	as_nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
	# nobody may not be able to look into the folder of the program
	mkdir -p share && cp "$bin" share/algometer && cp -r "$here/sites" "$here/procedures" share/
	bin=$dir/share/algometer
	export ALGOMETER_DATA="$dir/share"
	chmod -R a+rX .
	chmod 777 "$dir"
fi
chmod -R a+rX,a-w clinic
run_as() {
	rc=0
	$as_nobody "$bin" "$@" >"$dir/out" 2>"$dir/err" || rc=$?
}
run_as points P012 --study clinic
is "read-only: list" 0 "P012 has 2 points"
run_as points P012 add LEV_R --study clinic
is "read-only: add" 1 "sub-P012/points.tsv: cannot be written: Permission denied"
run_as points P013 add LEV_R --study clinic
is "read-only: a new participant" 1 "sub-P013: folder cannot be made: Permission denied"
absent "read-only" clinic/sub-P013
run_as init clinic/sub-P012/x --zone UTC
is "read-only: init" 1 "folder cannot be made: Permission denied"
chmod 000 clinic/study.yaml
run_as points P012 --study clinic
is "unreadable settings" 1 "study.yaml: cannot be opened: Permission denied"

# ---- it runs out of an installed tree, wherever that stands
unset ALGOMETER_DATA
mkdir -p moved/bin moved/share/algometer
cp "$bin" moved/bin/algometer
cp -r "$here/procedures" moved/share/algometer/
mkdir moved/share/algometer/sites
sed 's/^STERN\t/STERNX\t/' "$here/sites/sites.tsv" >moved/share/algometer/sites/sites.tsv
bin=$dir/moved/bin/algometer
run points --sites STERNX
is "data beside the program" 0 "^STERNX"
export ALGOMETER_DATA="$dir/nothing"
run points --sites
is "no data" 1 "sites/sites.tsv: not found beside the program"
[ $bad = 0 ] && echo "all as expected"
exit $bad
