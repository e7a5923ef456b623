/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * basis.h - which errors the judgements of a comparison or a course rest on, in words. Filled while the
 * changes are made; words for a caption, lines for a page.
 */
#ifndef ANA_BASIS_H
#define ANA_BASIS_H

#include "analysis/error.h"

enum { ANA_BASIS_MAX = 48, ANA_BASIS_NAMED = 3, ANA_BASIS_TEXT_MAX = 4096 };

struct ana_basis {
	const struct ses_sem *row[ANA_BASIS_MAX]; /* borrowed, each once, in the order of first use */
	size_t n_rows;
	size_t n_given;   /* changes held against an MDC that was typed in */
	size_t n_unknown; /* changes without a known error ... */
	char why[120];    /* ... and why the first of them has none */
	size_t n_widened; /* changes of values on fewer presses than their SEM's */
};

/* A change that exists (kind above NONE) was held against this. */
void ana_basis_add(struct ana_basis *basis, const struct ana_error *error);
/* Any change was judged. */
bool ana_basis_any(const struct ana_basis *basis);
/* MDC at a level of a row for two single visits, on its scale: t(df) or z times sqrt 2 SEM. */
double ana_sem_mdc(const struct ses_sem *sem, double level);
/* "21.3 kPa", or on the log10 scale "12 %" (100 (10^sem - 1)). */
void ana_sem_text(char *out, size_t cap, enum ses_scale scale, double sem);
/* "57.1 kPa", or on the log10 scale "+25/-20 %": the limits up and down are not the same. */
void ana_mdc_text(char *out, size_t cap, enum ses_scale scale, double mdc);
/*
 * One paragraph for a caption, whether an error is known or not. More than ANA_BASIS_NAMED rows are told by their
 * range; the pages list them (ana_basis_text).
 */
void ana_basis_words(char *out, size_t cap, const struct ana_errors *errors, const struct ana_basis *basis);

#endif
