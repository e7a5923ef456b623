/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/basis.h"

#include "base/text.h"
#include "stats/dist.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void ana_basis_add(struct ana_basis *basis, const struct ana_error *error)
{
	if (!ana_error_known(error)) {
		if (basis->n_unknown++ == 0)
			alg_text_copy(basis->why, sizeof(basis->why), error->why);
		return;
	}
	basis->n_widened += error->widened;
	if (!error->row) {
		basis->n_given++;
		return;
	}
	for (size_t i = 0; i < basis->n_rows; i++)
		if (basis->row[i] == error->row)
			return;
	if (basis->n_rows < ANA_BASIS_MAX)
		basis->row[basis->n_rows++] = error->row;
}

bool ana_basis_any(const struct ana_basis *basis)
{
	return basis->n_rows > 0 || basis->n_given > 0;
}

double ana_sem_mdc(const struct ses_sem *sem, double level)
{
	return st_t_reach(level, sem->df) * M_SQRT2 * sem->sem;
}

void ana_sem_text(char *out, size_t cap, enum ses_scale scale, double sem)
{
	if (scale == SES_SCALE_LOG10)
		snprintf(out, cap, "%.0f %%", 100 * (pow(10, sem) - 1));
	else
		snprintf(out, cap, "%.1f kPa", sem);
}

void ana_mdc_text(char *out, size_t cap, enum ses_scale scale, double mdc)
{
	if (scale == SES_SCALE_LOG10)
		snprintf(out, cap, "+%.0f/-%.0f %%", 100 * (pow(10, mdc) - 1), 100 * (1 - pow(10, -mdc)));
	else
		snprintf(out, cap, "%.1f kPa", mdc);
}

/* ---- words ------------------------------------------------------------------------------------------- */

struct sentence {
	char *out;
	size_t cap, len;
};

