/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_store.c - from a finished press to journal, acknowledgement and session file, with disks that fail. */
#include "tests/unit/assert_close.h"

#include "acq/store.h"
#include "data/chain.h"
#include "data/replay.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct place {
	char dir[32], file[64], journal[64], done[80];
};

static void make_place(struct place *p)
{
	strcpy(p->dir, "/tmp/alg-store-XXXXXX");
	assert_non_null(mkdtemp(p->dir));
	snprintf(p->file, sizeof(p->file), "%s/s_algometry.h5", p->dir);
	assert_true(ses_journal_path(p->file, false, p->journal, sizeof(p->journal)));
	snprintf(p->done, sizeof(p->done), "%s.done", p->journal);
}

static void clear_place(struct place *p)
{
	unlink(p->file);
	unlink(p->journal);
	unlink(p->done);
	assert_int_equal(rmdir(p->dir), 0); /* no temporary file was left */
}

static struct ses_session one_point(void)
{
	struct ses_session ses = {0};
	struct ses_point point = {.site_code = "UTRAP_R", .side = 'R', .series = 1, .role = SES_ROLE_TARGET,
		.label = "Upper trapezius (right)", .view = "posterior", .x = 0.6, .y = 0.2, .ceiling_kpa = 1000};
	const struct ses_points points = {.point = &point, .n = 1};

	ses_uuid_make(ses.header.uuid);
	snprintf(ses.header.participant, sizeof(ses.header.participant), "P001");
	ses.header.tip_area_cm2 = 1;
	ses.header.simulated = 1;
	ses.header.procedure_text = strdup("");
	ses.header.instruction = strdup("");
	assert_int_equal(ses_session_add_points(&ses, &points), 0);
	return ses;
}

static int start(struct acq_store **store, struct ses_session *ses, const struct place *p, struct alg_log *log)
{
	static const int order[] = {0, 0, 0};
	struct acq_store_plan plan = {.session_path = p->file, .journal_path = p->journal, .order = order, .n_order = 3,
		.reserve_bytes = 1 << 16, .clock = alg_clock_system()};

	return acq_store_start(store, ses, &plan, log);
}

enum { N_SAMPLES = 5 };
static struct ses_sample samples[N_SAMPLES];

/* A press of five samples that begins at t_s; its threshold is kpa. */
static struct acq_press make_press(double kpa, double t_s)
{
	struct acq_press press = {
		.trial = {.site_code = "UTRAP_R", .side = "R", .series = 1, .round = 1, .press = 1, .status = SES_ACCEPTED,
			.response = SES_RESPONSE_BUTTON, .ppt_kpa = kpa, .ppt_n = kpa / 10, .peak_kpa = kpa,
			.ceiling_kpa = 1000, .interval_s = NAN, .t_contact_s = t_s, .t_release_s = t_s + 1},
		.samples = samples, .n_samples = N_SAMPLES};

	for (int i = 0; i < N_SAMPLES; i++)
		samples[i] = (struct ses_sample){.t_ns = alg_s_to_ns(t_s + i * 0.01), .force_n = i, .shown = "1.0"};
	return press;
}

static void give_press(struct acq_store *store, double kpa, double t_s)
{
	struct acq_press press = make_press(kpa, t_s);

	assert_int_equal(acq_store_press(store, &press), 0);
}

static void await_file(struct acq_store *store, size_t presses, bool behind, struct acq_store_state *disk)
{
	for (int i = 0; i < 500; i++) {
		acq_store_state(store, disk);
		if (disk->in_file == presses && disk->behind == behind)
			return;
		nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
	}
	fail_msg("after 10 s %zu presses are in the file, behind %d", disk->in_file, disk->behind);
}

