/* SPDX-License-Identifier: GPL-3.0-or-later */
/* session: rows that grow, the digest chain, stored times, amendments, and the schema's tables. */
#include "data/chain.h"
#include "data/digest.h"
#include "data/schema.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* FIPS 180-4 examples. */
static void digest_is_sha256(void **state)
{
	struct ses_digest digest;
	char hex[SES_DIGEST_HEX];

	(void)state;
	ses_digest_of("", 0, hex);
	assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	ses_digest_of("abc", 3, hex);
	assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	ses_digest_start(&digest);
	for (int i = 0; i < 1000; i++)
		ses_digest_add(&digest, &"aaaaaaaaaa"[i % 2 * 5], i % 2 ? 5 : 10);
	ses_digest_add(&digest, NULL, 0);
	ses_digest_end(&digest, hex);
	char *flat = malloc(7500), same[SES_DIGEST_HEX];

	memset(flat, 'a', 7500);
	ses_digest_of(flat, 7500, same);
	assert_string_equal(hex, same);
	free(flat);
}

static void rows_grow_and_are_cleared(void **state)
{
	struct ses_session ses = {0};
	struct ses_sample_row rows[100] = {{0}};
	struct ses_point point = {.site_code = "TA_R"};

	(void)state;
	for (int i = 0; i < 1000; i++) {
		for (int k = 0; k < 100; k++)
			rows[k].counter = i * 100 + k;
		assert_int_equal(ses_session_add_samples(&ses, rows, (size_t)(i % 101)), 0);
		assert_int_equal(ses_session_add_trial(&ses, &(struct ses_trial){.trial = i}), 0);
		assert_int_equal(ses_session_add_event(&ses, &(struct ses_event){.trial = i}), 0);
		assert_int_equal(ses_session_add_rating(&ses, &(struct ses_rating){.value = i}), 0);
		assert_int_equal(ses_session_add_amendment(&ses, &(struct ses_amendment){.trial = i}), 0);
		assert_int_equal(ses_session_add_points(&ses, &(struct ses_points){&point, 1}), 0);
	}
	assert_int_equal(ses.n_trials, 1000);
	assert_int_equal(ses.trials[999].trial, 999);
	assert_int_equal(ses.events[500].trial, 500);
	assert_close(ses.ratings[999].value, 999, 0);
	assert_int_equal(ses.amendments[0].trial, 0);
	assert_string_equal(ses.points[999].site_code, "TA_R");
	assert_int_equal(ses.samples[ses.n_samples - 1].counter, 999 * 100 + 999 % 101 - 1);
	assert_true(ses.cap_trials < 2 * ses.n_trials + 16);
	ses_session_clear(&ses);
	assert_null(ses.trials);
	assert_int_equal(ses.n_samples, 0);
	ses_session_clear(&ses); /* twice is safe */
}

static void stored_times_are_exact_multiples(void **state)
{
	static const int64_t ns[] = {0, 1, 476, 477, 953, 954, 1000000000, 3600000000000, 86399999999999, -1000000000};

	(void)state;
	for (size_t i = 0; i < sizeof(ns) / sizeof(ns[0]); i++) {
		double s = ses_stored_s(ns[i]);

		assert_close(s, (double)ns[i] / 1e9, 0.5 / 1048576 + 1e-12);
		assert_close(s * 1048576, nearbyint(s * 1048576), 0);
	}
	assert_close(ses_stored_s(476), 0, 0);
	assert_close(ses_stored_s(477), 1.0 / 1048576, 0);
}

static void uuids_are_of_version_four(void **state)
{
	char a[40], b[40];

	(void)state;
	ses_uuid_make(a);
	ses_uuid_make(b);
	assert_string_not_equal(a, b);
	assert_int_equal(strlen(a), 36);
	for (int i = 0; i < 36; i++)
		assert_true(i == 8 || i == 13 || i == 18 || i == 23 ? a[i] == '-' : isxdigit((unsigned char)a[i]));
	assert_int_equal(a[14], '4');
	assert_non_null(strchr("89ab", a[19]));
}

/* ---- the chain ----------------------------------------------------------------------------------- */

