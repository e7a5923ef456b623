/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/tsv.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int line_error(const struct ses_tsv *tsv, size_t line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static int line_error(const struct ses_tsv *tsv, size_t line, const char *fmt, ...)
{
	char what[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	return alg_fail(tsv->log, MSG_TSV, tsv->name, line, what);
}

int ses_tsv_error(const struct ses_tsv *tsv, size_t row, size_t column, const char *fmt, ...)
{
	char what[512];
	va_list args;

	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	return alg_fail(tsv->log, MSG_TSV_COLUMN, tsv->name, tsv->line[row], tsv->columns[column].name, what);
}

/* Cuts the next line off *at, without its line end; NULL at the end of the text. */
static char *next_line(char **at)
{
	char *line = *at, *end;

	if (!*line)
		return NULL;
	end = strchr(line, '\n');
	*at = end ? end + 1 : line + strlen(line);
	if (!end)
		return line;
	*end = '\0';
	if (end > line && end[-1] == '\r')
		end[-1] = '\0';
	return line;
}

/* Cuts a line into fields in place; the number there are, of which only cap are stored. */
static size_t cut_fields(char *line, char **field, size_t cap)
{
	size_t n = 0;

	for (;;) {
		char *tab = strchr(line, '\t');

		if (n < cap)
			field[n] = line;
		n++;
		if (!tab)
			return n;
		*tab = '\0';
		line = tab + 1;
	}
}

static int column_index(const struct ses_tsv *tsv, const char *name)
{
	for (size_t i = 0; i < tsv->n_columns; i++)
		if (strcmp(tsv->columns[i].name, name) == 0)
			return (int)i;
	return -1;
}

static int read_header(struct ses_tsv *tsv, char *line, size_t number, bool others)
{
	char *field[SES_TSV_COLUMNS_MAX];
	bool seen[SES_TSV_COLUMNS_MAX] = {false};

	tsv->n_fields = cut_fields(line, field, SES_TSV_COLUMNS_MAX);
	if (tsv->n_fields > SES_TSV_COLUMNS_MAX)
		return line_error(tsv, number, "%zu columns are more than the %d allowed", tsv->n_fields, SES_TSV_COLUMNS_MAX);
	for (size_t i = 0; i < tsv->n_fields; i++) {
		int to = tsv->field_column[i] = column_index(tsv, field[i]);

		if (to < 0 && !others)
			return line_error(tsv, number, "unknown column '%.60s' (the columns are named in the first line)", field[i]);
		for (size_t j = 0; j < i; j++)
			if (strcmp(field[i], field[j]) == 0)
				return line_error(tsv, number, "column '%.60s' is there twice", field[i]);
		if (to >= 0)
			seen[to] = true;
	}
	for (size_t i = 0; i < tsv->n_columns; i++)
		if (tsv->columns[i].required && !seen[i])
			return line_error(tsv, number, "column '%s' is missing", tsv->columns[i].name);
	return 0;
}

static int read_row(struct ses_tsv *tsv, char *line, size_t number)
{
	char *field[SES_TSV_COLUMNS_MAX];
	size_t n = cut_fields(line, field, SES_TSV_COLUMNS_MAX);
	const char **cell = tsv->cell + tsv->n_rows * tsv->n_columns;

	if (n != tsv->n_fields)
		return line_error(tsv, number, "%zu fields where the header has %zu (fields are separated by one tab)", n,
			tsv->n_fields);
	for (size_t i = 0; i < tsv->n_columns; i++)
		cell[i] = "";
	for (size_t i = 0; i < n; i++)
		if (tsv->field_column[i] >= 0)
			cell[tsv->field_column[i]] = strcmp(field[i], "n/a") == 0 ? "" : field[i];
	tsv->line[tsv->n_rows++] = number;
	return 0;
}

static size_t count_lines(const char *text)
{
	size_t n = 1;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

/* Tabs part fields; any other control character, and what is not UTF-8, has no business here. */
static int check_line(const struct ses_tsv *tsv, const char *line, size_t number)
{
	for (;;) {
		size_t len = strcspn(line, "\t");

		if (!alg_text_is_clean(line, len))
			return line_error(tsv, number, "control characters, or text that is not UTF-8");
		if (!line[len])
			return 0;
		line += len + 1;
	}
}

static int read_lines(struct ses_tsv *tsv, char *at, bool others)
{
	size_t number = 0;
	char *line;

	while ((line = next_line(&at))) {
		int rc = check_line(tsv, line, ++number);

		if (rc)
			return rc;
		if (tsv->n_fields == 0 && line[0] == '#')
			continue;
		if (!*line && !at[strspn(at, "\r\n")])
			break; /* empty lines at the end */
		rc = tsv->n_fields == 0 ? read_header(tsv, line, number, others) : read_row(tsv, line, number);
		if (rc)
			return rc;
	}
	return tsv->n_fields ? 0 : line_error(tsv, number ? number : 1, "no line that names the columns");
}

int ses_tsv_parse(const char *text, size_t len, const char *name, const struct ses_tsv_column *columns,
	bool others, struct ses_tsv *out, struct alg_log *log)
{
	size_t rows;
	int rc;

	*out = (struct ses_tsv){.columns = columns, .log = log};
	alg_text_copy(out->name, sizeof(out->name), name);
	while (columns[out->n_columns].name)
		out->n_columns++;
	if (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
		text += 3;
		len -= 3;
	}
	if (memchr(text, '\0', len))
		return line_error(out, 1, "holds a zero byte: it is not a text file");
	out->text = malloc(len + 1);
	if (!out->text)
		return alg_fail(log, MSG_NOMEM, name);
	memcpy(out->text, text, len);
	out->text[len] = '\0';
	rows = count_lines(out->text);
	if (rows > SES_TSV_ROWS_MAX) {
		rc = line_error(out, SES_TSV_ROWS_MAX, "more than %d lines", SES_TSV_ROWS_MAX);
		goto out;
	}
	out->line = calloc(rows, sizeof(*out->line));
	out->cell = calloc(rows * out->n_columns, sizeof(*out->cell));
	if (!out->line || !out->cell)
		rc = alg_fail(log, MSG_NOMEM, name);
	else
		rc = read_lines(out, out->text, others);
out:
	if (rc)
		ses_tsv_free(out);
	return rc;
}

int ses_tsv_read(const char *path, const struct ses_tsv_column *columns, bool others, struct ses_tsv *out,
	struct alg_log *log)
{
	char *text = NULL;
	size_t len = 0;
	int rc;

	*out = (struct ses_tsv){.columns = columns};
	rc = alg_file_read(path, SES_TSV_BYTES_MAX, &text, &len, log);
	if (rc)
		return rc;
	rc = ses_tsv_parse(text, len, path, columns, others, out, log);
	free(text);
	return rc;
}

void ses_tsv_free(struct ses_tsv *tsv)
{
	free(tsv->text);
	free(tsv->line);
	free(tsv->cell);
	tsv->text = NULL;
	tsv->line = NULL;
	tsv->cell = NULL;
	tsv->n_rows = 0;
}

const char *ses_tsv_cell(const struct ses_tsv *tsv, size_t row, size_t column)
{
	return tsv->cell[row * tsv->n_columns + column];
}

int ses_tsv_text(const struct ses_tsv *tsv, size_t row, size_t column, bool required, char *out, size_t cap)
{
	const char *cell = ses_tsv_cell(tsv, row, column);

	out[0] = '\0';
	if (required && !*cell)
		return ses_tsv_error(tsv, row, column, "is empty");
	if (!alg_text_copy(out, cap, cell))
		return ses_tsv_error(tsv, row, column, "is longer than %zu bytes", cap - 1);
	return 0;
}

int ses_tsv_time(const struct ses_tsv *tsv, size_t row, size_t column, char *out, size_t cap)
{
	int64_t wall_ns;
	int rc = ses_tsv_text(tsv, row, column, true, out, cap);

	return rc || alg_time_parse(out, &wall_ns) == 0 ? rc
		: ses_tsv_error(tsv, row, column, "'%s' is not a time like 2026-03-02T09:30:00+01:00", out);
}

int ses_tsv_number(const struct ses_tsv *tsv, size_t row, size_t column, bool required, double min, double max,
	double *out)
{
	const char *cell = ses_tsv_cell(tsv, row, column);
	double value;

	if (!*cell)
		return required ? ses_tsv_error(tsv, row, column, "is empty") : 0;
	if (alg_text_to_double(cell, &value))
		return ses_tsv_error(tsv, row, column, "'%.60s' is not a number (with a decimal point, nothing after it)", cell);
	if (value < min || value > max)
		return ses_tsv_error(tsv, row, column, "%s is not within %g to %g", cell, min, max);
	*out = value;
	return 0;
}

int ses_tsv_int(const struct ses_tsv *tsv, size_t row, size_t column, bool required, int min, int max, int *out)
{
	const char *cell = ses_tsv_cell(tsv, row, column);
	int64_t value;

	if (!*cell)
		return required ? ses_tsv_error(tsv, row, column, "is empty") : 0;
	if (alg_text_to_int(cell, min, max, &value))
		return ses_tsv_error(tsv, row, column, "'%.60s' is not a whole number from %d to %d", cell, min, max);
	*out = (int)value;
	return 0;
}

/* ---- writing -------------------------------------------------------------------------------- */

static void put_bytes(struct ses_tsv_text_out *out, const char *text, size_t len)
{
	if (out->failed)
		return;
	if (out->len + len + 1 > out->cap) {
		size_t cap = 2 * (out->len + len) + 256;
		char *bigger = realloc(out->text, cap);

		if (!bigger) {
			out->failed = true;
			return;
		}
		out->text = bigger;
		out->cap = cap;
	}
	memcpy(out->text + out->len, text, len);
	out->len += len;
	out->text[out->len] = '\0';
}

void ses_tsv_put(struct ses_tsv_text_out *out, const char *field, char end)
{
	size_t start = out->len;

	if (!*field)
		field = "n/a";
	put_bytes(out, field, strlen(field));
	for (size_t i = start; !out->failed && i < out->len; i++)
		if (strchr("\t\r\n", out->text[i]))
			out->text[i] = ' ';
	put_bytes(out, &end, 1);
}

void ses_tsv_put_number(struct ses_tsv_text_out *out, double value, char end)
{
	char text[40] = "";

	for (int digits = 6; isfinite(value) && digits <= 17; digits++) { /* from 6: 10 is not 1e+01 */
		snprintf(text, sizeof(text), "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	ses_tsv_put(out, text, end);
}

int ses_tsv_replace(struct ses_tsv_text_out *out, const char *path, struct alg_log *log)
{
	int rc;

	if (out->failed)
		rc = alg_fail(log, MSG_NOMEM, path);
	else
		rc = alg_file_replace(path, out->text ? out->text : "", out->len, 0600, log);
	free(out->text);
	*out = (struct ses_tsv_text_out){.text = NULL};
	return rc;
}

int ses_tsv_append(struct ses_tsv_text_out *row, const char *path, const char *header, struct alg_log *log)
{
	struct ses_tsv_text_out all = {.text = NULL};
	struct stat st;
	char *old = NULL;
	size_t len = 0;
	int rc = 0;

	if (stat(path, &st) == 0)
		rc = alg_file_read(path, SES_TSV_BYTES_MAX, &old, &len, log);
	if (rc)
		goto out;
	while (len && (old[len - 1] == '\n' || old[len - 1] == '\r'))
		len--; /* an editor left the last line open, or empty lines after it */
	put_bytes(&all, len ? old : header, len ? len : strlen(header));
	put_bytes(&all, "\n", 1);
	if (row->text)
		put_bytes(&all, row->text, row->len);
	all.failed |= row->failed;
	rc = ses_tsv_replace(&all, path, log);
out:
	free(old);
	free(row->text);
	*row = (struct ses_tsv_text_out){.text = NULL};
	return rc;
}

int ses_tsv_load(const char *path, const struct ses_tsv_column *columns, ses_tsv_row *row, size_t row_size, void **out,
	size_t *n, struct alg_log *log)
{
	struct ses_tsv tsv;
	struct stat st;
	char *rows;
	int rc;

	*out = NULL;
	*n = 0;
	if (stat(path, &st) && errno == ENOENT)
		return 0;
	rc = ses_tsv_read(path, columns, false, &tsv, log);
	if (rc)
		return rc;
	rows = calloc(tsv.n_rows + 1, row_size);
	if (!rows)
		rc = alg_fail(log, MSG_NOMEM, path);
	for (size_t i = 0; !rc && i < tsv.n_rows; i++)
		rc = row(&tsv, i, rows + i * row_size);
	*n = rc ? 0 : tsv.n_rows;
	ses_tsv_free(&tsv);
	if (rc) {
		free(rows);
		rows = NULL;
	}
	*out = rows;
	return rc;
}
