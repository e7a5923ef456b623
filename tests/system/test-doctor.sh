# SPDX-License-Identifier: GPL-3.0-or-later
# `algometer doctor` as shipped, on this machine: whatever it finds, its JSON is whole, its exit code fits what it found,
# a study's folder that cannot be used is a fault, and what was typed wrongly is refused.
. tests/system/lib.inc
make_study "$T/study" || fail "study"

"$A" doctor --json "$T/study" >"$T/json" 2>"$T/err" </dev/null
code=$?
[ -s "$T/err" ] && { fail "it says something beside its JSON"; cat "$T/err"; }
"$PY" - "$T/json" $code <<'P' || fail "the JSON does not fit"
import json, sys
found = json.load(open(sys.argv[1]))
code = int(sys.argv[2])
severities = ["fault", "warning", "note"]
assert isinstance(found, list)
for f in found:
    assert list(f) == ["id", "severity", "where", "what", "remedy", "command"], f
    assert f["severity"] in severities and f["id"] and f["where"] and f["what"].endswith("."), f
    assert f["remedy"].endswith(":") == bool(f["command"]), f
order = [severities.index(f["severity"]) for f in found]
assert order == sorted(order)
assert code in (0, 1, 3) and (code == 0 or "fault" in [f["severity"] for f in found]), code
P

"$A" doctor "$T/study" >"$T/text" 2>&1 </dev/null
[ $? = $code ] || fail "the text's exit code differs from that of the JSON"
"$PY" -c '
import json, sys
text = " ".join(open(sys.argv[1]).read().split())
for f in json.load(open(sys.argv[2])):
    for key in "where", "what", "remedy", "command":
        assert " ".join(f[key].split()) in text, (key, f)' "$T/text" "$T/json" || fail "the text does not tell what the JSON tells"

"$A" doctor --json "$T/nowhere" >"$T/json" 2>&1 </dev/null
code=$?
[ $code = 1 ] || [ $code = 3 ] || fail "a folder that is not there ends with $code"
grep -q '"study-absent"' "$T/json" || fail "a folder that is not there is not told"
grep -q 'study-absent' "$T/text" && fail "a folder that is there is told"

# The study one stands in is looked at without being named.
(cd "$T/study" && "$A" doctor) >"$T/text" 2>&1 </dev/null
grep -q 'disk of the study\|, '"$T/study"':' "$T/text" || { fail "the study around is not looked at"; cat "$T/text"; }
(cd "$T" && "$A" doctor) >"$T/text" 2>&1 </dev/null
grep -q 'disk of the study' "$T/text" && fail "a study is looked at where there is none"

echo 'kind: [' >"$T/study/study.yaml"
"$A" doctor "$T/study" >"$T/text" 2>&1 </dev/null
code=$?
[ $code = 1 ] || [ $code = 3 ] || fail "a study.yaml that cannot be read ends with $code"
grep -q '^algometer: error: .*study.yaml:[12]:' "$T/text" || { fail "a study.yaml that cannot be read is not told"; cat "$T/text"; }

expect 2 'unknown option' "$A" doctor --fix
expect 2 'takes one folder' "$A" doctor "$T" "$T/study"
expect 2 'takes one folder' "$A" doctor "$T" --study "$T/study"
finish
