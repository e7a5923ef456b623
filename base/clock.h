/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clock.h - one clock for everything that is measured, and how wall time is attached to it.
 *
 * All times inside the program are int64_t nanoseconds of one monotonic clock, from an arbitrary
 * start. A simulated gauge brings its own clock, so no code asks "am I in a test?".
 */
#ifndef ALG_BASE_CLOCK_H
#define ALG_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#define ALG_NS_PER_S  INT64_C(1000000000)
#define ALG_NS_PER_MS INT64_C(1000000)
#define ALG_NS_PER_US INT64_C(1000)

struct alg_clock {
	int64_t (*now_ns)(void *ctx);      /* monotonic */
	int64_t (*wall_ns)(void *ctx);     /* nanoseconds since 1970-01-01T00:00:00Z */
	void *ctx;
};

/* CLOCK_MONOTONIC and CLOCK_REALTIME; static, never freed. */
const struct alg_clock *alg_clock_system(void);
int64_t alg_clock_now_ns(const struct alg_clock *clock);
int64_t alg_clock_wall_ns(const struct alg_clock *clock);

/* CLOCK_BOOTTIME minus CLOCK_MONOTONIC: a growth means that the machine slept. */
int64_t alg_clock_suspended_ns(void);

double alg_ns_to_s(int64_t ns);
int64_t alg_s_to_ns(double s);

enum { ALG_TIME_TEXT_MAX = 40 };

/*
 * ISO 8601 with milliseconds and offset, "2026-03-02T09:30:00.123+01:00", in the process's zone
 * (the program sets TZ from the study before it starts threads). Returns 0 or ALG_ERR_ARG.
 */
int alg_time_format(char *out, size_t cap, int64_t wall_ns);
/* The local date "2026-03-02" of the same instant. */
int alg_time_date(char *out, size_t cap, int64_t wall_ns);
/*
 * Reads "YYYY-MM-DDTHH:MM[:SS[.fff]](Z|+HH:MM|-HH:MM)", the offset being required, whole string
 * only. Returns 0 or ALG_ERR_DATA (as for a year that nanoseconds cannot hold).
 */
int alg_time_parse(const char *text, int64_t *wall_ns);
/* Days since 1970-01-01 of "YYYY-MM-DD" (whole string; also the date part of an ISO 8601 time). */
int alg_date_parse(const char *text, int32_t *days);
/* The process's IANA zone name ("Europe/Copenhagen"), from TZ or /etc/localtime; "UTC" if unknown. */
void alg_time_zone_name(char *out, size_t cap);

#endif
