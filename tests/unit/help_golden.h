/* SPDX-License-Identifier: GPL-3.0-or-later */
/* help_golden.h - a text held against tests/golden/NAME. */
#ifndef TEST_HELP_GOLDEN_H
#define TEST_HELP_GOLDEN_H

/*
 * Fails the test, with the whole text shown, unless text is the file. With GOLDEN_UPDATE=1 in the
 * environment the file is written instead: read the difference before it is committed.
 */
void help_golden(const char *name, const char *text);

#endif
