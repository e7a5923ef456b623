/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/unblind.h"

#include "base/clock.h"
#include "base/text.h"
#include "data/tsv.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TIME, WHO, SCOPE, REASON };
static const struct ses_tsv_column columns[] = {
	[TIME] = {"time", true}, [WHO] = {"who", true}, [SCOPE] = {"scope", true}, [REASON] = {"reason", true}, {NULL, false},
};

static bool table_path(const char *study_dir, char *out, size_t cap)
{
	int n = snprintf(out, cap, "%s/unblinding.tsv", study_dir);

	return n > 0 && (size_t)n < cap;
}

/* "study", "P012", "P012/3" */
static bool scope_ok(const char *scope)
{
	char code[SES_CODE_MAX + 1];
	const char *slash = strchr(scope, '/');
	size_t len = slash ? (size_t)(slash - scope) : strlen(scope);
	int64_t session;

	if (len == 0 || len >= sizeof(code))
		return false;
	memcpy(code, scope, len);
	code[len] = '\0';
	/* "P012/03" would cover nothing: sessions are compared as they are written here */
	return alg_text_is_name(code, SES_CODE_MAX) &&
	       (!slash || (isdigit((unsigned char)slash[1]) && slash[1] != '0' && alg_text_to_int(slash + 1, 1, SES_SESSION_MAX, &session) == 0));
}

int ses_unblind_append(const struct ses_study *study, const struct ses_unblinding *row, struct alg_log *log)
{
	struct ses_tsv_text_out text = {.text = NULL};
	char path[PATH_MAX], now[ALG_TIME_TEXT_MAX];

	if (!scope_ok(row->scope))
		return alg_fail(log, MSG_UNBLIND, "the scope is study, a participant's code, or CODE/SESSION (P012/3)");
	if (!alg_text_is_name(row->who, sizeof(row->who) - 1))
		return alg_fail(log, MSG_UNBLIND, "--who is needed: a code (letters, digits, '-' and '_')");
	if (!row->reason[0] || !alg_text_is_clean(row->reason, strlen(row->reason)))
		return alg_fail(log, MSG_UNBLIND, "--reason is needed: one line that says why");
	if (!table_path(study->dir, path, sizeof(path)))
		return alg_fail(log, MSG_FILE_WRITE, study->dir, "the name is too long");
	alg_time_format(now, sizeof(now), alg_clock_wall_ns(alg_clock_system()));
	ses_tsv_put(&text, now, '\t');
	ses_tsv_put(&text, row->who, '\t');
	ses_tsv_put(&text, row->scope, '\t');
	ses_tsv_put(&text, row->reason, '\n');
	return ses_tsv_append(&text, path, "time\twho\tscope\treason", log);
}

static int read_row(const struct ses_tsv *tsv, size_t row, void *to)
{
	struct ses_unblinding *out = to;
	int rc = ses_tsv_time(tsv, row, TIME, out->time, sizeof(out->time));

	if (!rc)
		rc = ses_tsv_text(tsv, row, WHO, true, out->who, sizeof(out->who));
	if (!rc)
		rc = ses_tsv_text(tsv, row, SCOPE, true, out->scope, sizeof(out->scope));
	if (!rc && !scope_ok(out->scope))
		rc = ses_tsv_error(tsv, row, SCOPE, "'%s' is neither study, nor CODE, nor CODE/SESSION", out->scope);
	return rc ? rc : ses_tsv_text(tsv, row, REASON, true, out->reason, sizeof(out->reason));
}

static int load(const char *study_dir, struct ses_unblinding **out, size_t *n, struct alg_log *log)
{
	char path[PATH_MAX];
	void *rows = NULL;
	int rc;

	*n = 0;
	rc = table_path(study_dir, path, sizeof(path)) ? ses_tsv_load(path, columns, read_row, sizeof(**out), &rows, n, log) : 0;
	*out = rows;
	return rc;
}

int ses_unblind_load(const struct ses_study *study, struct ses_unblinding **out, size_t *n, struct alg_log *log)
{
	return load(study->dir, out, n, log);
}

static bool covers(const struct ses_unblinding *row, const struct ses_header *header)
{
	char one[SES_CODE_MAX + 32];
	int64_t wall_ns;

	if (alg_time_parse(row->time, &wall_ns) || (double)wall_ns / 1e9 < header->started_unix_s)
		return false;
	if (wall_ns > alg_clock_wall_ns(alg_clock_system())) /* by hand: it would open what is still to be measured */
		return false;
	snprintf(one, sizeof(one), "%s/%d", header->participant, (int)header->session);
	return strcmp(row->scope, "study") == 0 || strcmp(row->scope, header->participant) == 0 || strcmp(row->scope, one) == 0;
}

int ses_unblinded(const char *session_path, const struct ses_header *header, struct alg_log *log)
{
	struct ses_unblinding *rows;
	char dir[PATH_MAX];
	bool open = false;
	size_t n;
	int rc;

	if (!header->blinded)
		return 1;
	if (!ses_study_of(session_path, dir, sizeof(dir)))
		return 0;
	if ((rc = load(dir, &rows, &n, log)) < 0)
		return rc;
	for (size_t i = 0; i < n && !open; i++)
		open = covers(&rows[i], header);
	free(rows);
	return open;
}
