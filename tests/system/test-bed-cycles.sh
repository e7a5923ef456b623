# SPDX-License-Identifier: GPL-3.0-or-later
# Ten random losses and returns of a serial and of a USB gauge in one run of the program each; `make bench` makes a hundred
# of each family, within 2 s each. Here the machine may be busy with other tests: within 4 s.
cd "$(dirname "$0")/../.." && exec /usr/bin/python3 tests/bed/cycles.py -n 10 -m 0.4 -l 4 mark10 hid-scale