static void say(struct sentence *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void say(struct sentence *s, const char *fmt, ...)
{
	va_list args;
	int n;

	if (s->len + 1 >= s->cap)
		return;
	va_start(args, fmt);
	n = vsnprintf(s->out + s->len, s->cap - s->len, fmt, args);
	va_end(args);
	s->len = n < 0 || (size_t)n >= s->cap - s->len ? s->cap - 1 : s->len + (size_t)n;
}

static void say_given(struct sentence *s, const struct ana_errors *errors)
{
	say(s, "MDC%g (minimal detectable change), as given: ", 100 * errors->level);
	for (int i = 0; i < errors->n_sites; i++)
		say(s, "%s%s %g kPa", i ? ", " : "", errors->site[i].site, errors->site[i].kpa);
	if (isfinite(errors->kpa))
		say(s, "%s%g kPa%s", errors->n_sites ? "; " : "", errors->kpa, errors->n_sites ? " for the others" : " for every point");
	say(s, ". It holds where site, rule, rate and tip are those it was found with. Source: %s.", errors->source);
}

static void say_row(struct sentence *s, const struct ses_sem *sem, double level)
{
	char sem_words[32], mdc[32], low[32], high[32];

	ana_sem_text(sem_words, sizeof(sem_words), sem->scale, sem->sem);
	ana_mdc_text(mdc, sizeof(mdc), sem->scale, ana_sem_mdc(sem, level));
	ana_sem_text(low, sizeof(low), sem->scale, sem->low);
	ana_sem_text(high, sizeof(high), sem->scale, sem->high);
	say(s, "%s %s", sem->site, sem_words);
	if (isfinite(sem->low) && isfinite(sem->high))
		say(s, " (%s to %s)", low, high);
	say(s, ", MDC%g %s", 100 * level, mdc);
	if (isfinite(sem->df))
		say(s, " by t with df %g", sem->df);
	if (sem->participants)
		say(s, ", n %d", sem->participants);
	if (sem->basis == SES_SEM_ENTERED)
		say(s, ", %s", sem->source);
}

static void say_each(struct sentence *s, const struct ana_basis *basis, double level)
{
	for (size_t i = 0; i < basis->n_rows; i++) {
		if (i)
			say(s, "; ");
		if (i && basis->row[i]->kind != basis->row[i - 1]->kind)
			say(s, "%s: ", ana_kind_text(basis->row[i]->kind));
		say_row(s, basis->row[i], level);
	}
}

/* "by site, MDC95 17.4 kPa (QL_R) to 70.2 kPa (QL_L)". */
static void say_range(struct sentence *s, const struct ana_basis *basis, double level)
{
	const struct ses_sem *low = basis->row[0], *high = basis->row[0];
	char from[32], to[32];

	for (size_t i = 1; i < basis->n_rows; i++) {
		low = ana_sem_mdc(basis->row[i], level) < ana_sem_mdc(low, level) ? basis->row[i] : low;
		high = ana_sem_mdc(basis->row[i], level) > ana_sem_mdc(high, level) ? basis->row[i] : high;
	}
	ana_mdc_text(from, sizeof(from), low->scale, ana_sem_mdc(low, level));
	ana_mdc_text(to, sizeof(to), high->scale, ana_sem_mdc(high, level));
	say(s, "by site, MDC%g %s (%s) to %s (%s)", 100 * level, from, low->site, to, high->site);
}

/* What was read somewhere is told with where, once each. */
static void say_sources(struct sentence *s, const struct ana_basis *basis)
{
	bool any = false;

	for (size_t i = 0; i < basis->n_rows; i++) {
		bool told = basis->row[i]->basis != SES_SEM_ENTERED;

		for (size_t k = 0; k < i; k++)
			told |= basis->row[k]->basis == SES_SEM_ENTERED && strcmp(basis->row[k]->source, basis->row[i]->source) == 0;
		if (!told)
			say(s, "%s%s", any ? "; " : " Not measured here but entered from: ", basis->row[i]->source);
		any |= !told;
	}
	if (any)
		say(s, ".");
}

static bool of_presses(const struct ana_basis *basis)
{
	for (size_t i = 0; i < basis->n_rows; i++)
		if (basis->row[i]->basis == SES_SEM_PRESSES)
			return true;
	return false;
}

static void say_rows(struct sentence *s, const struct ana_errors *errors, const struct ana_basis *basis)
{
	const struct ses_sem *first = basis->row[0];

	say(s, "Measurement error: %s SEM%s on record for this study (reliability.tsv%s; %s of %d presses): ",
		ana_kind_text(first->kind), basis->n_rows > 1 ? "s" : "",
		first->scale == SES_SCALE_LOG10 ? ", log10 scale: given in %" : "", ses_rule_word(first->rule), first->presses);
	if (basis->n_rows <= ANA_BASIS_NAMED)
		say_each(s, basis, errors->level);
	else
		say_range(s, basis, errors->level);
	say(s, ".");
	if (basis->n_rows > ANA_BASIS_NAMED)
		say_sources(s, basis);
	if (of_presses(basis))
		say(s, " Within visit, from presses that follow each other: what beginning anew adds is not in it, and the true error of a "
			"change may be larger.");
	if (basis->n_widened)
		say(s, " Widened for %zu point%s with fewer presses.", basis->n_widened, basis->n_widened == 1 ? "" : "s");
}

void ana_basis_words(char *out, size_t cap, const struct ana_errors *errors, const struct ana_basis *basis)
{
	struct sentence s = {.out = out, .cap = cap};

	if (cap)
		out[0] = '\0';
	if (ana_errors_given(errors))
		say_given(&s, errors);
	else if (basis->n_rows)
		say_rows(&s, errors, basis);
	if (ana_basis_any(basis) && errors->level != 0.95)
		say(&s, " More than measurement error means beyond MDC%g; intervals are 95 %% all the same.", 100 * errors->level);
	if (!ana_basis_any(basis) && !ana_errors_given(errors)) {
		const char *why = basis->why[0] ? basis->why : "no between-visit error known here";

		say(&s, "%c%s: a change stands alone, and what part of it is measurement error cannot be told.",
			*why >= 'a' && *why <= 'z' ? *why - 'a' + 'A' : *why, why + 1);
	} else if (basis->n_unknown) {
		say(&s, " %zu change%s stand%s alone: %s.", basis->n_unknown, basis->n_unknown == 1 ? "" : "s",
			basis->n_unknown == 1 ? "s" : "", basis->why);
	}
}
