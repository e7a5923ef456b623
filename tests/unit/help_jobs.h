/* SPDX-License-Identifier: GPL-3.0-or-later */
/* help_jobs.h - tests that keep real time mostly wait: each in a process of its own, all at once. */
#ifndef TEST_HELP_JOBS_H
#define TEST_HELP_JOBS_H

#include "assert_close.h"

/*
 * Runs every test, shows in order what they said; 1 when any failed. For main() to return. Where the machine is
 * slow (valgrind), the environment's JOBS_AT_ONCE says how many of them side by side.
 */
int help_jobs_run(const struct CMUnitTest *tests, size_t n);

#endif