/* The canonical bytes of one press written out by hand from docs/FORMAT.md, not through the schema. */
static void chain_is_what_the_format_says(void **state)
{
	static const unsigned char row[] =
		"\x01\0\0\0" "\0\0\0\0" "TA_R\0" "R\0" "\x01\0\0\0" "\x02\0\0\0" "\x03\0\0\0" /* trial point site_code side series round press */
		"\x01\0\0\0" "\0\0\0\0" "\x01\0\0\0"                                  /* status reason response */
		"\0\0\0\0\0\0\xF0\x3F" "\0\0\0\0\0\0\0\x40"                          /* ppt_kpa 1, ppt_n 2 */
		"\0\0\0\0\0\0\xF8\x7F" "\0\0\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0"          /* peak NaN, overshoot, ceiling */
		"\0\0\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0" /* rates, corridor_share */
		"\0\0\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0"              /* zero_n contact_n interval_s */
		"\0\0\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0" "\0\0\0\0\0\0\0\0" /* t_..._s */
		"12:00\0" "\x05\0\0\0" "\0\0\0\0" "\0\x01\0\0" "\0\0\0\0" "\x02\0\0\0" /* time n_ramp n_gaps quality first n */
		"\x01\0\0\0" "\x01\0\0\0"                                             /* samples: trial */
		"\0\0\0\0\0\0\xF0\x3F" "\0\0\0\0\0\0\0\x40"                          /* t_s 1, 2 */
		"\0\0\0\0\0\0\xF0\x3F" "\0\0\0\0\0\0\0\x40"                          /* t_arrival_s */
		"\0\0\0\0\0\0\xF8\x7F" "\0\0\0\0\0\0\0\x80"                          /* force_n NaN, -0.0 */
		"-.-\0" "0.0\0" "\x04\0\0\0" "\0\0\0\0" "\x07\0\0\0" "\xFF\xFF\xFF\xFF"; /* shown flags counter */
	struct ses_session ses = {0};
	struct ses_trial trial = {.trial = 1, .site_code = "TA_R", .side = "R", .series = 1, .round = 2, .press = 3, .status = 1,
		.response = 1, .ppt_kpa = 1, .ppt_n = 2, .peak_kpa = -NAN, .contact_time = "12:00", .n_ramp = 5, .quality = 256, .n_samples = 2};
	struct ses_sample_row samples[2] = {{1, 1, 1, NAN, "-.-", 4, 7}, {1, 2, 2, -0.0, "0.0", 0, -1}};
	struct ses_digest digest;
	char hex[SES_DIGEST_HEX];

	(void)state;
	ses_session_add_trial(&ses, &trial);
	ses_session_add_samples(&ses, samples, 2);
	assert_int_equal(ses_session_chain(&ses, 0), ALG_ERR_ARG); /* the chain has no beginning yet */
	memset(ses.header.header_digest, 'a', 64);
	assert_int_equal(ses_session_chain(&ses, 0), 0);
	ses_digest_start(&digest);
	ses_digest_add(&digest, ses.header.header_digest, 64);
	ses_digest_add(&digest, row, sizeof(row) - 1);
	ses_digest_end(&digest, hex);
	assert_string_equal(ses.trials[0].digest, hex);
	assert_int_equal(ses_session_chain(&ses, 1), ALG_ERR_ARG);
	ses.trials[0].n_samples = 3;
	assert_int_equal(ses_session_chain(&ses, 0), ALG_ERR_ARG);
	ses_session_clear(&ses);
}

/* Changes one member and back; the session must say id meanwhile and nothing afterwards. */
static void change(struct ses_session *ses, const struct ses_column *column, void *row, int id)
{
	char *member = (char *)row + column->offset, was[8];
	size_t size = column->type == SES_F64 ? 8 : 1;
	double other = 1.5;
	struct help_log log;

	memcpy(was, member, size);
	if (column->type == SES_F64)
		memcpy(member, &other, sizeof(other));
	else if (column->type == SES_BOOL)
		*(bool *)member = !*(bool *)member;
	else
		member[0] = was[0] == 'b' ? 'c' : 'b';
	help_log_start(&log);
	if (ses_session_verify(ses, &log.log) != ALG_ERR_FORMAT || log.id != id)
		fail_msg("%s is not covered (message %d, not %d)", column->name, log.id, id);
	memcpy(member, was, size);
	assert_int_equal(ses_session_verify(ses, NULL), 0);
}

