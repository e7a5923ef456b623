/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/participant.h"

#include "base/text.h"
#include "data/tsv.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { ID, SEX, AGE, AGE_MOST = 120 };

static const struct ses_tsv_column columns[] = {
	[ID] = {"participant_id", true}, [SEX] = {"sex", false}, [AGE] = {"age", false}, {NULL, false},
};

static bool years(const char *text, size_t len, int *out)
{
	char number[8];
	int64_t value;

	if (len == 0 || len >= sizeof(number) || strspn(text, "0123456789") < len)
		return false;
	memcpy(number, text, len);
	number[len] = '\0';
	if (alg_text_to_int(number, 0, AGE_MOST, &value))
		return false;
	*out = (int)value;
	return true;
}

bool ses_age_parse(const char *text, int *from, int *to)
{
	size_t len = strspn(text, "0123456789");
	const char *rest = text + len;

	if (!years(text, len, from))
		return false;
	*to = strcmp(rest, "+") == 0 ? AGE_MOST : *from;
	if (!*rest || strcmp(rest, "+") == 0)
		return true;
	return *rest == '-' && years(rest + 1, strlen(rest + 1), to) && *from <= *to;
}

static int read_row(const struct ses_tsv *tsv, size_t row, struct ses_participant *out)
{
	static const struct { const char *word; char sex; } words[] = {
		{"F", 'F'}, {"female", 'F'}, {"M", 'M'}, {"male", 'M'}, {"O", 'O'}, {"other", 'O'}};
	const char *sex = ses_tsv_cell(tsv, row, SEX), *age = ses_tsv_cell(tsv, row, AGE);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcasecmp(sex, words[i].word) == 0)
			out->sex = words[i].sex;
	if (*sex && !out->sex)
		return ses_tsv_error(tsv, row, SEX, "'%.20s' is none of: F M O n/a", sex);
	if (*age && !ses_age_parse(age, &out->age_from, &out->age_to))
		return ses_tsv_error(tsv, row, AGE, "'%.20s' is neither years (34) nor a band (40-49, 90+); never a date of birth", age);
	return 0;
}

int ses_participant_read(
	const struct ses_study *study, const char *code, struct ses_participant *out, struct alg_log *log)
{
	char path[PATH_MAX + 24], id[SES_CODE_MAX + 32];
	struct ses_tsv tsv;
	struct stat st;
	int rc;

	*out = (struct ses_participant){.age_from = -1, .age_to = -1};
	snprintf(path, sizeof(path), "%s/participants.tsv", study->dir);
	snprintf(id, sizeof(id), "sub-%.*s", SES_CODE_MAX, code);
	if (stat(path, &st))
		return 0;
	rc = ses_tsv_read(path, columns, true, &tsv, log);
	if (rc)
		return rc;
	for (size_t i = 0; rc == 0 && i < tsv.n_rows; i++)
		if (strcmp(ses_tsv_cell(&tsv, i, ID), id) == 0) {
			rc = read_row(&tsv, i, out);
			break;
		}
	ses_tsv_free(&tsv);
	return rc;
}
