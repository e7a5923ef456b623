/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export_out.c - where exported tables go: names, what is there already, beginning and end of a run. */
#include "analysis/export.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

void ana_export_head(const struct ana_export *ex, int kind, FILE *f)
{
	const struct ana_export_table *table = &ana_export_tables[kind];
	struct ana_csv csv = {.out = f, .excel = ex->options.excel};

	if (ex->options.json) {
		fprintf(f, "{\"algometer\":\"export\",\"version\":%d,\"table\":\"%s\",\"rows\":[", ANA_EXPORT_VERSION, table->name);
		return;
	}
	fputs(ana_csv_begin(csv.excel), f);
	for (size_t c = 0; c < table->n_columns; c++)
		ana_csv_text(&csv, table->column[c].name);
	ana_csv_end_row(&csv);
}

/* The dictionary or the schema, whole; the caller frees. */
static char *beside_text(const struct ana_export *ex, size_t *len)
{
	char *text = NULL;
	FILE *f = open_memstream(&text, len);
	cJSON *schema = ex->options.json ? ana_export_schema() : NULL;
	bool bad = !f;

	if (f && ex->options.json)
		bad = !schema || alg_json_print(schema, 1, f) < 0;
	else if (f)
		ana_export_dictionary(f, ex->options.excel);
	if (f && fclose(f))
		bad = true;
	if (!bad)
		return text;
	free(text);
	alg_fail(ex->log, MSG_NOMEM, "the description of a table");
	return NULL;
}

static int check_beside(struct ana_export *ex)
{
	size_t len = 0;
	char *text = beside_text(ex, &len);
	/* its first line, or a schema up to its title */
	const char *end = !text ? NULL : strstr(text, ex->options.json ? "\"description\"" : "\r\n");
	int rc = !end ? ALG_ERR_NOMEM :
		alg_file_check_ours(ex->beside, text, (size_t)(end - text), "the description of such an export", ex->log);

	free(text);
	return rc;
}

static int open_table(struct ana_export *ex, int kind, const char *path)
{
	char *head = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&head, &len);
	int rc = 0;

	if (f)
		ana_export_head(ex, kind, f);
	if (!f || fclose(f))
		rc = alg_fail(ex->log, MSG_NOMEM, path);
	if (rc == 0)
		rc = alg_file_check_ours(path, head, len, "a table of this form", ex->log);
	free(head);
	if (rc == 0)
		rc = alg_file_stream_open(&ex->table[kind].file, path, 0600, ex->log);
	if (rc == 0)
		ex->table[kind].f = ex->table[kind].file.f;
	return rc;
}

static int one_kind(const struct ana_export_options *options)
{
	int found = -1;

	for (int k = 0; k < ANA_EXPORT_KINDS; k++)
		if (options->kind[k]) {
			if (found >= 0)
				return -1;
			found = k;
		}
	return found;
}

static int open_file(struct ana_export *ex, const char *ending)
{
	const char *out = ex->options.out;
	int kind = one_kind(&ex->options), n;

	if (kind < 0)
		return alg_fail(ex->log, MSG_EXPORT_OUT, out, "a file holds one table (name a folder for several)");
	n = snprintf(ex->beside, sizeof(ex->beside), "%.*s.%s", (int)(strlen(out) - strlen(ending)), out,
		ex->options.json ? "schema.json" : "dictionary.csv");
	if (n < 0 || (size_t)n >= sizeof(ex->beside))
		return alg_fail(ex->log, MSG_FILE_WRITE, out, "the name is too long");
	return open_table(ex, kind, out);
}

static int open_folder(struct ana_export *ex)
{
	const char *end = ex->options.json ? "json" : "csv", *out = ex->options.out;
	char path[PATH_MAX];
	int rc;

	if (strlen(out) + 32 >= sizeof(path))
		return alg_fail(ex->log, MSG_FILE_WRITE, out, "the name is too long");
	snprintf(ex->beside, sizeof(ex->beside), "%s/%s", out, ex->options.json ? "schema.json" : "dictionary.csv");
	rc = alg_dir_make(out, ex->log);
	for (int k = 0; rc == 0 && k < ANA_EXPORT_KINDS; k++)
		if (ex->options.kind[k]) {
			snprintf(path, sizeof(path), "%s/%s.%s", out, ana_export_tables[k].name, end);
			rc = open_table(ex, k, path);
		}
	return rc;
}

static int open_all(struct ana_export *ex)
{
	const char *out = ex->options.out, *ending = ex->options.json ? ".json" : ".csv";
	int kind = one_kind(&ex->options), rc;

	if (!out && kind < 0)
		return alg_fail(ex->log, MSG_EXPORT_OUT, "DIR", "is needed for several tables");
	if (!out) {
		ex->table[kind].f = stdout;
		return 0;
	}
	if (alg_text_ends_with(out, ex->options.json ? ".csv" : ".json"))
		return alg_fail(ex->log, MSG_EXPORT_OUT, out, ex->options.json ? "with --json the name must end in .json" :
			"without --json the name must end in .csv");
	rc = alg_text_ends_with(out, ending) ? open_file(ex, ending) : open_folder(ex);
	return rc ? rc : check_beside(ex);
}

int ana_export_start(struct ana_export *ex, const struct ana_export_options *options, struct alg_log *log)
{
	int rc;

	*ex = (struct ana_export){.options = *options, .log = log};
	for (int k = 0; k < ANA_EXPORT_KINDS; k++)
		for (size_t c = 0; c < ana_export_tables[k].n_columns; c++)
			ex->table[k].from[c] = ana_export_from(&ana_export_tables[k].column[c]);
	rc = open_all(ex);
	if (rc)
		ana_export_abort(ex);
	return rc;
}

void ana_export_abort(struct ana_export *ex)
{
	for (int k = 0; k < ANA_EXPORT_KINDS; k++) {
		alg_file_stream_abort(&ex->table[k].file);
		ex->table[k].f = NULL;
	}
}

int ana_export_end(struct ana_export *ex)
{
	size_t len = 0;
	char *text = ex->beside[0] ? beside_text(ex, &len) : NULL;
	int rc = ex->beside[0] && !text ? ALG_ERR_NOMEM : 0;

	if (text)
		rc = alg_file_replace(ex->beside, text, len, 0600, ex->log);
	free(text);
	for (int k = 0; rc == 0 && k < ANA_EXPORT_KINDS; k++) {
		struct ana_export_output *to = &ex->table[k];

		if (to->f && ex->options.json)
			fputs("\n]}\n", to->f);
		if (to->file.f)
			rc = alg_file_stream_commit(&to->file, ex->log);
	}
	ana_export_abort(ex);
	return rc;
}
