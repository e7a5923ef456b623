/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plot_rate.h - between plot_rate.c (what is counted, words, table) and plot_rate_draw.c (the page and
 * the terminal). Not for others.
 */
#ifndef ANA_PLOT_RATE_H
#define ANA_PLOT_RATE_H

#include "analysis/plot_rows.h"

/* One press with a rate. */
struct ana_rate_dot {
	const struct ana_point *point;
	const struct ana_press *press;
	size_t visit;
	int off;               /* +1 too fast, -1 too slow, 0 inside or not counted */
	bool counted;          /* accepted */
};

/* One press of a session, or one session of a course. */
struct ana_rate_column {
	size_t first, n;       /* dots */
	double target_kpa_s, corridor; /* NAN: the session has no target rate */
	double mean_kpa_s;     /* of the counted dots; NAN when there is none */
	double share;          /* 0..1: mean of the counted dots, of the only dot in any case; NAN */
	size_t n_counted, n_fast, n_slow;
	char label[80], flag[48]; /* flag: "", or "too fast" */
};

struct ana_rates {
	struct ana_plot *plot;
	bool simulated, course; /* course: columns are sessions */
	struct ana_rate_dot *dot;       /* in order of visit and press; owned */
	size_t n_dots;
	struct ana_rate_column *column; /* owned */
	size_t n_columns;
	struct ana_rate_column all;     /* the counts over everything */
	double top_kpa_s;      /* of the axis */
	char summary[ANA_ROWS_TEXT_MAX], caption[ANA_ROWS_TEXT_MAX];
};

bool ana_rate_has_target(const struct ana_rate_column *column);
void ana_rate_picture(const struct ana_rates *rates);
void ana_rate_terminal(const struct ana_rates *rates);

#endif
