/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/csv.h"

#include "base/status.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

const char *ana_csv_begin(bool excel)
{
	return excel ? "\xEF\xBB\xBF" : "";
}

static char separator(const struct ana_csv *csv)
{
	return csv->excel ? ';' : ',';
}

static void next_cell(struct ana_csv *csv)
{
	if (csv->in_row)
		fputc(separator(csv), csv->out);
	csv->in_row = true;
}

static bool needs_guard(const char *text)
{
	text += strspn(text, " ");
	return *text && strchr("=+-@\t\r\n'", *text) != NULL;
}

void ana_csv_text(struct ana_csv *csv, const char *text)
{
	const char special[] = {separator(csv), '"', '\r', '\n', '\0'};
	bool quoted = text && strpbrk(text, special) != NULL;

	next_cell(csv);
	if (!text)
		return;
	if (quoted)
		fputc('"', csv->out);
	if (needs_guard(text))
		fputc('\'', csv->out);
	for (; *text; text++) {
		if (*text == '"')
			fputc('"', csv->out);
		fputc(*text, csv->out);
	}
	if (quoted)
		fputc('"', csv->out);
}

void ana_csv_number(struct ana_csv *csv, double value)
{
	char text[ALG_NUMBER_TEXT_MAX], *point;

	next_cell(csv);
	if (isinf(value))
		csv->failed = ALG_ERR_DATA;
	alg_text_number(text, value);
	point = csv->excel ? strchr(text, '.') : NULL;
	if (point)
		*point = ',';
	fputs(text, csv->out);
}

void ana_csv_end_row(struct ana_csv *csv)
{
	fputs("\r\n", csv->out);
	csv->in_row = false;
}
