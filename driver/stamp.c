/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/stamp.h"

#include "base/clock.h"

#include <math.h>
#include <stdlib.h>

enum { CLOCK_READINGS = 8, NS_PER_US = 1000 };
enum { SETTLE_READINGS = 32, LATE_READINGS = 16, STEPS_MOST = 8, LOOK_EVERY = 16, SLEW_PART = 64 };

#define FORGET 0.97 /* of the lowest delay, every LOOK_EVERY readings */

static const int64_t settle_ns = 2 * ALG_NS_PER_S;
static const int64_t window_ns = 8 * ALG_NS_PER_S;
static const int64_t delay_most_ns = 40 * ALG_NS_PER_MS;
static const int64_t clock_late_ns = ALG_NS_PER_S;    /* no adapter and no host keeps a reading longer */
static const int64_t clock_early_ns = 50 * ALG_NS_PER_MS;
static const int64_t clock_gap_us = 30000000;
static const double clock_off = 0.01;                 /* no clock runs wronger */
static const double period_least_ns = 1e5;  /* no gauge is faster */
static const double step_least_ns = 2e6;    /* a smaller step is jitter */
static const double cluster_ns = 0.25e6;    /* delays that are closer belong together */

void alg_stamp_restart(struct alg_stamp *s)
{
	*s = (struct alg_stamp){.n = 0};
}

/* ---- the line under the points ------------------------------------------------------------------ */

/* Nanoseconds times a device clock's nanoseconds: more than 64 bits after some seconds. */
__extension__ typedef __int128 wide;

/* Whether b lies on or over the line from a to c. */
static bool needless(const struct alg_stamp_point *a, const struct alg_stamp_point *b, const struct alg_stamp_point *c)
{
	return (wide)(b->latest_ns - a->latest_ns) * (c->n - a->n) >= (wide)(c->latest_ns - a->latest_ns) * (b->n - a->n);
}

static void drop_first(struct alg_stamp *s)
{
	s->n_hull--;
	for (int i = 0; i < s->n_hull; i++)
		s->hull[i] = s->hull[i + 1];
}

/* Clocks that stand still to each other have one edge for hours: it is cut to the window, so that its numbers stay small. */
static void cut_first(struct alg_stamp *s)
{
	struct alg_stamp_point *a = &s->hull[0];
	const struct alg_stamp_point *b = &s->hull[1], *last = &s->hull[s->n_hull - 1];

	while (last->latest_ns - a->latest_ns > 2 * window_ns && b->n - a->n > 1) {
		int64_t n = b->n - a->n, half = n / 2, ns = b->latest_ns - a->latest_ns;

		*a = (struct alg_stamp_point){b->n - half, b->latest_ns - (int64_t)(((wide)ns * half + n - 1) / n)}; /* never over the edge */
	}
}

static void add(struct alg_stamp *s, const struct alg_stamp_point *p)
{
	while (s->n_hull >= 2 && needless(&s->hull[s->n_hull - 2], &s->hull[s->n_hull - 1], p))
		s->n_hull--;
	if (s->n_hull == ALG_STAMP_HULL)
		drop_first(s);
	s->hull[s->n_hull++] = *p;
	while (s->n_hull > 2 && p->latest_ns - s->hull[1].latest_ns > window_ns)
		drop_first(s);
	if (s->n_hull > 1)
		cut_first(s);
}

/* The hull's edge over the middle of the window; there are two vertices at least. */
static const struct alg_stamp_point *edge(const struct alg_stamp *s)
{
	int64_t middle = s->hull[0].n + (s->hull[s->n_hull - 1].n - s->hull[0].n) / 2;
	int i = 0;

	while (i + 2 < s->n_hull && s->hull[i + 1].n < middle)
		i++;
	return &s->hull[i];
}

static double slope(const struct alg_stamp_point *e)
{
	return (double)(e[1].latest_ns - e[0].latest_ns) / (double)(e[1].n - e[0].n);
}

static double delay(const struct alg_stamp_point *e, const struct alg_stamp_point *p)
{
	return (double)(p->latest_ns - e->latest_ns) - slope(e) * (double)(p->n - e->n);
}

double alg_stamp_period_ns(const struct alg_stamp *s)
{
	return s->settled ? slope(edge(s)) : 0;
}

static double larger(double a, double b)
{
	return a > b ? a : b;
}

