/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_journal.c - records, and journals cut, damaged, patched together and read back. */
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include "base/bytes.h"
#include "base/file.h"
#include "data/chain.h"
#include "data/replay.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PRESSES = 4, EACH = 6 };
static char dir[] = "/tmp/alg-journal-XXXXXX", path[64];

static void add_rows(struct ses_journal *j, const char *name, const void *rows, size_t n, enum ses_journal_type type)
{
	const struct ses_table *t = ses_table_find(name);
	struct ses_bytes bytes = {0};

	if (type == SES_JOURNAL_ROWS)
		ses_bytes_add_u32(&bytes, (uint32_t)(t - ses_tables));
	if (type != SES_JOURNAL_BEGIN)
		ses_bytes_add_u32(&bytes, (uint32_t)n);
	for (size_t i = 0; i < n; i++)
		ses_pack_row(&bytes, t, SES_FORMAT_MINOR, (const char *)rows + i * t->row_size);
	ses_journal_add(j, type, &bytes);
	ses_bytes_free(&bytes);
}

static void add_press(struct ses_journal *j, const struct ses_session *ses, size_t i)
{
	struct ses_bytes bytes = {0};

	add_rows(j, "results", &ses->trials[i], 1, SES_JOURNAL_BEGIN);
	add_rows(j, "samples", ses->samples + i * EACH, EACH - 2, SES_JOURNAL_SAMPLES);
	add_rows(j, "samples", ses->samples + i * EACH + EACH - 2, 2, SES_JOURNAL_SAMPLES);
	ses_bytes_add_u32(&bytes, 0);
	ses_bytes_add_u32(&bytes, EACH);
	ses_pack_row(&bytes, ses_table_find("results"), SES_FORMAT_MINOR, &ses->trials[i]);
	ses_journal_add(j, SES_JOURNAL_PRESS, &bytes);
	ses_bytes_free(&bytes);
}

static void add_start(struct ses_journal *j, const struct ses_session *ses)
{
	struct ses_session empty = *ses;
	struct ses_journal_writer writer;
	struct ses_bytes bytes = {0};

	empty.n_trials = empty.n_samples = empty.n_events = empty.n_ratings = empty.n_amendments = 0;
	ses_bytes_add_u32(&bytes, SES_JOURNAL_VERSION);
	ses_bytes_add_u32(&bytes, SES_FORMAT_MAJOR);
	ses_bytes_add_u32(&bytes, SES_FORMAT_MINOR);
	ses_journal_writer_now(&writer, "s_algometry.h5", 0);
	ses_pack_writer(&bytes, &writer);
	ses_bytes_add_u32(&bytes, 2);
	ses_bytes_add_u32(&bytes, 0);
	ses_bytes_add_u32(&bytes, 1);
	ses_pack_session(&bytes, &empty);
	ses_journal_add(j, SES_JOURNAL_START, &bytes);
	ses_bytes_free(&bytes);
}

/* All rows of ses, presses first, then events, ratings and amendments; closed when complete. */
static void write_journal(struct ses_session *ses)
{
	struct ses_journal *j;
	char fault[128];

	assert_int_equal(ses_journal_create(&j, path, 1 << 20, NULL), 0);
	add_start(j, ses);
	for (size_t i = 0; i < PRESSES; i++) {
		add_press(j, ses, i);
		assert_int_equal(ses_journal_sync(j, fault, sizeof(fault)), 0);
	}
	add_rows(j, "events", ses->events, ses->n_events, SES_JOURNAL_ROWS);
	add_rows(j, "ratings", ses->ratings, ses->n_ratings, SES_JOURNAL_ROWS);
	add_rows(j, "amendments", ses->amendments, ses->n_amendments, SES_JOURNAL_ROWS);
	assert_int_equal(ses_journal_sync(j, fault, sizeof(fault)), 0);
	assert_int_equal(ses_journal_end(j, false), 0);
}

