/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * stat_eval FILE - computes what tests/r/agree.R also computes. A line of the file is a case,
 *
 *   NAME option... | number... | number...
 *
 * with NA for what is missing; the answer is a line of numbers with 17 digits, NaN for what cannot be computed.
 */
#include "stats/bland.h"
#include "stats/effect.h"
#include "stats/error.h"
#include "stats/growth.h"
#include "stats/holm.h"
#include "stats/icc.h"
#include "stats/quantile.h"
#include "stats/wilcoxon.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LISTS = 3, MOST = 20000 };

static struct {
	double x[LISTS][MOST]; /* [0]: the options */
	size_t n[LISTS];
} in;

static const double *const opt = in.x[0], *const a = in.x[1], *const b = in.x[2];

static void tell(double x)
{
	printf(isnan(x) ? "NaN " : "%.17g ", x);
}

static void tell_count(size_t n)
{
	printf("%zu ", n);
}

static void tell_interval(struct st_interval i)
{
	tell(i.low);
	tell(i.high);
}

static void tell_counts(size_t n, size_t n_missing)
{
	tell_count(n);
	tell_count(n_missing);
}

static void eval_moments(void)
{
	struct st_moments m = st_moments_of(a, in.n[1]);

	tell_counts(m.n, m.n_missing);
	tell(m.mean);
	tell(m.sd);
	tell(m.se_mean);
	tell_interval(st_mean_interval(&m, opt[0]));
}

static void eval_percent(void)
{
	struct st_percent p = st_percent_of(a, b, in.n[1]);

	tell_counts(p.n, p.n_missing);
	tell(p.of_means);
	tell(p.mean_of);
	tell(p.of_geometric);
}

static void eval_quantile(void)
{
	static double sorted[MOST];
	size_t n = st_sort(a, in.n[1], sorted);

	tell_count(n);
	tell(st_quantile(sorted, n, opt[0]));
	tell(st_median(sorted, n));
}

static void tell_t(const struct st_t_test *t)
{
	tell_count(t->n_a);
	tell_counts(t->n_b, t->n_missing);
	tell(t->difference);
	tell(t->t);
	tell(t->df);
	tell(t->p);
	tell_interval(t->ci);
}

static void eval_paired(void)
{
	struct st_t_test t = st_paired_t(a, b, in.n[1], opt[0]);

	tell_t(&t);
}

static void eval_welch(void)
{
	struct st_t_test t = st_welch_t(a, in.n[1], b, in.n[2], opt[0]);

	tell_t(&t);
}

static void tell_ranks(int rc, const struct st_rank_test *t)
{
	tell(rc);
	tell_count(t->n_a);
	tell_count(t->n_b);
	tell_counts(t->n_zeros, t->n_missing);
	tell(t->w);
	tell(t->p);
	tell(t->p_less);
	tell(t->p_greater);
	tell(t->estimate);
	tell_interval(t->ci);
	tell(t->level);
	tell(t->effect);
}

static void eval_signed(void)
{
	struct st_rank_test t;

	tell_ranks(st_signed_rank(&t, a, b, in.n[1], opt[1] > 0 ? ST_ZEROS_PRATT : ST_ZEROS_DROP, opt[0]), &t);
}

static void eval_sum(void)
{
	struct st_rank_test t;

	tell_ranks(st_rank_sum(&t, a, in.n[1], b, in.n[2], opt[0]), &t);
}

static void eval_effect(void)
{
	struct st_effect e = st_effect_of(a, b, in.n[1], opt[0]);

	tell_counts(e.n, e.n_missing);
	tell(e.r);
	tell(e.d_z);
	tell_interval(e.d_z_ci);
	tell(e.d_av);
	tell_interval(e.d_av_ci);
	tell(e.d_rms);
	tell(e.d_rm);
	tell(e.g_z);
	tell(e.g_av);
}

static void eval_icc(void)
{
	size_t k = (size_t)opt[1];
	struct st_two_way t = st_two_way_of(a, in.n[1] / k, k);

	tell_counts(t.n, t.n_missing);
	for (enum st_icc_form form = ST_ICC_1_1; form < ST_ICC_FORMS; form++) {
		struct st_icc icc = st_icc_of(&t, form, opt[0]);

		tell(icc.value);
		tell(icc.f);
		tell(icc.df1);
		tell(icc.df2);
		tell(icc.p);
		tell_interval(icc.ci);
	}
}

static void tell_sem(struct st_sem s)
{
	tell_counts(s.n, s.n_missing);
	tell(s.sem);
	tell(s.df);
	tell_interval(s.ci);
}

static void eval_sem(void)
{
	size_t k = (size_t)opt[1];
	struct st_two_way t = st_two_way_of(a, in.n[1] / k, k);

	tell_sem(st_sem_consistency(&t, opt[0]));
	tell_sem(st_sem_agreement(&t, opt[0]));
}

static void eval_sessions(void)
{
	struct st_sem s = st_sem_two_sessions(a, b, in.n[1], opt[0]);

	tell_sem(s);
	tell(st_mdc(s.sem, opt[0]));
	tell_interval(st_change_interval(opt[1], s.sem, s.df, (size_t)opt[2], opt[0]));
}

static void eval_cv(void)
{
	size_t k = (size_t)opt[0];
	struct st_cv cv = st_cv_within(a, in.n[1] / k, k);

	tell_counts(cv.n, cv.n_missing);
	tell(cv.by_rows);
	tell(cv.by_logs);
}

