/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/icc.h"

#include <math.h>

/* Of one-way and consistency forms: limits of F itself. */
static struct st_interval f_limits(double f, double df1, double df2, double tail)
{
	return (struct st_interval){f / st_f_quantile(1 - tail, df1, df2), f * st_f_quantile(1 - tail, df2, df1)};
}

static double single(double f, double k)
{
	return (f - 1) / (f + k - 1);
}

static double average_of_single(double r, double k)
{
	return k * r / (1 + (k - 1) * r);
}

/* McGraw & Wong's limits of ICC(2,1), value r. */
static struct st_interval agreement_limits(const struct st_two_way *t, double r, double tail)
{
	double n = (double)t->n, k = (double)t->k, a = k * r / (n * (1 - r)), b = 1 + k * r * (n - 1) / (n * (1 - r));
	double columns = a * t->ms_columns, error = b * t->ms_error, both = columns + error;
	double v = both * both / (columns * columns / t->df_columns + error * error / t->df_error);
	double fl = st_f_quantile(1 - tail, t->df_rows, v), fu = st_f_quantile(1 - tail, v, t->df_rows);
	double rest = k * t->ms_columns + (k * n - k - n) * t->ms_error;

	return (struct st_interval){n * (t->ms_rows - fl * t->ms_error) / (fl * rest + n * t->ms_rows),
		n * (fu * t->ms_rows - t->ms_error) / (rest + n * fu * t->ms_rows)};
}

static struct st_interval limits(const struct st_two_way *t, const struct st_icc *icc, double tail)
{
	struct st_interval i;
	double k = (double)t->k;
	bool averaged = icc->form >= ST_ICC_1_K;

	if (icc->form == ST_ICC_2_1 || icc->form == ST_ICC_2_K) {
		i = agreement_limits(t, st_icc_of(t, ST_ICC_2_1, NAN).value, tail);
		return averaged ? (struct st_interval){average_of_single(i.low, k), average_of_single(i.high, k)} : i;
	}
	i = f_limits(icc->f, icc->df1, icc->df2, tail);
	return averaged ? (struct st_interval){1 - 1 / i.low, 1 - 1 / i.high} :
			  (struct st_interval){single(i.low, k), single(i.high, k)};
}

static double value_of(const struct st_two_way *t, enum st_icc_form form, double error)
{
	double n = (double)t->n, k = (double)t->k, above = t->ms_rows - error, columns = t->ms_columns - t->ms_error, below = NAN;

	switch (form) {
	case ST_ICC_1_1:
	case ST_ICC_3_1: below = t->ms_rows + (k - 1) * error; break;
	case ST_ICC_2_1: below = t->ms_rows + (k - 1) * error + k * columns / n; break;
	case ST_ICC_1_K:
	case ST_ICC_3_K: below = t->ms_rows; break;
	case ST_ICC_2_K: below = t->ms_rows + columns / n; break;
	case ST_ICC_FORMS: break;
	}
	return below != 0 ? above / below : NAN;
}

struct st_icc st_icc_of(const struct st_two_way *t, enum st_icc_form form, double level)
{
	bool one_way = form == ST_ICC_1_1 || form == ST_ICC_1_K;
	double error = one_way ? t->ms_within : t->ms_error;
	struct st_icc icc = {.form = form, .value = value_of(t, form, error), .ci = st_no_interval(), .f = NAN, .df1 = t->df_rows,
		.df2 = one_way ? t->df_within : t->df_error, .p = NAN};

	if (!(error > 0))
		return icc;
	icc.f = t->ms_rows / error;
	icc.p = st_f_upper(icc.f, icc.df1, icc.df2);
	if (st_level_ok(level))
		icc.ci = limits(t, &icc, (1 - level) / 2);
	return icc;
}

const char *st_icc_name(enum st_icc_form form)
{
	static const char *const name[ST_ICC_FORMS] = {"ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"};

	return form < ST_ICC_FORMS ? name[form] : "ICC(?)";
}