static void make(struct ses_session *ses, char **bytes, size_t *len)
{
	help_session_fill(ses, PRESSES, EACH);
	ses->header.complete = 0;
	for (size_t i = 0; i < ses->n_points; i++)
		ses->points[i].role = SES_ROLE_TARGET;
	ses_session_chain_all(ses);
	write_journal(ses);
	assert_int_equal(alg_file_read(path, 1 << 24, bytes, len, NULL), 0);
	unlink(path);
}

/* Presses of the replay are the first of ses, to the last bit. */
static void is_prefix(const struct ses_replay *r, const struct ses_session *ses)
{
	size_t n = r->session.n_trials;

	assert_true(n <= ses->n_trials);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(r->session.trials[i].digest, ses->trials[i].digest);
	assert_int_equal(r->session.n_samples, n * EACH);
	assert_int_equal(r->n_changed, 0);
	assert_int_equal(ses_session_verify(&r->session, NULL), 0);
}

static void what_is_written_is_read(void **state)
{
	struct ses_session ses;
	struct ses_replay r;
	char *bytes;
	size_t len;

	(void)state;
	make(&ses, &bytes, &len);
	assert_int_equal(ses_replay_bytes((uint8_t *)bytes, len, "x", &r, NULL), 0);
	assert_string_equal(help_session_differs(&ses, &r.session), "");
	assert_null(r.stopped);
	assert_int_equal(r.good_bytes, len);
	assert_int_equal(r.n_order, 2);
	assert_int_equal(r.order[1], 1);
	assert_int_equal(r.writer.pid, getpid());
	assert_string_equal(r.writer.session_path, "s_algometry.h5");
	ses_replay_free(&r);
	ses_session_clear(&ses);
	free(bytes);
}

/* Cut at every byte: what comes back is a beginning of the session, and never less for more bytes. */
static void a_journal_cut_anywhere_is_a_beginning(void **state)
{
	struct ses_session ses;
	size_t len, presses = 0, first;
	char *bytes;

	(void)state;
	make(&ses, &bytes, &len);
	first = SES_JOURNAL_HEAD + alg_le32((uint8_t *)bytes + 8);
	for (size_t cut = 0; cut <= len; cut++) {
		struct help_log log;
		struct ses_replay r;
		int rc;

		help_log_start(&log);
		rc = ses_replay_bytes((uint8_t *)bytes, cut, "x", &r, &log.log);
		assert_int_equal(rc, cut < first ? ALG_ERR_FORMAT : 0);
		if (rc)
			assert_int_equal(log.id, 413);
		else {
			is_prefix(&r, &ses);
			assert_true(r.session.n_trials >= presses);
			presses = r.session.n_trials;
			assert_int_equal(r.stopped == NULL, r.good_bytes == cut);
			assert_int_equal(ses_replay_keep_running(&r), 0);
			assert_int_equal(ses_session_verify(&r.session, NULL), 0);
		}
		ses_replay_free(&r);
	}
	assert_int_equal(presses, PRESSES);
	ses_session_clear(&ses);
	free(bytes);
}

/* One bit anywhere: nothing behind it is believed, nothing before it is lost. */
static void a_flipped_bit_ends_the_journal_there(void **state)
{
	struct ses_session ses;
	char *bytes;
	size_t len;

	(void)state;
	make(&ses, &bytes, &len);
	for (size_t at = 0; at < len; at += 3) {
		struct ses_replay r;

		bytes[at] ^= (char)(1 << at % 8);
		if (ses_replay_bytes((uint8_t *)bytes, len, "x", &r, NULL) == 0) {
			is_prefix(&r, &ses);
			assert_true(r.good_bytes <= at);
			assert_non_null(r.stopped);
		}
		ses_replay_free(&r);
		bytes[at] ^= (char)(1 << at % 8);
	}
	ses_session_clear(&ses);
	free(bytes);
}

