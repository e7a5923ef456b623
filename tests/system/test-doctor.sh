# SPDX-License-Identifier: GPL-3.0-or-later
# The doctor on the machine that runs the tests: whatever it finds, it says it in words and in valid JSON,
# with an exit code that fits, and a study that cannot be used is named.
. tests/system/lib.inc
"$A" doctor >"$T/out" 2>"$T/err"
code=$?
case $code in 0 | 1 | 3) ;; *) fail "exit $code: $(cat "$T/err")" ;; esac
"$A" doctor --json >"$T/json" 2>"$T/err"
[ $? = $code ] || fail "another exit code with --json"
/usr/bin/python3 - "$T/json" "$T/out" <<'EOF' || fail "text and JSON differ"
import json, sys
report = json.load(open(sys.argv[1]))
text = open(sys.argv[2]).read()
for f in report["findings"]:
    assert f["severity"] in ("fault", "warning", "note") and f["id"], f
    assert f["what"] in text and f["remedy"] in text and f["where"] in text, f
assert report["usable"] <= report["gauges"]
EOF
"$A" doctor "$T/nowhere" >"$T/out" 2>&1
[ $? = 1 ] || fail "a study that is not there: exit code"
grep -q "There is no such folder" "$T/out" || fail "a study that is not there is not told: $(cat "$T/out")"
"$A" doctor --loud >"$T/out" 2>&1
[ $? = 2 ] || fail "an unknown option: exit code"
"$A" doctor a b >"$T/out" 2>&1
[ $? = 2 ] || fail "two studies: exit code"
finish