static void what_is_given_is_on_disk_and_a_rejection_is_an_amendment(void **state)
{
	struct ses_session ses = one_point(), back;
	struct acq_store_state disk;
	struct acq_store *store;
	char seal[SES_DIGEST_HEX];
	struct place p;

	(void)state;
	make_place(&p);
	assert_int_equal(start(&store, &ses, &p, NULL), 0);
	assert_int_equal(access(p.file, F_OK), 0); /* both are there before the first press */
	assert_true(ses_journal_held(p.journal));
	give_press(store, 200, 1);
	give_press(store, 210, 3);
	assert_int_equal(acq_store_amend_last(store, "status", "rejected", "EX", "slipped"), 0);
	assert_true(acq_store_wait(store, 2, 10000));
	assert_int_equal(acq_store_finish(store, true, &disk, seal), 0);
	assert_int_equal(disk.in_file, 2);
	assert_int_equal(disk.acknowledged, 2);
	assert_int_equal(access(p.journal, F_OK), -1); /* put away */
	assert_int_equal(access(p.done, F_OK), 0);
	assert_int_equal(ses_h5_read(p.file, &back, NULL), 0);
	assert_int_equal(back.n_trials, 2);
	assert_int_equal(back.n_samples, 2 * N_SAMPLES);
	assert_int_equal(back.trials[1].first_sample, N_SAMPLES);
	assert_int_equal(back.trials[1].status, SES_ACCEPTED); /* the row stays as it was */
	assert_int_equal(back.n_amendments, 1);
	assert_int_equal(back.amendments[0].trial, 2);
	assert_string_equal(back.amendments[0].new_value, "rejected");
	assert_int_equal(back.header.complete, 1);
	assert_string_equal(back.header.seal, seal);
	assert_int_equal(ses_session_verify(&back, NULL), 0);
	ses_session_clear(&back);
	clear_place(&p);
}

/* An acknowledged press is in the journal as it is on the disk at that instant. */
static void acknowledged_is_in_the_journal(void **state)
{
	struct ses_session ses = one_point();
	struct acq_store_state disk;
	struct ses_replay replay;
	struct acq_store *store;
	struct place p;

	(void)state;
	make_place(&p);
	assert_int_equal(start(&store, &ses, &p, NULL), 0);
	for (int i = 1; i <= 5; i++) {
		give_press(store, 100 * i, 2 * i);
		assert_true(acq_store_wait(store, (size_t)i, 10000));
		assert_int_equal(ses_replay_read(p.journal, &replay, NULL), 0);
		assert_int_equal(replay.session.n_trials, i);
		assert_close(replay.session.trials[i - 1].ppt_kpa, 100 * i, 0);
		assert_int_equal(replay.n_changed, 0);
		assert_false(replay.closed);
		ses_replay_free(&replay);
	}
	assert_int_equal(acq_store_finish(store, false, &disk, NULL), 0);
	assert_int_equal(ses_replay_read(p.done, &replay, NULL), 0);
	assert_true(replay.closed);
	assert_int_equal(replay.session.header.complete, 0);
	assert_int_equal(replay.n_order, 3);
	assert_null(replay.stopped);
	ses_replay_free(&replay);
	clear_place(&p);
}

/* Samples of the running press are in the journal within 0.2 s, and the press is then made of them, not written twice. */
static void a_running_press_is_streamed(void **state)
{
	struct ses_session ses = one_point();
	struct acq_press running = make_press(NAN, 1);
	struct acq_store_state disk;
	struct ses_replay replay;
	struct acq_store *store;
	uint64_t before;
	struct place p;

	(void)state;
	make_place(&p);
	assert_int_equal(start(&store, &ses, &p, NULL), 0);
	for (running.n_samples = 1; running.n_samples <= 3; running.n_samples++)
		assert_int_equal(acq_store_running(store, &running), 0);
	nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
	assert_int_equal(ses_replay_read(p.journal, &replay, NULL), 0);
	assert_true(replay.running);
	assert_int_equal(replay.n_running, 3);
	before = replay.good_bytes;
	assert_int_equal(ses_replay_keep_running(&replay), 0);
	assert_int_equal(replay.session.n_trials, 1);
	assert_int_equal(replay.session.trials[0].status, SES_REJECTED);
	assert_int_equal(replay.session.trials[0].reason, SES_REASON_INTERRUPTED);
	assert_int_equal(replay.session.trials[0].n_samples, 3);
	assert_close(replay.session.trials[0].peak_kpa, 20, 1e-12); /* 2 N on 1 cm2 */
	assert_int_equal(ses_session_verify(&replay.session, NULL), 0);
	ses_replay_free(&replay);
	give_press(store, 300, 1);
	assert_true(acq_store_wait(store, 1, 10000));
	assert_int_equal(acq_store_running(store, NULL), 0); /* it is over: nothing is dropped */
	assert_int_equal(ses_replay_read(p.journal, &replay, NULL), 0);
	assert_int_equal(replay.session.n_trials, 1);
	assert_int_equal(replay.session.n_samples, N_SAMPLES);
	assert_close(replay.session.samples[4].force_n, 4, 0);
	assert_true(replay.good_bytes - before < 700); /* two samples and the row, not all five */
	ses_replay_free(&replay);
	assert_int_equal(acq_store_finish(store, true, &disk, NULL), 0);
	clear_place(&p);
}