/* Old blocks of another journal behind the cut: same record boundary, right numbers, another chain. */
static void records_of_another_journal_are_not_believed(void **state)
{
	struct ses_session ses, other;
	char *bytes, *theirs;
	size_t len, their_len, at = 0;
	struct ses_replay r;

	(void)state;
	make(&ses, &bytes, &len);
	help_session_fill(&other, PRESSES, EACH);
	other.trials[0].ppt_kpa += 1;
	ses_session_chain_all(&other);
	write_journal(&other);
	assert_int_equal(alg_file_read(path, 1 << 24, &theirs, &their_len, NULL), 0);
	unlink(path);
	for (int record = 0; record < 6; record++) /* START and most of the second press */
		at += SES_JOURNAL_HEAD + alg_le32((uint8_t *)bytes + at + 8);
	memcpy(bytes + at, theirs + at, len - at);
	assert_int_equal(ses_replay_bytes((uint8_t *)bytes, len, "x", &r, NULL), 0);
	assert_int_equal(r.good_bytes, at);
	is_prefix(&r, &ses);
	ses_replay_free(&r);
	ses_session_clear(&ses);
	ses_session_clear(&other);
	free(bytes);
	free(theirs);
}

static void a_newer_journal_is_refused_by_number(void **state)
{
	struct ses_journal *j;
	struct ses_bytes bytes = {0};
	struct ses_replay r;
	struct help_log log;
	char fault[64];

	(void)state;
	ses_bytes_add_u32(&bytes, SES_JOURNAL_VERSION + 1);
	ses_bytes_add_u32(&bytes, 1);
	ses_bytes_add_u32(&bytes, 7);
	assert_int_equal(ses_journal_create(&j, path, 0, NULL), 0);
	ses_journal_add(j, SES_JOURNAL_START, &bytes);
	ses_bytes_free(&bytes);
	assert_int_equal(ses_journal_sync(j, fault, sizeof(fault)), 0);
	assert_int_equal(ses_journal_end(j, false), 0);
	help_log_start(&log);
	assert_int_equal(ses_replay_read(path, &r, &log.log), ALG_ERR_FORMAT);
	assert_int_equal(log.id, 414);
	assert_non_null(strstr(log.text, "journal 2, format 1.7"));
	ses_replay_free(&r);
	unlink(path);
}

static void limit(rlim_t bytes)
{
	struct rlimit l;

	getrlimit(RLIMIT_FSIZE, &l);
	l.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &l), 0);
}

/* A file that may not grow: nothing is said to be synced; when it may again, all is written anew. */
static void after_a_failed_write_the_journal_is_made_anew(void **state)
{
	struct ses_session ses;
	struct ses_journal *j;
	struct ses_replay r;
	struct stat before, after;
	char fault[128];

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	help_session_fill(&ses, PRESSES, EACH);
	assert_int_equal(ses_journal_create(&j, path, 0, NULL), 0);
	add_start(j, &ses);
	add_press(j, &ses, 0);
	assert_int_equal(ses_journal_sync(j, fault, sizeof(fault)), 0);
	assert_int_equal(stat(path, &before), 0);
	limit((rlim_t)before.st_size + 100);
	for (size_t i = 1; i < PRESSES; i++) {
		add_press(j, &ses, i);
		assert_int_equal(ses_journal_sync(j, fault, sizeof(fault)), ALG_ERR_IO);
		assert_string_equal(fault, strerror(EFBIG));
	}
	assert_int_equal(ses_replay_read(path, &r, NULL), 0); /* what was there stays */
	assert_int_equal(r.session.n_trials, 1);
	ses_replay_free(&r);
	limit(RLIM_INFINITY);
	assert_int_equal(ses_journal_sync(j, fault, sizeof(fault)), 0);
	assert_int_equal(ses_journal_rewrites(j), 1);
	assert_int_equal(stat(path, &after), 0);
	assert_true(before.st_ino != after.st_ino);
	assert_true(ses_journal_held(path)); /* the new one is locked as well */
	assert_int_equal(ses_replay_read(path, &r, NULL), 0);
	is_prefix(&r, &ses);
	assert_int_equal(r.session.n_trials, PRESSES);
	ses_replay_free(&r);
	assert_int_equal(ses_journal_end(j, true), 0);
	assert_false(ses_journal_held(path));
	ses_session_clear(&ses);
	char done[80];

	snprintf(done, sizeof(done), "%s.done", path);
	assert_int_equal(unlink(done), 0);
}