static void header_and_side_tables_are_covered(void **state)
{
	static const char *const sealed[] = {"events", "ratings", "amendments", "points"};
	struct ses_session ses;

	(void)state;
	help_session_fill(&ses, 3, 4);
	for (size_t i = 0; i < ses_header_n_columns; i++) {
		const struct ses_column *c = &ses_header_columns[i];
		bool seal = c->late && strcmp(c->name, "header_digest") != 0;

		change(&ses, c, &ses.header, seal ? 409 : 411);
	}
	for (size_t i = 0; i < 4; i++) {
		const struct ses_table *t = ses_table_find(sealed[i]);
		size_t n;
		char *rows = ses_table_rows(t, &ses, &n);

		assert_true(n > 0);
		for (size_t k = 0; k < t->n_columns; k++)
			change(&ses, &t->column[k], rows + (n - 1) * t->row_size, i == 3 ? 411 : 409);
	}
	ses.header.procedure_text[0] ^= 1;
	assert_int_equal(ses_session_verify(&ses, NULL), ALG_ERR_FORMAT);
	ses_session_clear(&ses);
}

/* A press that differs is named; the others are not, since each is bound to the digest that is stored before it. */
static void a_check_names_each_changed_press(void **state)
{
	struct ses_session ses;
	struct ses_chain_fault check;

	(void)state;
	help_session_fill(&ses, 3, 4);
	assert_int_equal(ses_session_check(&ses, &check), 0);
	ses.samples[5].force_n += 1e-9; /* of the second */
	ses.trials[2].ppt_kpa += 1e-9;
	assert_int_equal(ses_session_check(&ses, &check), ALG_ERR_FORMAT);
	assert_int_equal(check.n_presses, 2);
	assert_int_equal(check.press[0], 2);
	assert_int_equal(check.press[1], 3);
	assert_false(check.header || check.seal);
	ses_session_clear(&ses);
}

/* What a row has where its file is older than the column. */
static void a_column_that_is_younger_than_its_file_is_absent(void **state)
{
	(void)state;
	for (size_t i = 0; i < SES_TABLES; i++) {
		const struct ses_table *t = &ses_tables[i];
		char *row = malloc(t->row_size);

		memset(row, 0x5A, t->row_size);
		for (size_t k = 0; k < t->n_columns; k++) {
			const struct ses_column *c = &t->column[k];
			double number;
			int32_t whole;

			ses_cell_absent(c, row);
			memcpy(&number, row + c->offset, c->type == SES_F64 ? 8 : 0);
			memcpy(&whole, row + c->offset, c->type == SES_I32 ? 4 : 0);
			if (c->type == SES_F64)
				assert_true(isnan(number));
			else if (c->type == SES_I32)
				assert_true(whole >= c->lo && whole <= c->hi);
			else
				assert_int_equal(row[c->offset], 0);
			assert_true(c->since >= 0 && c->since <= SES_FORMAT_MINOR);
		}
		free(row);
	}
}

static void every_member_is_in_the_chain(void **state)
{
	struct ses_session ses;
	struct help_log log;

	(void)state;
	help_session_fill(&ses, 3, 4);
	assert_int_equal(ses_session_verify(&ses, NULL), 0);
	for (int table = 0; table < 2; table++) {
		const struct ses_table *t = &ses_tables[table];
		char *row = table ? (char *)&ses.samples[5] : (char *)&ses.trials[1];

		for (size_t i = 0; i < t->n_columns; i++) {
			char *member = row + t->column[i].offset, was[8];
			double other = 1.5;

			memcpy(was, member, t->column[i].type == SES_F64 ? 8 : 1);
			if (t->column[i].type == SES_F64)
				memcpy(member, &other, sizeof(other));
			else
				member[0] = was[0] == 'b' ? 'c' : 'b';
			help_log_start(&log);
			if (ses_session_verify(&ses, &log.log) != ALG_ERR_FORMAT || log.id != 408)
				fail_msg("/%s/%s is not in the chain", t->name, t->column[i].name);
			memcpy(member, was, t->column[i].type == SES_F64 ? 8 : 1);
			assert_int_equal(ses_session_verify(&ses, NULL), 0);
		}
	}
	ses.trials[0].ppt_kpa = 1; /* the first one changed and its digest made anew */
	assert_int_equal(ses_session_chain(&ses, 0), 0);
	help_log_start(&log);
	assert_int_equal(ses_session_verify(&ses, &log.log), ALG_ERR_FORMAT);
	assert_non_null(strstr(log.text, "press 2 "));
	for (size_t i = 1; i < 3; i++)
		ses_session_chain(&ses, i);
	ses_session_seal(&ses);
	assert_int_equal(ses_session_verify(&ses, NULL), 0);
	ses.n_trials = 2; /* the last one taken away */
	help_log_start(&log);
	assert_int_equal(ses_session_verify(&ses, &log.log), ALG_ERR_FORMAT);
	assert_int_equal(log.id, 409);
	ses.n_trials = 3;
	ses_session_clear(&ses);
}

