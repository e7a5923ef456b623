/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv.h - comma-separated rows after RFC 4180: CRLF, a cell in quotes where it holds a separator, a quote
 * or a line end, quotes doubled. UTF-8, decimal point, whatever the locale of the process is.
 *
 * With excel the separator is a semicolon and the decimal mark a comma, as a spreadsheet of a German,
 * French or Turkish machine expects, and the file begins with EF BB BF, by which it knows UTF-8.
 *
 * The guard: a spreadsheet runs a text as a formula when it begins with = + - @, a tab or a line end. Such
 * a text, also behind blanks, and a text that begins with an apostrophe, gets one apostrophe in front:
 * taking one leading apostrophe off every text gives back what it was. Numbers are never guarded.
 */
#ifndef ANA_CSV_H
#define ANA_CSV_H

#include <stdbool.h>
#include <stdio.h>

struct ana_csv {
	FILE *out;      /* borrowed; its errors are the owner's to see */
	bool excel;
	bool in_row;    /* a cell was written since the last row end */
	int failed;     /* ALG_ERR_DATA after an infinite number; 0 */
};

/* The first bytes of a file: nothing, or the mark of UTF-8 with excel. */
const char *ana_csv_begin(bool excel);
/* The next cell. text must be UTF-8; NULL and "" are an empty cell. */
void ana_csv_text(struct ana_csv *csv, const char *text);
/* The shortest text that reads back as the same number; NAN: an empty cell. An infinity is refused: see failed. */
void ana_csv_number(struct ana_csv *csv, double value);
void ana_csv_end_row(struct ana_csv *csv);

#endif