/* Only a touch: its samples belong to nothing, and the next press is its own. */
static void a_touch_leaves_nothing(void **state)
{
	struct ses_session ses = one_point();
	struct acq_press touch = make_press(NAN, 1);
	struct acq_store_state disk;
	struct ses_replay replay;
	struct acq_store *store;
	struct place p;

	(void)state;
	make_place(&p);
	assert_int_equal(start(&store, &ses, &p, NULL), 0);
	assert_int_equal(acq_store_running(store, &touch), 0);
	assert_int_equal(acq_store_running(store, NULL), 0);
	give_press(store, 250, 5);
	assert_int_equal(acq_store_finish(store, true, &disk, NULL), 0);
	assert_int_equal(ses_replay_read(p.done, &replay, NULL), 0);
	assert_int_equal(replay.session.n_trials, 1);
	assert_int_equal(replay.session.n_samples, N_SAMPLES);
	assert_close(replay.session.samples[0].t_s, 5, 1e-6);
	assert_int_equal(replay.n_changed, 0);
	ses_replay_free(&replay);
	clear_place(&p);
}

/* A place that is given up while a press is being made takes a number, and none of its samples. */
static void a_missing_place_does_not_end_the_running_press(void **state)
{
	struct ses_session ses = one_point();
	struct acq_press running = make_press(NAN, 1), missing = {.trial = {.site_code = "UTRAP_R", .side = "R", .round = 2,
		.status = SES_MISSING, .reason = SES_REASON_SKIPPED, .ppt_kpa = NAN}};
	struct acq_store_state disk;
	struct ses_replay replay;
	struct acq_store *store;
	struct place p;

	(void)state;
	make_place(&p);
	assert_int_equal(start(&store, &ses, &p, NULL), 0);
	running.n_samples = 2;
	assert_int_equal(acq_store_running(store, &running), 0);
	assert_int_equal(acq_store_press(store, &missing), 0);
	running.n_samples = 4;
	assert_int_equal(acq_store_running(store, &running), 0);
	assert_true(acq_store_wait(store, 1, 10000));
	give_press(store, 300, 1);
	assert_int_equal(acq_store_finish(store, true, &disk, NULL), 0);
	assert_int_equal(ses_replay_read(p.done, &replay, NULL), 0);
	assert_null(replay.stopped);
	assert_int_equal(replay.session.n_trials, 2);
	assert_int_equal(replay.session.trials[0].status, SES_MISSING);
	assert_int_equal(replay.session.trials[1].n_samples, N_SAMPLES);
	assert_int_equal(replay.session.samples[0].trial, 2);
	assert_int_equal(replay.n_changed, 0);
	ses_replay_free(&replay);
	clear_place(&p);
}

static void a_session_that_is_there_is_never_replaced(void **state)
{
	struct ses_session ses = one_point();
	struct acq_store *store;
	struct stat st;
	struct place p;
	FILE *theirs;

	(void)state;
	make_place(&p);
	theirs = fopen(p.file, "w");
	fclose(theirs);
	assert_int_equal(start(&store, &ses, &p, NULL), ALG_ERR_EXISTS);
	assert_null(store);
	ses_session_clear(&ses);
	assert_int_equal(stat(p.file, &st), 0);
	assert_int_equal(st.st_size, 0);                 /* the other's file is as it was */
	assert_int_equal(access(p.journal, F_OK), -1);   /* and nothing of ours stays */
	unlink(p.file);
	theirs = fopen(p.journal, "w");
	fclose(theirs);
	ses = one_point();
	assert_int_equal(start(&store, &ses, &p, NULL), ALG_ERR_EXISTS);
	ses_session_clear(&ses);
	assert_int_equal(stat(p.journal, &st), 0);
	assert_int_equal(st.st_size, 0);
	clear_place(&p);
}

