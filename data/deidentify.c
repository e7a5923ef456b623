/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/deidentify.h"

#include "base/clock.h"
#include "base/text.h"
#include "data/amend.h"
#include "data/chain.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Days since 1970-01-01 of 1900-01-01: BIDS puts moved dates before 1925, so that nobody takes them for real. */
#define DAY_ZERO (-25567)

/* Year, month and day of a day number (proleptic Gregorian calendar; Hinnant's days_from_civil turned round). */
static void civil(int32_t days, int *year, int *month, int *day)
{
	int32_t z = days + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
	int32_t of_era = z - era * 146097;
	int32_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int32_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int32_t mp = (5 * of_year + 2) / 153;

	*day = of_year - (153 * mp + 2) / 5 + 1;
	*month = mp < 10 ? mp + 3 : mp - 9;
	*year = year_of_era + era * 400 + (*month <= 2);
}

/* "2026-03-02" or "2026-03-02T09:30:00.123+01:00" moved; the time of day stays, the offset becomes +00:00. */
static int move_date(char *text, size_t cap, int32_t first_day)
{
	char was[64], rest[32] = "";
	int year, month, day;
	int32_t days;

	if (!text[0])
		return 0;
	if (!alg_text_copy(was, sizeof(was), text) || alg_date_parse(was, &days))
		return ALG_ERR_DATA;
	if (was[10] == 'T') {
		size_t len = strcspn(was + 11, "+-Z");

		snprintf(rest, sizeof(rest), "T%.*s+00:00", (int)(len < 20 ? len : 20), was + 11);
	}
	civil(DAY_ZERO + days - first_day, &year, &month, &day);
	int n = snprintf(text, cap, "%04d-%02d-%02d%s", year, month, day, rest);

	return n > 0 && (size_t)n < cap ? 0 : ALG_ERR_DATA;
}

/* The text columns and attributes that are times. */
static int move_dates(struct ses_session *ses, int32_t first_day)
{
	struct ses_header *h = &ses->header;
	int64_t wall_ns;
	int rc = move_date(h->started, sizeof(h->started), first_day);

	if (rc == 0)
		rc = move_date(h->visit_day, sizeof(h->visit_day), first_day);
	for (size_t i = 0; rc == 0 && i < ses->n_trials; i++)
		rc = move_date(ses->trials[i].contact_time, sizeof(ses->trials[i].contact_time), first_day);
	for (size_t i = 0; rc == 0 && i < ses->n_events; i++)
		rc = move_date(ses->events[i].time, sizeof(ses->events[i].time), first_day);
	for (size_t i = 0; rc == 0 && i < ses->n_amendments; i++)
		rc = move_date(ses->amendments[i].time, sizeof(ses->amendments[i].time), first_day);
	for (size_t i = 0; rc == 0 && i < ses->n_points; i++)
		rc = move_date(ses->points[i].since, sizeof(ses->points[i].since), first_day);
	if (rc == 0)
		rc = alg_time_parse(h->started, &wall_ns);
	if (rc == 0)
		h->started_unix_s = (double)(wall_ns / ALG_NS_PER_MS) / 1e3;
	return rc;
}

static void clear(char *text, size_t size)
{
	memset(text, 0, size);
}

#define CLEAR(member) clear(member, sizeof(member))

static void clean_header(struct ses_header *h, const struct ses_deidentify *how)
{
	ses_uuid_make(h->uuid);
	CLEAR(h->participant);
	alg_text_copy(h->participant, sizeof(h->participant), how->code);
	CLEAR(h->centre);
	CLEAR(h->examiner);
	CLEAR(h->device_serial);
	CLEAR(h->device_address);
	CLEAR(h->calibration);
	CLEAR(h->time_zone);
	alg_text_copy(h->time_zone, sizeof(h->time_zone), "UTC");
	if (h->recovered[0])
		alg_text_copy(h->recovered, sizeof(h->recovered), "from a journal");
	CLEAR(h->order_source);
	if (h->check_text) /* who weighed, when, on which gauge */
		h->check_text[0] = '\0';
	CLEAR(h->origin);
	snprintf(h->origin, sizeof(h->origin), "deidentified; dates count from 1900-01-01, the first visit");
	if (how->keep_procedure)
		return;
	h->procedure_text[0] = h->instruction[0] = '\0';
}

/* Site codes and the program's own words stay; whatever a person may have typed goes. */
static void clean_rows(struct ses_session *ses)
{
	size_t kept = 0;

	for (size_t i = 0; i < ses->n_ratings; i++)
		if (ses->ratings[i].skipped[0]) {
			CLEAR(ses->ratings[i].skipped);
			alg_text_copy(ses->ratings[i].skipped, sizeof(ses->ratings[i].skipped), "skipped");
		}
	for (size_t i = 0; i < ses->n_points; i++)
		CLEAR(ses->points[i].referred_where);
	for (size_t i = 0; i < ses->n_amendments; i++) {
		struct ses_amendment a = ses->amendments[i];

		if (strcmp(a.field, "status") != 0 && strcmp(a.field, "site") != 0 && strcmp(a.field, "side") != 0 &&
			strcmp(a.field, "tip_area_cm2") != 0)
			continue;
		CLEAR(a.who);
		CLEAR(a.reason);
		CLEAR(a.seal_before);
		ses->amendments[kept++] = a;
	}
	ses->n_amendments = kept;
}

int ses_session_deidentify(struct ses_session *ses, const struct ses_deidentify *how, struct alg_log *log)
{
	int rc = ses_session_amend_identity(ses, log);

	if (rc < 0)
		return rc;
	if (move_dates(ses, how->first_day))
		return alg_fail(log, MSG_DEIDENTIFY_DATE, ses->header.visit_day);
	clean_header(&ses->header, how);
	clean_rows(ses);
	return ses_session_chain_all(ses) ? alg_fail(log, MSG_NOMEM, "digests") : 0;
}
