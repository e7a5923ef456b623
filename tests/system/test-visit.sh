# SPDX-License-Identifier: GPL-3.0-or-later
# A therapist's visits through a real terminal, by the wall clock: alone without a button, the wrong side, the wrong
# patient, a phone call, before and after, a gauge that dies, the power that goes, a patient who stops, a blinded
# session, precautions, sound. What is on the screen and what is in the file (tests/system/visit.py).
. tests/system/lib.inc
"$PY" tests/system/visit.py "$A" "$T" || fail "visits"
finish