/* ---- amendments ------------------------------------------------------------------------------------ */

static void make_two(struct ses_session *ses)
{
	struct ses_point point = {.site_code = "UTRAP_L", .side = 'L', .role = SES_ROLE_TARGET, .label = "left", .x = 0.3};
	struct ses_trial trial = {.trial = 1, .site_code = "UTRAP_L", .side = "L", .status = SES_ACCEPTED, .ppt_kpa = 200, .ppt_n = 20,
		.peak_kpa = 210, .overshoot_kpa = 10, .ceiling_kpa = 1000, .rate_kpa_s = 30, .rate_sd_kpa_s = 3, .rate_response_kpa_s = 33};

	memset(ses, 0, sizeof(*ses));
	ses->header.tip_area_cm2 = 1.0;
	ses_session_add_points(ses, &(struct ses_points){&point, 1});
	strcpy(point.site_code, "TA_R");
	point.side = 'R';
	ses_session_add_points(ses, &(struct ses_points){&point, 1});
	ses_session_add_trial(ses, &trial);
	trial.trial = 2;
	trial.status = SES_CENSORED;
	trial.reason = SES_REASON_CEILING;
	trial.ppt_kpa = trial.ppt_n = trial.overshoot_kpa = NAN;
	ses_session_add_trial(ses, &trial);
	trial.trial = 3;
	trial.status = SES_MISSING;
	ses_session_add_trial(ses, &trial);
}

static int amend(struct ses_session *ses, int trial, const char *field, const char *value, struct help_log *log)
{
	struct ses_amendment a = {.trial = trial};

	snprintf(a.field, sizeof(a.field), "%s", field);
	snprintf(a.new_value, sizeof(a.new_value), "%s", value);
	ses->n_amendments = 0;
	ses_session_add_amendment(ses, &a);
	help_log_start(log);
	return ses_session_amend(ses, &log->log);
}

static void status_is_amended(void **state)
{
	struct ses_session ses;
	struct help_log log;

	(void)state;
	make_two(&ses);
	assert_int_equal(amend(&ses, 1, "status", "rejected", &log), 0);
	assert_int_equal(ses.trials[0].status, SES_REJECTED);
	assert_int_equal(ses.trials[0].reason, SES_REASON_EXAMINER);
	assert_int_equal(ses.trials[1].status, SES_CENSORED);
	assert_int_equal(amend(&ses, 1, "status", "accepted", &log), 0);
	assert_int_equal(ses.trials[0].reason, SES_REASON_NONE);
	assert_int_equal(amend(&ses, 2, "status", "rejected", &log), 0);
	assert_int_equal(amend(&ses, 2, "status", "censored", &log), 0);
	assert_int_equal(ses.trials[1].reason, SES_REASON_CEILING);
	ses_session_clear(&ses);
}

/* A hold has a threshold only where the button ended it: what counts is that something was held. */
static void status_of_a_hold_is_amended(void **state)
{
	struct ses_session ses;
	struct help_log log;

	(void)state;
	make_two(&ses);
	ses.trials[1].kind = SES_KIND_HOLD;
	ses.trials[1].hold_kpa = 243;
	assert_int_equal(amend(&ses, 2, "status", "rejected", &log), 0);
	assert_int_equal(amend(&ses, 2, "status", "accepted", &log), 0);
	assert_int_equal(ses.trials[1].status, SES_ACCEPTED);
	assert_int_not_equal(amend(&ses, 2, "status", "censored", &log), 0);
	ses.trials[1].hold_kpa = NAN;
	assert_int_not_equal(amend(&ses, 2, "status", "accepted", &log), 0);
	ses_session_clear(&ses);
}

