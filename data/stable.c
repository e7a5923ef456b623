/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/stable.h"

#include "base/clock.h"
#include "base/text.h"
#include "data/tsv.h"

#include <stdio.h>
#include <string.h>

enum { TIME, WHO, PARTICIPANT, A, B, MARK, WHY, DESPITE };
static const struct ses_tsv_column columns[] = {
	[TIME] = {"time", true}, [WHO] = {"who", true}, [PARTICIPANT] = {"participant", true}, [A] = {"a", true},
	[B] = {"b", true}, [MARK] = {"mark", true}, [WHY] = {"why", true},
	[DESPITE] = {"despite", false}, {NULL, false},
};
static const char header[] = "time\twho\tparticipant\ta\tb\tmark\twhy\tdespite";

static bool table_path(const struct ses_study *study, char *out, size_t cap)
{
	int n = snprintf(out, cap, "%s/stable.tsv", study->dir);

	return n > 0 && (size_t)n < cap;
}

static bool same(const struct ses_session_name *a, const struct ses_session_name *b)
{
	return a->session == b->session && a->run == b->run && strcmp(a->acq, b->acq) == 0;
}

/* NULL when the row is sound. */
static const char *fault_of(const struct ses_stable *row)
{
	if (!alg_text_is_name(row->who, sizeof(row->who) - 1))
		return "--who is needed: a code (letters, digits, '-' and '_')";
	if (!alg_text_is_name(row->participant, SES_CODE_MAX))
		return "the participant is no code";
	if (row->a.run < 1 || row->b.run < 1)
		return "a session without its run";
	if (same(&row->a, &row->b))
		return "a session is not a pair with itself";
	if (row->why[strspn(row->why, " ")] == '\0' || !alg_text_is_clean(row->why, strlen(row->why)))
		return "--why is needed: one line that says why nothing can have changed between the two";
	if (!alg_text_is_clean(row->despite, strlen(row->despite)))
		return "--despite is one line";
	return NULL;
}

int ses_stable_check(const struct ses_stable *row, struct alg_log *log)
{
	const char *fault = fault_of(row);

	return fault ? alg_fail(log, MSG_STABLE, fault) : 0;
}

int ses_stable_append(const struct ses_study *study, const struct ses_stable *row, struct alg_log *log)
{
	struct ses_tsv_text_out text = {.text = NULL};
	char path[PATH_MAX], now[ALG_TIME_TEXT_MAX], a[SES_SESSION_NAME_MAX], b[SES_SESSION_NAME_MAX];

	if (ses_stable_check(row, log))
		return ALG_ERR_ARG;
	if (!table_path(study, path, sizeof(path)))
		return alg_fail(log, MSG_FILE_WRITE, study->dir, "the name is too long");
	alg_time_format(now, sizeof(now), alg_clock_wall_ns(alg_clock_system()));
	ses_session_name_text(a, &row->a);
	ses_session_name_text(b, &row->b);
	ses_tsv_put(&text, now, '\t');
	ses_tsv_put(&text, row->who, '\t');
	ses_tsv_put(&text, row->participant, '\t');
	ses_tsv_put(&text, a, '\t');
	ses_tsv_put(&text, b, '\t');
	ses_tsv_put(&text, row->stable ? "stable" : "withdrawn", '\t');
	ses_tsv_put(&text, row->why, '\t');
	ses_tsv_put(&text, row->despite, '\n');
	return ses_tsv_append(&text, path, header, log);
}

static int read_session(const struct ses_tsv *tsv, size_t row, size_t column, struct ses_session_name *out)
{
	const char *cell = ses_tsv_cell(tsv, row, column);

	return ses_session_name_parse(cell, out) || out->run < 1
		? ses_tsv_error(tsv, row, column, "'%s' is not a session with its run, such as 2-pre-run1", cell) : 0;
}

static int read_mark(const struct ses_tsv *tsv, size_t row, bool *stable)
{
	const char *cell = ses_tsv_cell(tsv, row, MARK);

	*stable = strcmp(cell, "stable") == 0;
	return *stable || strcmp(cell, "withdrawn") == 0
		? 0 : ses_tsv_error(tsv, row, MARK, "'%s' is neither stable nor withdrawn", cell);
}

static int read_row(const struct ses_tsv *tsv, size_t row, void *to)
{
	struct ses_stable *out = to;
	int rc = ses_tsv_time(tsv, row, TIME, out->time, sizeof(out->time));

	if (!rc)
		rc = ses_tsv_text(tsv, row, WHO, true, out->who, sizeof(out->who));
	if (!rc)
		rc = ses_tsv_text(tsv, row, PARTICIPANT, true, out->participant, sizeof(out->participant));
	if (!rc)
		rc = read_session(tsv, row, A, &out->a);
	if (!rc)
		rc = read_session(tsv, row, B, &out->b);
	if (!rc)
		rc = read_mark(tsv, row, &out->stable);
	if (!rc)
		rc = ses_tsv_text(tsv, row, WHY, true, out->why, sizeof(out->why));
	if (!rc)
		rc = ses_tsv_text(tsv, row, DESPITE, false, out->despite, sizeof(out->despite));
	out->line = tsv->line[row];
	if (!rc && fault_of(out))
		rc = ses_tsv_error(tsv, row, PARTICIPANT, "%s", fault_of(out));
	return rc;
}

int ses_stable_load(const struct ses_study *study, struct ses_stable **out, size_t *n, struct alg_log *log)
{
	char path[PATH_MAX];
	void *rows = NULL;
	int rc;

	*n = 0;
	rc = table_path(study, path, sizeof(path)) ? ses_tsv_load(path, columns, read_row, sizeof(**out), &rows, n, log) : 0;
	*out = rows;
	return rc;
}

bool ses_stable_same(const struct ses_stable *x, const struct ses_stable *y)
{
	return strcmp(x->participant, y->participant) == 0 &&
		((same(&x->a, &y->a) && same(&x->b, &y->b)) || (same(&x->a, &y->b) && same(&x->b, &y->a)));
}

size_t ses_stable_holding(struct ses_stable *row, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		bool last = true;

		for (size_t k = i + 1; last && k < n; k++)
			last = !ses_stable_same(&row[i], &row[k]);
		if (last && row[i].stable)
			row[kept++] = row[i];
	}
	return kept;
}
