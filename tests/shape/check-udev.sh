#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The committed udev rules are what their generator prints out of the registry; they are rules by udev's
# grammar; ids are lower-case hex; no rule claims a generic USB-serial chip by its id alone.
set -eu
bad=0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"${BUILD:-build}/gen_rules" >"$dir/rules"
diff -u udev/70-algometer.rules "$dir/rules" || { echo "udev/70-algometer.rules: run 'make docs'"; bad=1; }
if grep -v '^#' udev/70-algometer.rules | grep -nE '"(0403|067b|10c4|1a86)"'; then
	echo "^ a generic bridge is claimed by its id"
	bad=1
fi
if grep -nE 'id(Vendor|Product)}=="[0-9a-f]*[^0-9a-f"]' udev/70-algometer.rules; then
	echo "^ udev compares text: four lower-case hex digits"
	bad=1
fi

# Strict: what our rules use of udev(7), and no more. The lines to copy are rules as well.
cat >"$dir/grammar.py" <<'PY'
import re, sys
MATCH = {"ACTION", "SUBSYSTEM", "DRIVER", "KERNELS", "ATTR", "ATTRS", "ENV"}
ASSIGN = {"TAG": {"+="}, "ENV": {"="}, "ATTR": {"="}, "SYMLINK": {"+="}, "RUN": {"+="}, "GOTO": {"="}, "LABEL": {"="}}
BRACED = {"ATTR", "ATTRS", "ENV"}
term = re.compile(r'([A-Z]+)(?:\{([A-Za-z_/]+)\})?(==|!=|\+=|=)"([^"\\]*)"')
errors, labels, jumps = [], {}, []
for n, line in enumerate(open(sys.argv[1]), 1):
    line = line.rstrip("\n")
    if line.startswith("#SUBSYSTEM"):
        line = line[1:]
    if not line or line.startswith("#"):
        continue
    at, assigned, keys = 0, False, []
    while True:
        m = term.match(line, at)
        if not m:
            errors.append(f"{n}: no KEY OPERATOR \"VALUE\" at: {line[at:]}")
            break
        key, brace, op, value = m.groups()
        keys.append(key)
        if (brace is not None) != (key in BRACED):
            errors.append(f"{n}: {key} and braces")
        if op in ("==", "!="):
            if key not in MATCH: errors.append(f"{n}: {key} is not compared")
            if assigned: errors.append(f"{n}: compares after it has set something")
        else:
            assigned = True
            if op not in ASSIGN.get(key, ()): errors.append(f"{n}: {key} is not set by {op}")
        if not value: errors.append(f"{n}: {key} has no value")
        if re.search(r'[$%](?!attr\{[a-z]+\})', value): errors.append(f"{n}: unknown substitution in {value}")
        if value.count("'") % 2: errors.append(f"{n}: a quote is left open in {value}")
        if key == "LABEL":
            if value in labels: errors.append(f"{n}: label {value} twice")
            labels[value] = n
        if key == "GOTO": jumps.append((n, value))
        at = m.end()
        if at == len(line): break
        if line[at:at + 2] != ", ":
            errors.append(f"{n}: no comma at: {line[at:]}")
            break
        at += 2
    if "LABEL" in keys and keys != ["LABEL"]: errors.append(f"{n}: a label stands alone")
for n, name in jumps:
    if labels.get(name, 0) <= n: errors.append(f"{n}: GOTO {name}: no such label further down")
for name, n in labels.items():
    if name not in [j for _, j in jumps]: errors.append(f"{n}: nobody goes to {name}")
print("\n".join(errors))
sys.exit(bool(errors))
PY
/usr/bin/python3 "$dir/grammar.py" udev/70-algometer.rules || { echo "^ udev/70-algometer.rules: not rules"; bad=1; }
# The check itself: each of these damages is found.
for damage in 's/TAG+=/TAG=/' 's/"uaccess"/"uaccess/' 's/, GOTO/ GOTO/' 's/^LABEL="algometer_tty"/LABEL="other"/' 's/==/=~/' \
	's/ATTR{idVendor}/ATTR/' 's/ENV{DEVTYPE}==/ENV{DEVTYPE}+=/' 's/^LABEL=/NAME=/' 's/"on"/"$on"/' 's/uaccess"/&, ACTION=="add"/'; do
	sed "$damage" udev/70-algometer.rules >"$dir/damaged"
	if /usr/bin/python3 "$dir/grammar.py" "$dir/damaged" >"$dir/said" 2>&1; then
		echo "not found: $damage"
		bad=1
	fi
done
if udevadm verify --help >/dev/null 2>&1; then # systemd 254 and later
	udevadm verify --no-style udev/70-algometer.rules || { echo "^ udevadm verify"; bad=1; }
fi
exit $bad