static void place_is_amended_with_its_side_and_point(void **state)
{
	struct ses_session ses;
	struct help_log log;

	(void)state;
	make_two(&ses);
	assert_int_equal(amend(&ses, 1, "site", "TA_R", &log), 0);
	assert_string_equal(ses.trials[0].site_code, "TA_R");
	assert_string_equal(ses.trials[0].side, "R");
	assert_int_equal(ses.trials[0].point, 1);
	assert_int_equal(ses.n_points, 2);
	assert_int_equal(amend(&ses, 1, "side", "L", &log), 0); /* a place that was not in the plan */
	assert_string_equal(ses.trials[0].site_code, "TA_L");
	assert_int_equal(ses.trials[0].point, 2);
	assert_string_equal(ses.points[2].site_code, "TA_L");
	assert_int_equal(ses.points[2].side, 'L');
	assert_int_equal(amend(&ses, 2, "site", "STERNUM", &log), 0);
	assert_string_equal(ses.trials[1].side, "L"); /* the code says no side */
	assert_int_equal(amend(&ses, 2, "side", "M", &log), 0);
	assert_string_equal(ses.trials[1].side, "M");
	assert_string_equal(ses.trials[1].site_code, "STERNUM");
	ses_session_clear(&ses);
}

/* 20 N on 0.5 cm2 are 400 kPa: a tip of half the area doubles every pressure. */
static void every_pressure_follows_the_tip(void **state)
{
	struct ses_session ses;
	struct help_log log;

	(void)state;
	make_two(&ses);
	assert_int_equal(amend(&ses, 0, "tip_area_cm2", "0.5", &log), 0);
	assert_close(ses.header.tip_area_cm2, 0.5, 0);
	assert_close(ses.trials[0].ppt_kpa, 400, 1e-9);
	assert_close(ses.trials[0].ppt_n, 20, 0);
	assert_close(ses.trials[0].peak_kpa, 420, 1e-9);
	assert_close(ses.trials[0].overshoot_kpa, 20, 1e-9);
	assert_close(ses.trials[0].rate_kpa_s, 60, 1e-9);
	assert_close(ses.trials[0].rate_sd_kpa_s, 6, 1e-9);
	assert_close(ses.trials[0].rate_response_kpa_s, 66, 1e-9);
	assert_close(ses.trials[1].ceiling_kpa, 2000, 1e-9);
	assert_nan(ses.trials[1].ppt_kpa);
	ses_session_clear(&ses);
}