/* ---- what the delays cannot tell ------------------------------------------------------------------ */

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/*
 * Half of the step from the lowest cluster of the last delays to the next one. Clusters of a common measure
 * have the same share of the readings each; one straggler above all others is none. As the clocks drift, the
 * lowest cluster rises from the line: by so much less the line can be too late.
 */
static double half_step(struct alg_stamp *s, const struct alg_stamp_point *e)
{
	double d[ALG_STAMP_LAST], step, whole;
	int n = ALG_STAMP_LAST, lowest = 1;

	if (s->n - s->step_n < n)
		n = (int)(s->n - s->step_n);
	for (int i = 0; i < n; i++)
		d[i] = delay(e, &s->last[(s->n - 1 - i) % ALG_STAMP_LAST]);
	qsort(d, (size_t)n, sizeof(d[0]), by_value);
	s->lowest_ns = larger(d[0], FORGET * s->lowest_ns);
	while (lowest < n && d[lowest] - d[lowest - 1] < cluster_ns)
		lowest++;
	if (lowest * 5 > n * 3) /* two clusters: about a half each */
		return 0;
	step = d[lowest] - d[lowest - 1];
	whole = d[n - 1] * lowest / (n - lowest); /* the same step by the share */
	step = (step < whole ? step : whole) - s->lowest_ns;
	return step > 0 ? step / 2 : 0;
}

/* ---- one reading after the other --------------------------------------------------------------------- */

/* The old period under the lowest of the last n readings: the hull is one edge of two seconds, then what follows. */
static void lay_anew(struct alg_stamp *s, const struct alg_stamp_point *p, int n)
{
	const struct alg_stamp_point old[2] = {edge(s)[0], edge(s)[1]};
	struct alg_stamp_point low = *p;
	double period_ns = larger(slope(old), period_least_ns);
	int64_t back = (int64_t)((double)settle_ns / period_ns) + 1;

	for (int i = 1; i < n; i++)
		if (delay(old, &s->last[(s->n - i) % ALG_STAMP_LAST]) < delay(old, &low))
			low = s->last[(s->n - i) % ALG_STAMP_LAST];
	s->hull[0] = (struct alg_stamp_point){low.n - back, low.latest_ns - (int64_t)((double)back * period_ns)};
	s->hull[1] = low;
	s->n_hull = 2;
	for (int i = n - 1; i > 0; i--)
		if (s->last[(s->n - i) % ALG_STAMP_LAST].n > low.n)
			add(s, &s->last[(s->n - i) % ALG_STAMP_LAST]);
	s->step_n = s->n - n + 1;
	s->step_ns = p->latest_ns;
	s->n_late = 0;
	s->lowest_ns = 0;
}

/* Not where the line has it: a reading is missing, the rate is another, or somebody slept. True: it starts anew. */
static bool lost_line(struct alg_stamp *s, const struct alg_stamp_point *p, bool *stepped)
{
	const struct alg_stamp_point *e = edge(s);
	double off_ns = delay(e, p), reading_ns = larger(slope(e) / 2, step_least_ns);

	s->n_late = off_ns > reading_ns ? s->n_late + 1 : 0;
	*stepped = off_ns < -reading_ns || s->n_late >= LATE_READINGS;
	if (*stepped)
		s->n_steps = p->latest_ns - s->step_ns < settle_ns ? s->n_steps + 1 : 1;
	if (off_ns > (double)delay_most_ns || s->n_steps > STEPS_MOST)
		return true;
	if (*stepped)
		lay_anew(s, p, off_ns < 0 ? 1 : LATE_READINGS);
	return false;
}

static void look(struct alg_stamp *s)
{
	const struct alg_stamp_point *e = edge(s);
	bool regular = slope(e) > period_least_ns;

	for (int i = 0; i < ALG_STAMP_LAST && i < s->n - s->step_n; i++)
		regular = regular && delay(e, &s->last[(s->n - 1 - i) % ALG_STAMP_LAST]) <= (double)delay_most_ns;
	if (!regular) {
		alg_stamp_restart(s);
		return;
	}
	s->lower_ns = half_step(s, e);
	s->settled = true;
}