/* Gone on with: the old bytes stay under another name, the new journal begins with what was good. */
static void going_on_keeps_the_old_journal(void **state)
{
	struct ses_session ses;
	struct ses_journal *j;
	struct ses_replay r;
	char *bytes, *kept, cut[80], fault[64];
	size_t len, kept_len;

	(void)state;
	make(&ses, &bytes, &len);
	len -= 500; /* within the amendments */
	assert_int_equal(alg_file_create(path, bytes, len, 0600, NULL), 0);
	assert_int_equal(ses_replay_read(path, &r, NULL), 0);
	assert_int_equal(ses_replay_take_over(&r, &r.session, path, 0, &j, NULL), 0);
	ses_replay_free(&r);
	assert_int_equal(ses_journal_sync(j, fault, sizeof(fault)), 0);
	snprintf(cut, sizeof(cut), "%s.cut-1", path);
	assert_int_equal(alg_file_read(cut, 1 << 24, &kept, &kept_len, NULL), 0);
	assert_int_equal(kept_len, len);
	assert_memory_equal(kept, bytes, len);
	add_rows(j, "ratings", ses.ratings, 1, SES_JOURNAL_ROWS);
	assert_int_equal(ses_journal_sync(j, fault, sizeof(fault)), 0);
	assert_int_equal(ses_journal_end(j, false), 0);
	assert_int_equal(ses_replay_read(path, &r, NULL), 0);
	assert_null(r.stopped);
	assert_int_equal(r.session.n_trials, PRESSES);
	assert_int_equal(r.session.n_ratings, ses.n_ratings + 1);
	ses_replay_free(&r);
	unlink(path);
	unlink(cut);
	free(kept);
	free(bytes);
	ses_session_clear(&ses);
}

static void journals_lie_beside_the_file_or_in_the_user_s_state(void **state)
{
	char out[PATH_MAX];

	(void)state;
	assert_true(ses_journal_path("/a/sub-P1_ses-01_algometry.h5", false, out, sizeof(out)));
	assert_string_equal(out, "/a/sub-P1_ses-01_algometry.journal");
	setenv("XDG_STATE_HOME", "/state", 1);
	assert_true(ses_journal_path("/share/sub-P1_ses-01_algometry.h5", true, out, sizeof(out)));
	assert_string_equal(out, "/state/algometer/journals/sub-P1_ses-01_algometry.6e1c7c07.journal");
	assert_true(ses_journal_path("/other/sub-P1_ses-01_algometry.h5", true, out, sizeof(out)));
	assert_string_not_equal(out, "/state/algometer/journals/sub-P1_ses-01_algometry.6e1c7c07.journal");
	unsetenv("XDG_STATE_HOME");
	setenv("HOME", "/u", 1);
	assert_true(ses_journal_path("s_algometry.h5", true, out, sizeof(out)));
	assert_int_equal(strncmp(out, "/u/.local/state/algometer/journals/s_algometry.", 47), 0);
	unsetenv("HOME");
	assert_false(ses_journal_path("s_algometry.h5", true, out, sizeof(out)));
	assert_false(ses_journal_network("/tmp"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(a_journal_cut_anywhere_is_a_beginning),
		cmocka_unit_test(a_flipped_bit_ends_the_journal_there),
		cmocka_unit_test(records_of_another_journal_are_not_believed),
		cmocka_unit_test(a_newer_journal_is_refused_by_number),
		cmocka_unit_test(after_a_failed_write_the_journal_is_made_anew),
		cmocka_unit_test(going_on_keeps_the_old_journal),
		cmocka_unit_test(journals_lie_beside_the_file_or_in_the_user_s_state),
	};

	if (!mkdtemp(dir))
		return 1;
	snprintf(path, sizeof(path), "%s/s_algometry.journal", dir);
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	return rmdir(dir) || failed; /* nothing is left behind */
}
