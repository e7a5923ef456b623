/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * text.h - pages for a terminal or a text file, made in memory: lines, wrapped paragraphs, tables.
 *
 * Everything goes through alg_text_clean, so a label from a file cannot move the cursor; widths are
 * counted in characters as a terminal draws them, not in bytes. Lines end in "\n". Out of memory is
 * remembered: ana_text_ok says so at the end, nothing in between needs a check.
 */
#ifndef ANA_TEXT_H
#define ANA_TEXT_H

#include "analysis/compare.h"

#include <stdbool.h>
#include <stddef.h>

enum { ANA_TEXT_WIDTH = 80 };

struct ana_text {
	char *data; /* NUL-terminated after the first line; owned */
	size_t len, cap;
	bool failed;
};

void ana_text_line(struct ana_text *text, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Wrapped at ANA_TEXT_WIDTH; the lines after the first are indented by indent blanks. */
void ana_text_para(struct ana_text *text, int indent, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
bool ana_text_ok(const struct ana_text *text);
void ana_text_free(struct ana_text *text);
/* Columns that cleaned UTF-8 takes on a terminal. */
size_t ana_text_width(const char *utf8);

/* Cells are added in reading order. The first column is aligned left and gives way when the table is too wide. */
struct ana_grid {
	size_t columns;
	char **cell; /* owned */
	size_t n, cap;
	const char *align; /* one 'l' or 'r' a column, static */
	bool failed;
};

void ana_grid_start(struct ana_grid *grid, const char *align);
void ana_grid_cell(struct ana_grid *grid, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Empty cells to the end of the row. */
void ana_grid_end_row(struct ana_grid *grid);
/* Prints with two blanks before every column and frees the grid. */
void ana_grid_print(struct ana_grid *grid, struct ana_text *text);

/*
 * Numbers as they are shown: whole kPa and percent, because the measurement error is tens of kPa. A
 * bound is rounded so that it stays true (">553" for more than 553.7). "-" when there is none.
 */
enum { ANA_NUMBER_MAX = 24 };
/* For "%+.1f": 0 where it would show "-0.0". */
double ana_tenths(double value);
void ana_kpa_text(char out[ANA_NUMBER_MAX], double kpa, bool bound);
void ana_change_text(char out[ANA_NUMBER_MAX], const struct ana_change *change);
/* "+3 to +117", on the log10 scale "+1 % to +60 %"; "-" when there is none. */
void ana_interval_text(char out[ANA_NUMBER_MAX], const struct ana_change *change);
void ana_percent_text(char out[ANA_NUMBER_MAX], const struct ana_change *change);
/* "0.70", ">0.70" and "<0.70" beside a ceiling, "?" with two, "-" without a value. */
void ana_ratio_text(char out[ANA_NUMBER_MAX], const struct ana_side *side);
#define ANA_SIDE_HEADING "Side ratio (affected / other side; below 1: the affected side is the more tender)"
/* "rose > error", "within error", ...; "" when not judged. */
const char *ana_verdict_text(enum ana_verdict verdict);
/* "rose by more than measurement error", "not distinguishable from measurement error", ...; "" when not judged. */
const char *ana_finding_text(enum ana_verdict verdict);
/* "missing: skipped", "rejected: examiner", "not measured"; "" when it has a value. */
void ana_missing_text(char *out, size_t cap, const struct ana_point *point);
/* "* [2] Upper trapezius (left)": primary, series above 1, label (else the site code). */
void ana_point_text(char *out, size_t cap, const struct ses_point *point);
/* Text of a file column (\uXXXX escapes) as UTF-8; as it stands when the escapes are broken. */
void ana_plain_text(char *out, size_t cap, const char *escaped);
/* Heading of a role in tables: "target points". */
const char *ana_role_text(enum ses_role role);
/* What the numbers are of, wherever they are named: "PPT" or "PTT"; "pressure-pain threshold" or "pressure-pain tolerance". */
const char *ana_measure_short(enum ses_measure measure);
const char *ana_measure_name(enum ses_measure measure);
/* The banner over everything simulated. */
void ana_simulated_text(struct ana_text *text);
/* What changes were held against, or that nothing is known. */
void ana_basis_text(struct ana_text *text, const struct ana_errors *errors, const struct ana_basis *basis);
/* "2 of 5 points rose and 1 fell by more than measurement error; about 0.25 would by chance." */
void ana_tally_text(char *out, size_t cap, const struct ana_tally *tally);

#endif
