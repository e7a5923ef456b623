/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/clock.h"

#include "base/status.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t read_clock(clockid_t id)
{
	struct timespec t;

	clock_gettime(id, &t);
	return (int64_t)t.tv_sec * ALG_NS_PER_S + t.tv_nsec;
}

static int64_t system_now(void *ctx)
{
	(void)ctx;
	return read_clock(CLOCK_MONOTONIC);
}

static int64_t system_wall(void *ctx)
{
	(void)ctx;
	return read_clock(CLOCK_REALTIME);
}

const struct alg_clock *alg_clock_system(void)
{
	static const struct alg_clock clock = {.now_ns = system_now, .wall_ns = system_wall};

	return &clock;
}

int64_t alg_clock_now_ns(const struct alg_clock *clock)
{
	return clock->now_ns(clock->ctx);
}

int64_t alg_clock_wall_ns(const struct alg_clock *clock)
{
	return clock->wall_ns(clock->ctx);
}

int64_t alg_clock_suspended_ns(void)
{
	return read_clock(CLOCK_BOOTTIME) - read_clock(CLOCK_MONOTONIC);
}

double alg_ns_to_s(int64_t ns)
{
	return (double)ns / 1e9;
}

int64_t alg_s_to_ns(double s)
{
	return (int64_t)llround(s * 1e9);
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int alg_time_format(char *out, size_t cap, int64_t wall_ns)
{
	time_t sec = (time_t)floor_div(wall_ns, ALG_NS_PER_S);
	int ms = (int)((wall_ns - (int64_t)sec * ALG_NS_PER_S) / ALG_NS_PER_MS);
	struct tm tm;
	char date[24];

	if (cap)
		out[0] = '\0';
	if (!localtime_r(&sec, &tm) || !strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%S", &tm))
		return ALG_ERR_ARG;
	long off = tm.tm_gmtoff / 60;
	int n = snprintf(out, cap, "%s.%03d%c%02ld:%02ld", date, ms, off < 0 ? '-' : '+', labs(off) / 60,
		labs(off) % 60);

	return n < 0 || (size_t)n >= cap ? ALG_ERR_ARG : 0;
}

int alg_time_date(char *out, size_t cap, int64_t wall_ns)
{
	time_t sec = (time_t)floor_div(wall_ns, ALG_NS_PER_S);
	struct tm tm;

	if (cap)
		out[0] = '\0';
	if (!localtime_r(&sec, &tm) || !strftime(out, cap, "%Y-%m-%d", &tm))
		return ALG_ERR_ARG;
	return 0;
}

/* Exactly n digits into *out. */
static const char *digits(const char *p, int n, int *out)
{
	*out = 0;
	for (int i = 0; i < n; i++, p++) {
		if (*p < '0' || *p > '9')
			return NULL;
		*out = *out * 10 + (*p - '0');
	}
	return p;
}

/* Days from 1970-01-01 in the proleptic Gregorian calendar, years counted from March. */
static int64_t days_from_civil(int y, int m, int d)
{
	int64_t years = m > 2 ? y : y - 1;
	int64_t era = floor_div(years, 400);
	int64_t yoe = years - era * 400;
	int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static int month_days(int y, int m)
{
	static const int n[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (m < 1 || m > 12)
		return 0;
	return n[m - 1] + (m == 2 && (y % 4 == 0) && (y % 100 != 0 || y % 400 == 0));
}

static const char *civil(const char *p, int64_t *days)
{
	int y, m, d;

	if (!(p = digits(p, 4, &y)) || *p++ != '-' || !(p = digits(p, 2, &m)) || *p++ != '-' ||
		!(p = digits(p, 2, &d)))
		return NULL;
	if (d < 1 || d > month_days(y, m))
		return NULL;
	*days = days_from_civil(y, m, d);
	return p;
}

int alg_date_parse(const char *text, int32_t *days)
{
	int64_t n;
	const char *end = civil(text, &n);

	if (!end || (*end != '\0' && *end != 'T'))
		return ALG_ERR_DATA;
	*days = (int32_t)n;
	return 0;
}

static const char *time_of_day(const char *p, int64_t *ns)
{
	int h, m, s = 0;
	int64_t frac = 0;

	if (!(p = digits(p, 2, &h)) || *p++ != ':' || !(p = digits(p, 2, &m)))
		return NULL;
	if (*p == ':' && !(p = digits(p + 1, 2, &s)))
		return NULL;
	if (h > 23 || m > 59 || s > 59)
		return NULL;
	if (*p == '.') {
		int64_t unit = ALG_NS_PER_S / 10;

		for (p++; *p >= '0' && *p <= '9'; p++, unit /= 10)
			frac += unit * (*p - '0');
	}
	*ns = ((h * INT64_C(60) + m) * 60 + s) * ALG_NS_PER_S + frac;
	return p;
}

#define FAR_DAYS 106000 /* 1679 to 2260: nanoseconds since 1970 hold no more, and would come round to another year */

int alg_time_parse(const char *text, int64_t *wall_ns)
{
	int64_t days, ns, offset_min = 0;
	const char *p = civil(text, &days);

	if (!p || days < -FAR_DAYS || days > FAR_DAYS || *p++ != 'T' || !(p = time_of_day(p, &ns)))
		return ALG_ERR_DATA;
	if (*p == 'Z') {
		p++;
	} else {
		int sign = *p == '-' ? -1 : 1, h, m;

		if ((*p != '+' && *p != '-') || !(p = digits(p + 1, 2, &h)) || *p++ != ':' ||
			!(p = digits(p, 2, &m)) || h > 15 || m > 59)
			return ALG_ERR_DATA;
		offset_min = sign * (h * 60 + m);
	}
	if (*p)
		return ALG_ERR_DATA;
	*wall_ns = days * INT64_C(86400) * ALG_NS_PER_S + ns - offset_min * 60 * ALG_NS_PER_S;
	return 0;
}

void alg_time_zone_name(char *out, size_t cap)
{
	const char *tz = getenv("TZ");
	char link[256];
	ssize_t n;

	if (tz && *tz) {
		alg_text_copy(out, cap, *tz == ':' ? tz + 1 : tz);
		return;
	}
	n = readlink("/etc/localtime", link, sizeof(link) - 1);
	link[n > 0 ? n : 0] = '\0';
	const char *name = strstr(link, "zoneinfo/");

	alg_text_copy(out, cap, name ? name + strlen("zoneinfo/") : "UTC");
}