static int64_t estimate(struct alg_stamp *s, const struct alg_stamp_point *p, bool fresh)
{
	const struct alg_stamp_point *e = edge(s);
	double period_ns = slope(e), most_ns = period_ns / SLEW_PART;
	double expected_ns = (double)(s->t_ns - p->latest_ns) + period_ns; /* all from latest on: small numbers */
	double move_ns = -delay(e, p) - s->lower_ns - expected_ns;

	if (!fresh)
		move_ns = move_ns > most_ns ? most_ns : move_ns < -most_ns ? -most_ns : move_ns;
	double t_ns = expected_ns + move_ns;

	return p->latest_ns + (int64_t)(t_ns < 0 ? t_ns : 0);
}

int64_t alg_stamp_next(struct alg_stamp *s, int64_t latest_ns)
{
	struct alg_stamp_point p = {.n = s->n, .latest_ns = latest_ns};
	bool was = s->settled, stepped = false;

	if (s->n && (latest_ns < s->first_ns || (was && lost_line(s, &p, &stepped)))) {
		alg_stamp_restart(s);
		p.n = 0;
		was = stepped = false;
	}
	if (s->n == 0)
		s->first_ns = latest_ns;
	if (p.n == 0 || p.n > s->hull[s->n_hull - 1].n)
		add(s, &p);
	s->last[s->n++ % ALG_STAMP_LAST] = p;
	if (s->n >= SETTLE_READINGS && latest_ns - s->first_ns >= settle_ns && (!was || s->n % LOOK_EVERY == 0))
		look(s);
	s->t_ns = s->settled ? estimate(s, &p, !was || stepped) : latest_ns;
	return s->t_ns;
}

/* ---- a gauge with a clock of its own ----------------------------------------------------------------- */

/* This machine's nanoseconds in one of the gauge's microseconds. */
static double clock_slope(const struct alg_stamp *s)
{
	double most = NS_PER_US * (1 + clock_off), least = NS_PER_US * (1 - clock_off);
	double ns = s->settled ? slope(edge(s)) : NS_PER_US;

	return ns > most ? most : ns < least ? least : ns;
}

/* The line under all points at this time of the gauge's clock, counted from from_ns so that numbers stay small. */
static double clock_line(const struct alg_stamp *s, int64_t us, int64_t from_ns)
{
	double ns = clock_slope(s), low = INFINITY;

	for (int i = 0; i < s->n_hull; i++)
		low = fmin(low, (double)(s->hull[i].latest_ns - from_ns) + ns * (double)(us - s->hull[i].n));
	return low;
}

static bool lost_clock(const struct alg_stamp *s, const struct alg_stamp_point *p)
{
	int64_t passed_us = p->n - s->clock_us;
	double early_ns = (double)clock_early_ns + clock_off * NS_PER_US * (double)passed_us;

	if (passed_us < 0 || passed_us > clock_gap_us || p->latest_ns < s->first_ns)
		return true;
	double off_ns = -clock_line(s, p->n, p->latest_ns);

	return off_ns > (double)clock_late_ns || off_ns < -early_ns;
}

int64_t alg_stamp_clock(struct alg_stamp *s, int64_t device_ns, int64_t latest_ns)
{
	const struct alg_stamp_point p = {.n = device_ns / NS_PER_US, .latest_ns = latest_ns};

	if (s->n && lost_clock(s, &p))
		alg_stamp_restart(s);
	if (s->n == 0)
		s->first_ns = s->t_ns = latest_ns;
	if (s->n == 0 || p.n > s->hull[s->n_hull - 1].n)
		add(s, &p);
	s->clock_us = p.n;
	s->last[s->n++ % ALG_STAMP_LAST] = p;
	s->settled = s->n >= CLOCK_READINGS && s->n_hull > 1 && latest_ns - s->first_ns >= settle_ns;
	if (clock_line(s, p.n, latest_ns) < -(double)delay_most_ns)
		s->step_n = s->n; /* the host was late: that teaches nothing of an adapter */
	if (s->settled && s->n - s->step_n >= SETTLE_READINGS && s->n % LOOK_EVERY == 0)
		s->lower_ns = half_step(s, edge(s));
	int64_t t_ns = latest_ns + (int64_t)(clock_line(s, p.n, latest_ns) - s->lower_ns);

	t_ns = t_ns > latest_ns ? latest_ns : t_ns;
	s->t_ns = s->n > 1 && t_ns < s->t_ns ? s->t_ns : t_ns;
	return s->t_ns;
}