static void two_programs_are_not_one(void **state)
{
	struct ses_session ses = one_point(), second = one_point();
	struct acq_store_state disk;
	struct acq_store *store, *other;
	struct ses_replay replay;
	struct ses_journal *taken;
	struct place p;

	(void)state;
	make_place(&p);
	assert_int_equal(start(&store, &ses, &p, NULL), 0);
	give_press(store, 200, 1);
	assert_true(acq_store_wait(store, 1, 10000));
	assert_int_equal(start(&other, &second, &p, NULL), ALG_ERR_BUSY);
	ses_session_clear(&second);
	assert_int_equal(ses_replay_read(p.journal, &replay, NULL), 0); /* reading is allowed, going on is not */
	assert_int_equal(replay.writer.pid, getpid());
	assert_int_equal(ses_replay_take_over(&replay, &replay.session, p.journal, 0, &taken, NULL), ALG_ERR_BUSY);
	ses_replay_free(&replay);
	assert_int_equal(acq_store_finish(store, true, &disk, NULL), 0);
	assert_false(ses_journal_held(p.done));
	clear_place(&p);
}

/* The folder goes: the file cannot be replaced, but the journal is open and holds every press. */
static void a_file_that_is_behind_is_told_and_catches_up(void **state)
{
	struct ses_session ses = one_point(), back;
	struct acq_store_state disk;
	struct acq_store *store;
	struct place p;
	char away[64];

	(void)state;
	make_place(&p);
	snprintf(away, sizeof(away), "%s.away", p.dir);
	assert_int_equal(start(&store, &ses, &p, NULL), 0);
	give_press(store, 200, 1);
	await_file(store, 1, false, &disk);
	assert_int_equal(rename(p.dir, away), 0);
	give_press(store, 210, 3);
	assert_true(acq_store_wait(store, 2, 10000));
	await_file(store, 1, true, &disk);
	assert_int_equal(disk.acknowledged, 2);
	assert_false(disk.failing);
	assert_true(strlen(disk.behind_fault) > 0);
	assert_int_equal(rename(away, p.dir), 0); /* tried again by itself */
	await_file(store, 2, false, &disk);
	assert_int_equal(acq_store_finish(store, true, &disk, NULL), 0);
	assert_int_equal(ses_h5_read(p.file, &back, NULL), 0);
	assert_int_equal(back.n_trials, 2);
	ses_session_clear(&back);
	clear_place(&p);
}

static void a_file_that_stays_behind_is_a_failure(void **state)
{
	struct ses_session ses = one_point();
	struct acq_store_state disk;
	struct ses_replay replay;
	struct acq_store *store;
	struct place p;
	char away[64], journal[128];

	(void)state;
	make_place(&p);
	snprintf(away, sizeof(away), "%s.away", p.dir);
	snprintf(journal, sizeof(journal), "%s/s_algometry.journal", away);
	assert_int_equal(start(&store, &ses, &p, NULL), 0);
	assert_int_equal(rename(p.dir, away), 0);
	give_press(store, 200, 1);
	assert_int_equal(acq_store_finish(store, true, &disk, NULL), ALG_ERR_IO);
	assert_int_equal(disk.given, 1);
	assert_int_equal(disk.in_file, 0);
	assert_int_equal(disk.acknowledged, 1);
	assert_int_equal(ses_replay_read(journal, &replay, NULL), 0); /* not put away: the press is there */
	assert_int_equal(replay.session.n_trials, 1);
	ses_replay_free(&replay);
	assert_int_equal(rename(away, p.dir), 0);
	clear_place(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_given_is_on_disk_and_a_rejection_is_an_amendment),
		cmocka_unit_test(acknowledged_is_in_the_journal),
		cmocka_unit_test(a_running_press_is_streamed),
		cmocka_unit_test(a_touch_leaves_nothing),
		cmocka_unit_test(a_missing_place_does_not_end_the_running_press),
		cmocka_unit_test(a_session_that_is_there_is_never_replaced),
		cmocka_unit_test(two_programs_are_not_one),
		cmocka_unit_test(a_file_that_is_behind_is_told_and_catches_up),
		cmocka_unit_test(a_file_that_stays_behind_is_a_failure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
