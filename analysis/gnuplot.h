/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gnuplot.h - runs gnuplot as a program over a script in memory, and checks what it gives back.
 *
 * No shell, no file names: the script goes in by an anonymous file on standard input, the picture
 * comes back by another on standard output. `-d` and a clean environment keep the person's own
 * gnuplot and fontconfig settings out, so the same script gives the same bytes.
 */
#ifndef ANA_GNUPLOT_H
#define ANA_GNUPLOT_H

#include "base/log.h"

#include <stddef.h>

#define ANA_GNUPLOT_TIMEOUT_S 20.0

/*
 * Runs the script. *out is what gnuplot wrote (NUL after *out_len bytes, the caller frees), or NULL
 * on failure: gnuplot not found on PATH (absolute folders only), a non-zero exit (its own words are
 * said), nothing written, or longer than timeout_s (> 0), after which it is killed. Warnings of a
 * run that went well are said as a warning. One caller at a time per thread; blocks.
 */
int ana_gnuplot_run(
	const char *script, size_t len, double timeout_s, char **out, size_t *out_len, struct alg_log *log);

#endif