static void what_cannot_be_amended_is_an_error(void **state)
{
	static const struct { int trial; const char *field, *value, *legend; } row[] = {
		{1, "ppt_kpa", "300", "unknown field"}, {1, "", "x", "no field"}, {4, "status", "accepted", "no such press"},
		{0, "status", "rejected", "status of the session"}, {1, "status", "missing", "not to missing"},
		{1, "status", "Accepted", "not the word"}, {2, "status", "accepted", "has no threshold"},
		{3, "status", "rejected", "was never made"}, {1, "side", "left", "not a letter"}, {1, "side", "M", "code says L"},
		{1, "side", "", "no side"}, {1, "site", "", "no code"}, {1, "site", "A B", "blank in a code"},
		{1, "site", "ABCDEFGHIJKLMNOPQ", "code too long"}, {0, "tip_area_cm2", "0", "no area"},
		{0, "tip_area_cm2", "0,5", "comma"}, {0, "tip_area_cm2", "-1", "negative"}, {1, "tip_area_cm2", "0.5", "of one press"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_session ses;
		struct help_log log;

		make_two(&ses);
		if (amend(&ses, row[i].trial, row[i].field, row[i].value, &log) != ALG_ERR_DATA || log.id != 410)
			fail_msg("%s", row[i].legend);
		ses_session_clear(&ses);
	}
}

static void amendments_apply_in_order(void **state)
{
	struct ses_amendment a[] = {{.trial = 1, .field = "status", .new_value = "rejected"}, {.field = "tip_area_cm2", .new_value = "2"},
		{.trial = 1, .field = "status", .new_value = "accepted"}, {.field = "tip_area_cm2", .new_value = "0.5"}};
	struct ses_session ses;

	(void)state;
	make_two(&ses);
	for (int i = 0; i < 4; i++)
		ses_session_add_amendment(&ses, &a[i]);
	assert_int_equal(ses_session_amend(&ses, NULL), 0);
	assert_int_equal(ses.trials[0].status, SES_ACCEPTED);
	assert_close(ses.trials[0].ppt_kpa, 400, 1e-9);
	assert_close(ses.trials[0].peak_kpa, 420, 1e-9);
	ses_session_clear(&ses);
}

/* ---- the tables --------------------------------------------------------------------------------------- */

/* Every member of a row is a column: what is not covered is not stored. */
static void no_member_is_forgotten(void **state)
{
	(void)state;
	for (int i = 0; i < SES_TABLES; i++) {
		const struct ses_table *t = &ses_tables[i];
		size_t covered = 0, holes = 0, end = 0;

		for (size_t k = 0; k < t->n_columns; k++) {
			const struct ses_column *c = &t->column[k];

			assert_true(c->offset >= end);
			holes += c->offset - end;
			assert_true(c->offset - end < 8); /* alignment only */
			end = c->offset + c->size;
			covered += c->size;
			assert_true(ses_column_width(c) < SES_WIDTH_MAX);
			assert_true(*c->text && *c->units);
		}
		assert_true(t->row_size - end < 8);
		assert_int_equal(covered + holes + (t->row_size - end), t->row_size);
	}
}

static void no_header_member_is_forgotten(void **state)
{
	char map[sizeof(struct ses_header)] = {0};
	size_t run = 0;

	(void)state;
	for (size_t i = 0; i < ses_header_n_columns; i++)
		memset(map + ses_header_columns[i].offset, 1, ses_header_columns[i].size);
	for (size_t i = 0; i < SES_LONG_TEXTS; i++)
		memset(map + ses_long_texts[i].offset, 1, sizeof(ses_long_texts[i].name));
	for (size_t i = 0; i < sizeof(map); i++) {
		run = map[i] ? 0 : run + 1;
		if (run >= 8)
			fail_msg("bytes before %zu of struct ses_header are in no attribute", i + 1);
	}
}

static void check_codes(const char *table, const char *column, const char *(*word)(int), int from, int to)
{
	const struct ses_column *c = ses_column_find(ses_table_find(table), column);
	char piece[64], codes[600] = " ";

	ses_column_codes(c, SES_FORMAT_MINOR, codes + 1);
	strcat(codes, " ");
	assert_int_equal(c->lo <= from, 1);
	assert_int_equal(c->hi, to);
	for (int i = from; i <= to; i++) {
		snprintf(piece, sizeof(piece), " %d=%s ", i, word(i));
		if (!strstr(codes, piece))
			fail_msg("/%s/%s: '%s' is not in '%s'", table, column, piece, codes);
	}
}

static const char *status_word(int i) { return ses_status_word((enum ses_status)i); }
static const char *reason_word(int i) { return ses_reason_word((enum ses_reason)i); }
static const char *response_word(int i) { return ses_response_word((enum ses_response)i); }

static void codes_are_the_words_of_the_program(void **state)
{
	const struct ses_column *quality = ses_column_find(ses_table_find("results"), "quality");
	char words[64], piece[80], codes[SES_CODES_MAX + 4] = " ";

	(void)state;
	check_codes("results", "status", status_word, SES_ACCEPTED, SES_MISSING);
	check_codes("results", "reason", reason_word, SES_REASON_EXAMINER, SES_REASON_WRONG_SITE);
	check_codes("results", "response", response_word, SES_RESPONSE_BUTTON, SES_RESPONSE_GAUGE);
	ses_column_codes(quality, SES_FORMAT_MINOR, codes + 1);
	strcat(codes, " ");
	for (uint32_t bit = SES_QUALITY_RATE; bit <= SES_QUALITY_NOT_BLINDED; bit <<= 1) {
		ses_quality_words(words, sizeof(words), bit);
		snprintf(piece, sizeof(piece), " %u=%s ", bit, words);
		if (!strstr(codes, piece))
			fail_msg("quality: '%s' is not in '%s'", piece, codes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digest_is_sha256),
		cmocka_unit_test(rows_grow_and_are_cleared),
		cmocka_unit_test(stored_times_are_exact_multiples),
		cmocka_unit_test(uuids_are_of_version_four),
		cmocka_unit_test(chain_is_what_the_format_says),
		cmocka_unit_test(every_member_is_in_the_chain),
		cmocka_unit_test(header_and_side_tables_are_covered),
		cmocka_unit_test(a_column_that_is_younger_than_its_file_is_absent),
		cmocka_unit_test(a_check_names_each_changed_press),
		cmocka_unit_test(status_is_amended),
		cmocka_unit_test(status_of_a_hold_is_amended),
		cmocka_unit_test(place_is_amended_with_its_side_and_point),
		cmocka_unit_test(every_pressure_follows_the_tip),
		cmocka_unit_test(what_cannot_be_amended_is_an_error),
		cmocka_unit_test(amendments_apply_in_order),
		cmocka_unit_test(no_member_is_forgotten),
		cmocka_unit_test(no_header_member_is_forgotten),
		cmocka_unit_test(codes_are_the_words_of_the_program),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
