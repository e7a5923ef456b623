/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/site.h"

#include "base/text.h"
#include "data/tsv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CODE, LABEL, MUSCLE, SIDE, VIEW, X, Y, LANDMARK, CEILING, POSTURE, CAUTION, SETS, SOURCE };

static const struct ses_tsv_column columns[] = {
	[CODE] = {"code", true}, [LABEL] = {"label", true}, [MUSCLE] = {"muscle", true}, [SIDE] = {"side", true},
	[VIEW] = {"view", true}, [X] = {"x", true}, [Y] = {"y", true}, [LANDMARK] = {"landmark", true},
	[CEILING] = {"ceiling_kpa", true}, [POSTURE] = {"posture", true}, [CAUTION] = {"caution", false},
	[SETS] = {"sets", false}, [SOURCE] = {"source", false},
	/* kept in the table for those who want them, not read here */
	{"nerve", false}, {"root", false}, {"uberon", false}, {"fma", false}, {NULL, false},
};

static const char *const views[] = {"anterior", "posterior", "lateral", NULL};

/* "UTRAP_L" is on the left and "STERN" in the middle: a code tells its side. */
static char side_of_code(const char *code)
{
	size_t len = strlen(code);

	if (len > 2 && code[len - 2] == '_' && (code[len - 1] == SES_SIDE_LEFT || code[len - 1] == SES_SIDE_RIGHT))
		return code[len - 1];
	return SES_SIDE_MIDLINE;
}

static int read_texts(const struct ses_tsv *tsv, size_t row, struct ses_site *site)
{
	int rc = ses_tsv_text(tsv, row, CODE, true, site->code, sizeof(site->code));

	if (!rc)
		rc = ses_tsv_text(tsv, row, LABEL, true, site->label, sizeof(site->label));
	if (!rc)
		rc = ses_tsv_text(tsv, row, MUSCLE, true, site->muscle, sizeof(site->muscle));
	if (!rc)
		rc = ses_tsv_text(tsv, row, VIEW, true, site->view, sizeof(site->view));
	if (!rc)
		rc = ses_tsv_text(tsv, row, LANDMARK, true, site->landmark, sizeof(site->landmark));
	if (!rc)
		rc = ses_tsv_text(tsv, row, POSTURE, true, site->posture, sizeof(site->posture));
	if (!rc)
		rc = ses_tsv_text(tsv, row, CAUTION, false, site->caution, sizeof(site->caution));
	if (!rc)
		rc = ses_tsv_text(tsv, row, SETS, false, site->sets, sizeof(site->sets));
	if (!rc)
		rc = ses_tsv_text(tsv, row, SOURCE, false, site->source, sizeof(site->source));
	return rc;
}

static int read_site(const struct ses_tsv *tsv, size_t row, struct ses_site *site)
{
	const char *side = ses_tsv_cell(tsv, row, SIDE);
	int view = 0, rc;

	memset(site, 0, sizeof(*site));
	rc = read_texts(tsv, row, site);
	if (rc)
		return rc;
	if (!alg_text_is_name(site->code, sizeof(site->code) - 1))
		return ses_tsv_error(tsv, row, CODE, "'%s': letters, digits, '-' and '_' only", site->code);
	if (strcmp(side, "L") != 0 && strcmp(side, "R") != 0 && strcmp(side, "M") != 0)
		return ses_tsv_error(tsv, row, SIDE, "'%.20s' is none of: L R M", side);
	site->side = side[0];
	if (side_of_code(site->code) != site->side)
		return ses_tsv_error(tsv, row, SIDE, "'%s' does not fit code %s (_L left, _R right, neither: M)", side, site->code);
	while (views[view] && strcmp(views[view], site->view) != 0)
		view++;
	if (!views[view])
		return ses_tsv_error(tsv, row, VIEW, "'%s' is none of: anterior posterior lateral", site->view);
	rc = ses_tsv_number(tsv, row, X, true, 0, 1, &site->x);
	if (!rc)
		rc = ses_tsv_number(tsv, row, Y, true, 0, 1, &site->y);
	if (!rc)
		rc = ses_tsv_number(tsv, row, CEILING, true, 50, 2000, &site->ceiling_kpa);
	return rc;
}

