/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/orders.h"

#include "base/text.h"
#include "data/tsv.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTICIPANT, SESSION, SITES };
enum { CODES_MAX = 512 };

static const struct ses_tsv_column columns[] = {
	[PARTICIPANT] = {"participant", true}, [SESSION] = {"session", true}, [SITES] = {"sites", true}, {NULL, false},
};

struct codes {
	char code[CODES_MAX][16];
	size_t n;
};

static int read_codes(const struct ses_tsv *tsv, size_t row, const struct ses_sites *sites, struct codes *out)
{
	const char *p = ses_tsv_cell(tsv, row, SITES);

	out->n = 0;
	while (*p) {
		size_t len = strcspn(p, ";");

		if (out->n == CODES_MAX)
			return ses_tsv_error(tsv, row, SITES, "more than %d presses", CODES_MAX);
		if (len == 0 || len >= sizeof(out->code[0]))
			return ses_tsv_error(tsv, row, SITES, "'%.20s' is no site code (UTRAP_L;UTRAP_R;TA_R)", p);
		snprintf(out->code[out->n], sizeof(out->code[0]), "%.*s", (int)len, p);
		if (!ses_site_find(sites, out->code[out->n]))
			return ses_tsv_error(tsv, row, SITES, "unknown site '%s' (see 'algometer points --sites')", out->code[out->n]);
		out->n++;
		p += len + (p[len] == ';');
	}
	return out->n ? 0 : ses_tsv_error(tsv, row, SITES, "no site is listed");
}

static size_t times(const struct codes *codes, const char *code)
{
	size_t n = 0;

	for (size_t i = 0; i < codes->n; i++)
		n += strcmp(codes->code[i], code) == 0;
	return n;
}

/* Every site once, or every site in every round. */
static int check_counts(const struct ses_tsv *tsv, size_t row, const struct ses_procedure *proc, const struct codes *codes)
{
	size_t first = times(codes, codes->code[0]);

	if (first != 1 && first != (size_t)proc->rounds)
		return ses_tsv_error(tsv, row, SITES, "%s is there %zu times: once (a round) or %d times (all rounds)", codes->code[0],
			first, proc->rounds);
	for (size_t i = 1; i < codes->n; i++)
		if (times(codes, codes->code[i]) != first)
			return ses_tsv_error(tsv, row, SITES, "%s is there %zu times and %s %zu times", codes->code[i],
				times(codes, codes->code[i]), codes->code[0], first);
	return 0;
}

static int check_row(const struct ses_tsv *tsv, size_t row, const struct ses_procedure *proc, const struct ses_sites *sites,
	struct codes *codes)
{
	const char *code = ses_tsv_cell(tsv, row, PARTICIPANT), *session = ses_tsv_cell(tsv, row, SESSION);
	int64_t number;

	if (strcmp(code, "*") != 0 && !alg_text_is_name(code, 24))
		return ses_tsv_error(tsv, row, PARTICIPANT, "'%.30s' is neither a participant code nor *", code);
	/* "03" would never be found: it is compared as it is written here */
	if (strcmp(session, "*") != 0 && (!isdigit((unsigned char)*session) || *session == '0' || alg_text_to_int(session, 1, 9999, &number)))
		return ses_tsv_error(tsv, row, SESSION, "'%.20s' is neither a session number nor *", session);
	for (size_t i = 0; i < row; i++)
		if (strcmp(ses_tsv_cell(tsv, i, PARTICIPANT), code) == 0 && strcmp(ses_tsv_cell(tsv, i, SESSION), session) == 0)
			return ses_tsv_error(tsv, row, PARTICIPANT, "participant %s, session %s is there twice (line %zu)", code, session,
				tsv->line[i]);
	int rc = read_codes(tsv, row, sites, codes);

	return rc ? rc : check_counts(tsv, row, proc, codes);
}

/* How well a line fits: 0 not at all; the participant's own lines come before everybody's, the session's before the rest. */
static int fits(const struct ses_tsv *tsv, size_t row, const char *code, int session)
{
	const char *who = ses_tsv_cell(tsv, row, PARTICIPANT), *when = ses_tsv_cell(tsv, row, SESSION);
	char number[16];
	bool own = strcmp(who, code) == 0;

	snprintf(number, sizeof(number), "%d", session);
	if ((!own && strcmp(who, "*") != 0) || (strcmp(when, number) != 0 && strcmp(when, "*") != 0))
		return 0;
	return 1 + 2 * own + (strcmp(when, number) == 0);
}

static int index_of(const struct ses_points *points, const char *code)
{
	for (size_t i = 0; i < points->n; i++)
		if (points->point[i].role != SES_ROLE_PRACTICE && strcmp(points->point[i].site_code, code) == 0)
			return (int)i;
	return -1;
}

static int fill(const struct ses_tsv *tsv, size_t row, const struct ses_procedure *proc, const struct codes *codes,
	const struct ses_points *points, int *order, size_t cap, size_t *n)
{
	size_t n_points = points->n - (ses_procedure_practice(proc, points) >= 0);
	int repeats = times(codes, codes->code[0]) == 1 ? proc->rounds : 1;

	*n = 0;
	for (size_t i = 0; i < codes->n; i++)
		if (index_of(points, codes->code[i]) < 0)
			return alg_fail(tsv->log, MSG_ORDER_POINTS, tsv->name, tsv->line[row], codes->code[i], "it is none of them");
	if (codes->n * (size_t)repeats != n_points * (size_t)proc->rounds || codes->n * (size_t)repeats > cap)
		return alg_fail(tsv->log, MSG_ORDER_POINTS, tsv->name, tsv->line[row], codes->code[0], "their number differs");
	for (int r = 0; r < repeats; r++)
		for (size_t i = 0; i < codes->n; i++)
			order[(*n)++] = index_of(points, codes->code[i]);
	return 0;
}

int ses_orders_take(const char *path, const char *code, int session, const struct ses_procedure *proc, const struct ses_sites *sites,
	const struct ses_points *points, int *order, size_t cap, size_t *n, char *source, size_t source_cap, struct alg_log *log)
{
	struct codes *codes = malloc(sizeof(*codes));
	struct ses_tsv tsv;
	size_t best = 0;
	int rc = codes ? ses_tsv_read(path, columns, false, &tsv, log) : alg_fail(log, MSG_NOMEM, path), best_fit = 0;

	if (rc) {
		free(codes);
		return rc;
	}
	for (size_t i = 0; !rc && i < tsv.n_rows; i++) {
		rc = check_row(&tsv, i, proc, sites, codes);
		if (fits(&tsv, i, code, session) > best_fit) {
			best_fit = fits(&tsv, i, code, session);
			best = i;
		}
	}
	if (!rc && !best_fit)
		rc = alg_fail(log, MSG_ORDER_FILE, path, code, session);
	if (!rc)
		rc = read_codes(&tsv, best, sites, codes);
	if (!rc)
		rc = fill(&tsv, best, proc, codes, points, order, cap, n);
	if (!rc) {
		const char *slash = strrchr(path, '/');

		snprintf(source, source_cap, "%.120s line %zu", slash ? slash + 1 : path, tsv.line[best]);
	}
	ses_tsv_free(&tsv);
	free(codes);
	return rc;
}