static void tell_bland(int rc, const struct st_bland *l)
{
	tell(rc);
	tell_counts(l->n, l->n_missing);
	tell(l->bias);
	tell(l->sd);
	tell(l->low);
	tell(l->high);
	tell_interval(l->bias_ci);
	tell_interval(l->low_ci);
	tell_interval(l->high_ci);
	tell_interval(l->low_ci_1986);
	tell_interval(l->high_ci_1986);
	tell(l->proportional.slope);
	tell(l->proportional.p);
}

static void eval_bland(void)
{
	struct st_bland l;

	tell_bland(st_bland_of(&l, a, b, in.n[1], opt[1], opt[0]), &l);
}

static void eval_ratio(void)
{
	struct st_bland l;

	tell_bland(st_bland_ratio(&l, a, b, in.n[1], opt[1], opt[0]), &l);
}

static void eval_replicates(void)
{
	struct st_bland l;
	size_t k_a = (size_t)opt[2], k_b = (size_t)opt[3];

	tell_bland(st_bland_replicates(&l, a, k_a, b, k_b, in.n[1] / k_a, opt[1], opt[0]), &l);
	tell(l.sd_within_a);
	tell(l.sd_within_b);
}

static void eval_growth(void)
{
	struct st_growth g;
	size_t k = (size_t)opt[0];

	tell(st_growth_of(&g, a, in.n[1] / k, k));
	tell_counts(g.n, g.n_missing);
	tell(g.rho);
	tell(g.p);
}

static void eval_holm(void)
{
	static double adjusted[MOST];

	tell_count(st_holm(a, in.n[1], adjusted));
	for (size_t i = 0; i < in.n[1]; i++)
		tell(adjusted[i]);
}

static void eval_line(void)
{
	struct st_line l = st_line_of(a, b, in.n[1], opt[0]);

	tell_counts(l.n, l.n_missing);
	tell(l.slope);
	tell(l.intercept);
	tell(l.se_slope);
	tell(l.se_intercept);
	tell(l.sd_residual);
	tell(l.r2);
	tell(l.f);
	tell(l.p);
	tell_interval(l.slope_ci);
	tell(st_correlation(a, b, in.n[1]));
}

static void eval_area(void)
{
	struct st_area area = st_area_under(a, b, in.n[1]);

	tell_counts(area.n, area.n_missing);
	tell(area.area);
	tell(area.average);
}

static void eval_one_way(void)
{
	size_t size[100];
	struct st_one_way w;

	for (size_t i = 0; i < in.n[2] && i < 100; i++)
		size[i] = (size_t)b[i];
	w = st_one_way_of(a, size, in.n[2] < 100 ? in.n[2] : 100);
	tell_counts(w.n, w.n_missing);
	tell_count(w.groups);
	tell(w.ss_between);
	tell(w.ss_within);
	tell(w.df_between);
	tell(w.df_within);
	tell(w.f);
	tell(w.p);
}

static void eval_size(void)
{
	tell_count(st_paired_size(opt[0], opt[1], opt[2], opt[3]));
}

static void eval_quantiles(void)
{
	tell(st_normal_quantile(opt[0]));
	tell(st_t_quantile(opt[0], opt[1]));
	tell(st_t_quantile(opt[0], INFINITY));
	tell(st_chi_square_quantile(opt[0], opt[1]));
	tell(st_f_quantile(opt[0], opt[1], opt[2]));
}

static const struct {
	const char *name;
	void (*eval)(void);
} evals[] = {
	{"moments", eval_moments}, {"percent", eval_percent}, {"quantile", eval_quantile}, {"paired", eval_paired},
	{"welch", eval_welch}, {"signed", eval_signed}, {"ranksum", eval_sum}, {"effect", eval_effect}, {"icc", eval_icc},
	{"sem", eval_sem}, {"sessions", eval_sessions}, {"cv", eval_cv}, {"bland", eval_bland}, {"ratio", eval_ratio},
	{"replicates", eval_replicates}, {"growth", eval_growth}, {"holm", eval_holm}, {"line", eval_line}, {"area", eval_area},
	{"oneway", eval_one_way}, {"size", eval_size}, {"quantiles", eval_quantiles},
};

/* The numbers of a line, after its name, into in. */
static bool parse(char *text)
{
	char *save, *word;
	size_t list = 0;

	memset(in.n, 0, sizeof(in.n));
	for (word = strtok_r(text, " \n", &save); word; word = strtok_r(NULL, " \n", &save)) {
		char *end = word;

		if (strcmp(word, "|") == 0) {
			if (++list == LISTS)
				return false;
			continue;
		}
		in.x[list][in.n[list]++] = strcmp(word, "NA") == 0 ? (end += 2, NAN) : strtod(word, &end);
		if (*end || in.n[list] == MOST)
			return false;
	}
	return true;
}

static bool one_case(char *line)
{
	size_t length = strcspn(line, " \n");

	for (size_t i = 0; i < sizeof(evals) / sizeof(evals[0]); i++) {
		if (strlen(evals[i].name) != length || strncmp(line, evals[i].name, length) != 0)
			continue;
		if (!parse(line + length))
			return false;
		evals[i].eval();
		puts("");
		return true;
	}
	return false;
}

int main(int argc, char **argv)
{
	static char line[MOST * 26];
	FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;

	if (!f) {
		fprintf(stderr, "usage: stat_eval FILE\n");
		return 2;
	}
	while (fgets(line, sizeof(line), f)) {
		if (!one_case(line)) {
			fprintf(stderr, "stat_eval: not a case: %.60s\n", line);
			fclose(f);
			return 1;
		}
	}
	fclose(f);
	return 0;
}