int ses_sites_load(struct ses_sites *sites, const char *path, struct alg_log *log)
{
	struct ses_tsv tsv;
	struct ses_site *bigger;
	int rc = ses_tsv_read(path, columns, false, &tsv, log);

	if (rc)
		return rc;
	bigger = realloc(sites->site, (sites->n + tsv.n_rows + 1) * sizeof(*bigger));
	if (!bigger) {
		rc = alg_fail(log, MSG_NOMEM, path);
		goto out;
	}
	sites->site = bigger;
	for (size_t i = 0; !rc && i < tsv.n_rows; i++) {
		struct ses_site site;

		rc = read_site(&tsv, i, &site);
		if (!rc && ses_site_find(sites, site.code))
			rc = ses_tsv_error(&tsv, i, CODE, "%s is there already (give the site a code of its own)", site.code);
		if (!rc)
			sites->site[sites->n++] = site;
	}
out:
	ses_tsv_free(&tsv);
	return rc;
}

void ses_sites_free(struct ses_sites *sites)
{
	free(sites->site);
	*sites = (struct ses_sites){NULL, 0};
}

const struct ses_site *ses_site_find(const struct ses_sites *sites, const char *code)
{
	for (size_t i = 0; i < sites->n; i++)
		if (strcmp(sites->site[i].code, code) == 0)
			return &sites->site[i];
	return NULL;
}

const struct ses_site *ses_site_other_side(const struct ses_sites *sites, const struct ses_site *site)
{
	char code[sizeof(site->code)];

	if (!site || site->side == SES_SIDE_MIDLINE)
		return NULL;
	strcpy(code, site->code);
	code[strlen(code) - 1] = site->side == SES_SIDE_LEFT ? SES_SIDE_RIGHT : SES_SIDE_LEFT;
	return ses_site_find(sites, code);
}

int ses_site_in_set(const struct ses_site *site, const char *set)
{
	const char *p = site->sets;
	size_t len = strlen(set);

	while (*p) {
		size_t n = strcspn(p, ";");

		if (n == len && strncmp(p, set, n) == 0)
			return 1;
		p += n + (p[n] == ';');
	}
	return 0;
}

int ses_site_matches(const struct ses_site *site, const char *word)
{
	return strcasestr(site->code, word) || strcasestr(site->label, word) || strcasestr(site->muscle, word) ||
		ses_site_in_set(site, word);
}

int ses_site_named(const char *name, const char *code)
{
	size_t len = strlen(name);

	return strcmp(name, code) == 0 ||
		(side_of_code(code) != SES_SIDE_MIDLINE && strlen(code) == len + 2 && strncmp(name, code, len) == 0);
}

const char *ses_side_word(char side)
{
	return side == SES_SIDE_LEFT ? "left" : side == SES_SIDE_RIGHT ? "right" : "midline";
}

/* ---- suggestions ------------------------------------------------------------------------------ */

enum { WORD_MAX = 16 };

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Letters to add, drop or exchange to get from a to b, case aside. */
static int distance(const char *a, const char *b)
{
	int row[WORD_MAX + 1], n = (int)strlen(b);

	for (int j = 0; j <= n; j++)
		row[j] = j;
	for (int i = 1; *a; a++, i++) {
		int diagonal = row[0];

		row[0] = i;
		for (int j = 1; j <= n; j++) {
			int change = diagonal + (upper(*a) != upper(b[j - 1])), step = row[j - 1] < row[j] ? row[j - 1] : row[j];

			diagonal = row[j];
			row[j] = change < step + 1 ? change : step + 1;
		}
	}
	return row[n];
}

/* The code without its side: the two sides of a near miss are one suggestion each. */
static int nearness(const struct ses_site *site, const char *text)
{
	char base[sizeof(site->code)];
	int whole = distance(text, site->code);

	strcpy(base, site->code);
	if (site->side == SES_SIDE_MIDLINE)
		return whole;
	base[strlen(base) - 2] = '\0';
	int bare = distance(text, base);

	return bare < whole ? bare : whole;
}

int ses_site_suggest(const struct ses_sites *sites, const char *text, char *out, size_t cap)
{
	int n = 0, far = strlen(text) > 4 ? 2 : 1; /* of a short word, two letters are half */
	size_t used = 0;

	out[0] = '\0';
	if (!*text || strlen(text) > 40)
		return 0;
	/* When only the case or the side's ending is wrong, nothing further away is meant. */
	for (int wanted = 0; wanted <= far && n < 4 && !(wanted == 1 && n); wanted++)
		for (size_t i = 0; i < sites->n && n < 4; i++) {
			const struct ses_site *site = &sites->site[i];
			int near = strlen(text) > WORD_MAX ? WORD_MAX : nearness(site, text);

			if (near > 1 && strlen(text) > 3 && strcasestr(site->label, text))
				near = 1; /* "masseter" */
			if (near != wanted || used + strlen(site->code) + 3 > cap)
				continue;
			used += (size_t)snprintf(out + used, cap - used, "%s%s", n ? ", " : "", site->code);
			n++;
		}
	return n;
}
