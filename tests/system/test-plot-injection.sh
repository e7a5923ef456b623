# SPDX-License-Identifier: GPL-3.0-or-later
# Labels of a study's own sites, doses of treatments, the MDC's source, a reason and file names are
# attempts to run a command: nothing may come of them, and they stand in the picture as they are.
. tests/system/lib.inc
command -v gnuplot >/dev/null || { echo "gnuplot is not installed"; exit 77; }
S=$T/study
mkdir "$T/cwd" && cd "$T/cwd" || exit 1
"$A" init "$S" --id test >/dev/null || fail "init"
header=$(grep '^code' "$ALGOMETER_DATA/sites/sites.tsv")
cell() { # value of a column of a made-up site
	case $1 in
	code) printf %s "$2" ;; label) printf %s "$3" ;; muscle) printf m ;; side) printf R ;; view) printf posterior ;;
	x) printf 0.6 ;; y) printf %s "$4" ;; landmark) printf %s "$3" ;; ceiling_kpa) printf 1000 ;; posture) printf sitting ;;
	source) printf test ;;
	esac
}
{
	printf '%s\n' "$header"
	n=0
	while IFS= read -r label; do
		n=$((n + 1))
		sep=
		for column in $(printf '%s' "$header" | tr '\t' ' '); do
			printf '%s' "$sep"
			cell "$column" "HOST${n}_R" "$label" "0.$((n + 1))"
			sep=$(printf '\t')
		done
		echo
	done <<'L'
a`touch pwned1`b
"; system("touch pwned2") #
'; system('touch pwned3') #
@cmd {/Bold b}_x^y \140touch pwned4\140
EOD; !touch pwned5; $(touch pwned6)
L
} >"$S/sites.tsv"
for n in 1 2 3 4 5; do
	expect 0 . "$A" points P012 add "HOST${n}_R" --role target --study "$S"
done
for day in 02 09; do
	expect 0 'accepted' "$A" record P012 --study "$S" --device "sim:mark10?seed=3" --clock "2026-03-${day}T09:30:00+01:00" --yes
done
printf 'date\tmodality\ttarget_site\tdose\tnote\n2026-03-05\tdry-needling\tHOST1_R\t`touch pwned7`"; !touch pwned8\t\n' \
	>"$S/treatments/sub-P012_treatments.tsv"
ls "$S/treatments" >/dev/null
set -- $(find "$S" -name '*.h5' | sort)
source='`touch pwned9` "; system("touch pwned10") @x'
mkdir 'o`touch pwned11`"; !touch pwned12 #' out
for form in svg pdf png; do
	for kind in "course P012" "slope $1 $2" "forest $1 $2" "rate $1" "rate P012" "bodymap $1 $2" "bodymap $1" "trace $1 --press 1"; do
		expect 0 . "$A" plot $kind --study "$S" --mdc 57 --mdc-source "$source" \
			--out "o\`touch pwned11\`\"; !touch pwned12 #/\$(touch pwned13)|touch pwned14.$form"
		rm 'o`touch pwned11`"; !touch pwned12 #'/* # another kind's table would not be replaced
		name=$(echo "$kind" | tr -c 'a-zA-Z0-9\n' _ | sed 's/.*\(course\|slope\|forest\|rate\|bodymap\|trace\).*/\1/')
		expect 0 . "$A" plot $kind --study "$S" --mdc 57 --mdc-source "$source" --out "out/$name-$(echo $kind | wc -w).$form"
	done
done
for kind in "course P012" "slope $1 $2" "forest $1 $2" "rate $1" "rate P012" "bodymap $1" "trace $1"; do
	expect 0 . "$A" plot $kind --study "$S" --mdc 57 --mdc-source "$source"
done
made=$(find "$T" -name 'pwned*' | head)
[ -z "$made" ] || fail "a text ran a command: $made"
ls | grep -v '^o' && fail "something else was made here"
"$PY" - out/*.svg <<'P' || fail "a text does not stand in the picture as it is"
import glob, sys, xml.dom.minidom
all = ""
for path in sys.argv[1:]:
    doc = xml.dom.minidom.parse(path)
    all += " ".join("".join(n.data for n in t.childNodes) for t in doc.getElementsByTagName("text")) + "\n"
for want in ('a`touch pwned1`b', '"; system("touch pwned2") #', "'; system('touch pwned3') #", "@cmd {/Bold b}_x^y", '`touch pwned9`', 'touch pwned7'):
    assert want in all, want
P
finish
