/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store.c - jobs come in a list that main only ever holds for an instant; the thread takes the whole
 * list, turns it into records, and syncs. While it waits for the disk, main goes on adding.
 */
#include "acq/store.h"

#include "base/file.h"
#include "base/text.h"
#include "data/chain.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RETRY_NS (2 * ALG_NS_PER_S)
#define SYNC_NS  (100 * ALG_NS_PER_MS)
#define SLOW_NS  ALG_NS_PER_S
enum { SAMPLES_A_RECORD = 16384 };

enum job_kind { ROW, BEGIN, SAMPLES, DROP };

struct job {
	struct job *next;
	enum job_kind kind;
	struct acq_row *row;         /* ROW */
	struct ses_trial trial;      /* BEGIN */
	struct ses_sample_row *rows; /* SAMPLES */
	size_t n_rows;
};

struct acq_store {
	/* main's */
	int64_t start_ns;
	const struct alg_clock *clock;
	bool streaming;
	double stream_contact_s;
	size_t streamed;

	/* the thread's, once it runs */
	struct ses_journal *journal;
	struct acq_publisher *publisher;
	struct acq_row *unsynced, **unsynced_last; /* in the journal's memory, not yet acknowledged */
	size_t n_trials;
	int32_t n_samples, last_made, last_status;
	char last_digest[SES_DIGEST_HEX];
	struct ses_sample_row *running;            /* samples of the running press that the journal has */
	size_t n_running, cap_running;
	int bad;                                   /* a row that could not be kept */

	pthread_t thread;
	pthread_mutex_t lock; /* guards what follows; never held while the disk works */
	pthread_cond_t wake, synced;
	struct job *first, **last;
	bool urgent, finishing, complete;
	struct acq_store_state state;
	int64_t syncing_since_ns; /* system clock; 0: not writing */
};

static int64_t system_ns(void)
{
	return alg_clock_now_ns(alg_clock_system());
}

/* ---- main's side ---------------------------------------------------------------------------------- */

static void free_job(struct job *job)
{
	acq_row_free(job->row);
	free(job->rows);
	free(job);
}

static void add(struct acq_store *s, struct job *job, bool urgent)
{
	pthread_mutex_lock(&s->lock);
	*s->last = job;
	s->last = &job->next;
	s->urgent |= urgent;
	s->state.given += job->kind == ROW && job->row->kind == ACQ_ROW_PRESS;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
}

static struct job *new_job(enum job_kind kind)
{
	struct job *job = calloc(1, sizeof(*job));

	if (job)
		job->kind = kind;
	return job;
}

static struct job *new_row(enum acq_row_kind kind)
{
	struct job *job = new_job(ROW);

	if (job)
		job->row = calloc(1, sizeof(*job->row));
	if (job && !job->row) {
		free_job(job);
		return NULL;
	}
	if (job)
		job->row->kind = kind;
	return job;
}

static void calendar(const struct acq_store *s, char *out, size_t cap, double t_s)
{
	int64_t now_ns = alg_clock_now_ns(s->clock), wall_ns = alg_clock_wall_ns(s->clock);

	out[0] = '\0';
	if (isfinite(t_s))
		alg_time_format(out, cap, wall_ns - (now_ns - s->start_ns - alg_s_to_ns(t_s)));
}

/* Fresh memory, never NULL on success even for none. */
static struct ses_sample_row *make_rows(const struct acq_store *s, const struct ses_sample *sample, size_t n)
{
	struct ses_sample_row *rows = calloc(n ? n : 1, sizeof(*rows));

	for (size_t i = 0; rows && i < n; i++) {
		rows[i] = (struct ses_sample_row){
			.t_s = ses_stored_s(sample[i].t_ns - s->start_ns),
			.t_arrival_s = ses_stored_s(sample[i].arrival_ns - s->start_ns),
			.force_n = sample[i].force_n,
			.flags = (int32_t)sample[i].flags,
			.counter = (int32_t)sample[i].counter,
		};
		memcpy(rows[i].shown, sample[i].shown, sizeof(rows[i].shown));
	}
	return rows;
}

int acq_store_press(struct acq_store *s, const struct acq_press *press)
{
	struct job *job = new_row(ACQ_ROW_PRESS);

	if (!job)
		return ALG_ERR_NOMEM;
	job->row->trial = press->trial;
	job->row->trial.n_samples = (int32_t)press->n_samples;
	calendar(s, job->row->trial.contact_time, sizeof(press->trial.contact_time), press->trial.t_contact_s);
	job->row->rows = make_rows(s, press->samples, press->n_samples);
	if (!job->row->rows) {
		free_job(job);
		return ALG_ERR_NOMEM;
	}
	if (press->n_samples)
		s->streaming = false;
	add(s, job, true);
	return 0;
}

int acq_store_event(struct acq_store *s, const struct ses_event *event)
{
	struct job *job = new_row(ACQ_ROW_EVENT);

	if (!job)
		return ALG_ERR_NOMEM;
	job->row->event = *event;
	add(s, job, false);
	return 0;
}

int acq_store_rating(struct acq_store *s, const struct ses_rating *rating)
{
	struct job *job = new_row(ACQ_ROW_RATING);

	if (!job)
		return ALG_ERR_NOMEM;
	job->row->rating = *rating;
	add(s, job, false);
	return 0;
}

int acq_store_reject_last(struct acq_store *s, const char *who, const char *reason)
{
	struct job *job = new_row(ACQ_ROW_AMENDMENT);
	struct ses_amendment *a = job ? &job->row->amendment : NULL;

	if (!job)
		return ALG_ERR_NOMEM;
	alg_time_format(a->time, sizeof(a->time), alg_clock_wall_ns(s->clock));
	alg_text_ascii(a->who, sizeof(a->who), who);
	alg_text_copy(a->field, sizeof(a->field), "status");
	alg_text_copy(a->new_value, sizeof(a->new_value), ses_status_word(SES_REJECTED));
	alg_text_ascii(a->reason, sizeof(a->reason), reason);
	add(s, job, true);
	return 0;
}

static int stream_begin(struct acq_store *s, const struct acq_press *running)
{
	struct job *job = new_job(BEGIN);

	if (!job)
		return ALG_ERR_NOMEM;
	job->trial = running->trial;
	calendar(s, job->trial.contact_time, sizeof(job->trial.contact_time), running->trial.t_contact_s);
	add(s, job, false);
	s->streaming = true;
	s->stream_contact_s = running->trial.t_contact_s;
	s->streamed = 0;
	return 0;
}

int acq_store_running(struct acq_store *s, const struct acq_press *running)
{
	struct job *job;

	if (!running && !s->streaming)
		return 0;
	if (!running) {
		job = new_job(DROP);
		if (!job)
			return ALG_ERR_NOMEM;
		s->streaming = false;
		add(s, job, false);
		return 0;
	}
	if ((!s->streaming || s->stream_contact_s != running->trial.t_contact_s) && stream_begin(s, running) < 0)
		return ALG_ERR_NOMEM;
	if (running->n_samples <= s->streamed)
		return 0;
	job = new_job(SAMPLES);
	if (job)
		job->rows = make_rows(s, running->samples + s->streamed, running->n_samples - s->streamed);
	if (!job || !job->rows) {
		free(job);
		return ALG_ERR_NOMEM;
	}
	job->n_rows = running->n_samples - s->streamed;
	s->streamed = running->n_samples;
	add(s, job, false);
	return 0;
}

void acq_store_state(struct acq_store *s, struct acq_store_state *out)
{
	struct acq_publisher_state file;

	acq_publisher_state(s->publisher, &file);
	pthread_mutex_lock(&s->lock);
	*out = s->state;
	out->slow = s->syncing_since_ns && system_ns() - s->syncing_since_ns > SLOW_NS;
	pthread_mutex_unlock(&s->lock);
	out->in_file = file.trials_in_file;
	out->behind = file.failing;
	memcpy(out->behind_fault, file.fault, sizeof(out->behind_fault));
}

/* The monotonic instant so many ns from now, for pthread_cond_timedwait. */
static struct timespec after_ns(int64_t ns)
{
	int64_t until_ns = system_ns() + ns;

	return (struct timespec){.tv_sec = until_ns / ALG_NS_PER_S, .tv_nsec = until_ns % ALG_NS_PER_S};
}

bool acq_store_wait(struct acq_store *s, size_t presses, int timeout_ms)
{
	struct timespec until = after_ns(timeout_ms * ALG_NS_PER_MS);
	int rc = 0;

	pthread_mutex_lock(&s->lock);
	while (s->state.acknowledged < presses && !s->state.failing && rc != ETIMEDOUT)
		rc = pthread_cond_timedwait(&s->synced, &s->lock, &until);
	bool there = s->state.acknowledged >= presses;

	pthread_mutex_unlock(&s->lock);
	return there;
}

/* ---- the thread's side: records -------------------------------------------------------------------- */

static void journal_rows(struct acq_store *s, const char *name, const void *row)
{
	const struct ses_table *table = ses_table_find(name);
	struct ses_bytes bytes = {0};

	ses_bytes_add_u32(&bytes, (uint32_t)(table - ses_tables));
	ses_bytes_add_u32(&bytes, 1);
	ses_pack_row(&bytes, table, row);
	ses_journal_add(s->journal, SES_JOURNAL_ROWS, &bytes);
	ses_bytes_free(&bytes);
}

static void journal_begin(struct acq_store *s, struct ses_trial *trial)
{
	struct ses_bytes bytes = {0};

	trial->trial = (int32_t)s->n_trials + 1;
	trial->status = SES_REJECTED;
	trial->reason = SES_REASON_INTERRUPTED;
	trial->digest[0] = '\0';
	ses_pack_row(&bytes, ses_table_find("results"), trial);
	ses_journal_add(s->journal, SES_JOURNAL_BEGIN, &bytes);
	ses_bytes_free(&bytes);
	s->n_running = 0;
}

/* Also kept here, to be compared with what the press is made of in the end. */
static int journal_samples(struct acq_store *s, struct ses_sample_row *rows, size_t n)
{
	const struct ses_table *table = ses_table_find("samples");

	if (s->n_running + n > s->cap_running) {
		size_t cap = 2 * (s->n_running + n);
		struct ses_sample_row *fresh = realloc(s->running, cap * sizeof(*fresh));

		if (!fresh)
			return ALG_ERR_NOMEM;
		s->running = fresh;
		s->cap_running = cap;
	}
	for (size_t at = 0; at < n; at += SAMPLES_A_RECORD) {
		size_t count = n - at < SAMPLES_A_RECORD ? n - at : SAMPLES_A_RECORD;
		struct ses_bytes bytes = {0};

		ses_bytes_add_u32(&bytes, (uint32_t)count);
		for (size_t i = at; i < at + count; i++) {
			rows[i].trial = (int32_t)s->n_trials + 1;
			ses_pack_row(&bytes, table, &rows[i]);
			s->running[s->n_running++] = rows[i];
		}
		ses_journal_add(s->journal, SES_JOURNAL_SAMPLES, &bytes);
		ses_bytes_free(&bytes);
	}
	return 0;
}

static bool same_row(const struct ses_sample_row *a, const struct ses_sample_row *b)
{
	bool same_force = a->force_n == b->force_n || (isnan(a->force_n) && isnan(b->force_n));

	return a->t_s == b->t_s && a->t_arrival_s == b->t_arrival_s && same_force && a->flags == b->flags &&
	       a->counter == b->counter && strcmp(a->shown, b->shown) == 0;
}

/*
 * How many of the press's rows the journal has already, from *skip on. What was streamed is taken
 * only where it is the same: else the whole press is written behind a new beginning.
 */
static bool find_streamed(const struct acq_store *s, const struct acq_row *press, size_t *skip, size_t *have)
{
	size_t n = (size_t)press->trial.n_samples, i = 0;

	*skip = *have = 0;
	if (n == 0)
		return true;
	while (i < s->n_running && !same_row(&s->running[i], &press->rows[0]))
		i++;
	if (i == s->n_running)
		return false;
	*skip = i;
	for (; i < s->n_running && *have < n; i++, (*have)++)
		if (!same_row(&s->running[i], &press->rows[*have]))
			return false;
	return true;
}

static int journal_press(struct acq_store *s, struct acq_row *press)
{
	struct ses_trial *t = &press->trial, begin = *t;
	struct ses_bytes bytes = {0};
	size_t skip, have;
	int rc;

	if (!find_streamed(s, press, &skip, &have)) {
		journal_begin(s, &begin);
		skip = have = 0;
	}
	rc = journal_samples(s, press->rows + have, (size_t)t->n_samples - have);
	t->trial = (int32_t)s->n_trials + 1;
	t->first_sample = s->n_samples;
	for (int32_t i = 0; i < t->n_samples; i++)
		press->rows[i].trial = t->trial;
	if (rc == 0)
		rc = ses_press_digest(s->last_digest, t, press->rows, t->digest);
	if (rc)
		return rc;
	ses_bytes_add_u32(&bytes, (uint32_t)skip);
	ses_bytes_add_u32(&bytes, (uint32_t)t->n_samples);
	ses_pack_row(&bytes, ses_table_find("results"), t);
	ses_journal_add(s->journal, SES_JOURNAL_PRESS, &bytes);
	ses_bytes_free(&bytes);
	memcpy(s->last_digest, t->digest, SES_DIGEST_HEX);
	s->n_trials++;
	s->n_samples += t->n_samples;
	s->n_running = 0;
	if (t->status != SES_MISSING) {
		s->last_made = t->trial;
		s->last_status = t->status;
	}
	return 0;
}

static int journal_row(struct acq_store *s, struct acq_row *row)
{
	switch (row->kind) {
	case ACQ_ROW_PRESS:
		return journal_press(s, row);
	case ACQ_ROW_EVENT:
		journal_rows(s, "events", &row->event);
		return 0;
	case ACQ_ROW_RATING:
		journal_rows(s, "ratings", &row->rating);
		return 0;
	case ACQ_ROW_AMENDMENT:
		/* The press that was stored last and made by a hand. */
		if (!s->last_made)
			return ALG_ERR_BUG;
		row->amendment.trial = s->last_made;
		alg_text_copy(row->amendment.old_value, sizeof(row->amendment.old_value),
			ses_status_word((enum ses_status)s->last_status));
		journal_rows(s, "amendments", &row->amendment);
		return 0;
	}
	return ALG_ERR_BUG;
}

static int journal_job(struct acq_store *s, struct job *job)
{
	int rc;

	switch (job->kind) {
	case BEGIN:
		journal_begin(s, &job->trial);
		return 0;
	case SAMPLES:
		return journal_samples(s, job->rows, job->n_rows);
	case DROP:
		ses_journal_add(s->journal, SES_JOURNAL_DROP, NULL);
		s->n_running = 0;
		return 0;
	case ROW:
		break;
	}
	rc = journal_row(s, job->row);
	if (rc == 0) {
		*s->unsynced_last = job->row;
		s->unsynced_last = &job->row->next;
		job->row = NULL;
	}
	return rc;
}

/* The first job that cannot be kept is remembered, the others are still tried. */
static void journal_jobs(struct acq_store *s, struct job *job)
{
	while (job) {
		struct job *next = job->next;
		int rc = journal_job(s, job);

		if (s->bad >= 0)
			s->bad = rc;
		free_job(job);
		job = next;
	}
}

/* ---- the thread's side: the disk ------------------------------------------------------------------- */

/* What is acknowledged goes on to the publisher. */
static void hand_over(struct acq_store *s)
{
	acq_publisher_take(s->publisher, s->unsynced);
	s->unsynced = NULL;
	s->unsynced_last = &s->unsynced;
}

static int sync_journal(struct acq_store *s)
{
	char fault[256];
	int rc;

	pthread_mutex_lock(&s->lock);
	s->syncing_since_ns = system_ns();
	pthread_mutex_unlock(&s->lock);
	rc = ses_journal_sync(s->journal, fault, sizeof(fault));
	if (rc >= 0 && s->bad < 0)
		snprintf(fault, sizeof(fault), "a row could not be kept: %s", alg_status_text(s->bad));
	pthread_mutex_lock(&s->lock);
	s->syncing_since_ns = 0;
	s->state.failing = rc < 0 || s->bad < 0;
	memcpy(s->state.fault, fault, sizeof(s->state.fault));
	s->state.rewrites = ses_journal_rewrites(s->journal);
	if (rc >= 0)
		s->state.acknowledged = s->n_trials;
	pthread_cond_broadcast(&s->synced);
	pthread_mutex_unlock(&s->lock);
	if (rc >= 0)
		hand_over(s);
	return rc;
}

/* Waits until there is something to write and it is time; returns the list, and whether this is the end. */
static struct job *next_jobs(struct acq_store *s, int64_t last_sync_ns, bool *end)
{
	struct job *list;

	pthread_mutex_lock(&s->lock);
	while (!s->finishing && !s->urgent) {
		int64_t since_ns = system_ns() - last_sync_ns, pause_ns = s->state.failing ? RETRY_NS : SYNC_NS;
		struct timespec until = after_ns(pause_ns - since_ns);

		if (!s->first && !s->state.failing)
			pthread_cond_wait(&s->wake, &s->lock);
		else if (since_ns >= pause_ns)
			break;
		else
			pthread_cond_timedwait(&s->wake, &s->lock, &until);
	}
	list = s->first;
	s->first = NULL;
	s->last = &s->first;
	s->urgent = false;
	*end = s->finishing;
	pthread_mutex_unlock(&s->lock);
	return list;
}

static void journal_closed(struct acq_store *s)
{
	struct ses_bytes bytes = {0};

	ses_bytes_add_u32(&bytes, s->complete);
	ses_journal_add(s->journal, SES_JOURNAL_CLOSED, &bytes);
	ses_bytes_free(&bytes);
}

static void *run(void *arg)
{
	struct acq_store *s = arg;
	int64_t last_sync_ns = 0;
	bool end = false;

	while (!end) {
		journal_jobs(s, next_jobs(s, last_sync_ns, &end));
		if (end)
			journal_closed(s);
		sync_journal(s);
		last_sync_ns = system_ns();
	}
	hand_over(s); /* a last chance for what the journal's disk did not take */
	return NULL;
}

/* ---- beginning and end ------------------------------------------------------------------------------ */

static void destroy(struct acq_store *s)
{
	free(s->running);
	pthread_cond_destroy(&s->synced);
	pthread_cond_destroy(&s->wake);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

static void init_threads(struct acq_store *s)
{
	pthread_condattr_t monotonic;

	pthread_mutex_init(&s->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&s->wake, &monotonic);
	pthread_cond_init(&s->synced, &monotonic);
	pthread_condattr_destroy(&monotonic);
}

/* START of a new journal, or RESUME of one that goes on. */
static void journal_begins(struct acq_store *s, const struct ses_session *ses, const struct acq_store_plan *plan)
{
	struct ses_journal_writer writer;
	struct ses_bytes bytes = {0};

	ses_journal_writer_now(&writer, plan->session_path, alg_clock_wall_ns(alg_clock_system()));
	if (!plan->journal) {
		ses_bytes_add_u32(&bytes, SES_JOURNAL_VERSION);
		ses_bytes_add_u32(&bytes, SES_FORMAT_MAJOR);
		ses_bytes_add_u32(&bytes, SES_FORMAT_MINOR);
	}
	ses_pack_writer(&bytes, &writer);
	if (!plan->journal) {
		ses_bytes_add_u32(&bytes, (uint32_t)plan->n_order);
		for (size_t i = 0; i < plan->n_order; i++)
			ses_bytes_add_u32(&bytes, (uint32_t)plan->order[i]);
		ses_pack_session(&bytes, ses);
	}
	ses_journal_add(s->journal, plan->journal ? SES_JOURNAL_RESUME : SES_JOURNAL_START, &bytes);
	ses_bytes_free(&bytes);
}

/* Where the chain and the counts stand in a session that goes on; all zero in a new one. */
static void go_on_from(struct acq_store *s, const struct ses_session *ses)
{
	s->n_trials = s->state.given = s->state.acknowledged = ses->n_trials;
	s->n_samples = (int32_t)ses->n_samples;
	memcpy(s->last_digest, ses->n_trials ? ses->trials[ses->n_trials - 1].digest : ses->header.header_digest,
		SES_DIGEST_HEX);
	for (size_t i = ses->n_trials; i-- > 0 && !s->last_made;)
		if (ses->trials[i].status != SES_MISSING) {
			s->last_made = ses->trials[i].trial;
			s->last_status = ses->trials[i].status;
		}
}

static int open_journal(
	struct acq_store *s, struct ses_session *ses, const struct acq_store_plan *plan, struct alg_log *log)
{
	char fault[256];
	int rc = plan->journal ? 0 : ses_session_open_chain(ses);

	s->journal = plan->journal;
	if (rc < 0)
		return alg_fail(log, MSG_NOMEM, "the session's store");
	go_on_from(s, ses);
	if (!s->journal && (rc = ses_journal_create(&s->journal, plan->journal_path, plan->reserve_bytes, log)) < 0)
		return rc;
	journal_begins(s, ses, plan);
	if (ses_journal_sync(s->journal, fault, sizeof(fault)) < 0)
		return alg_fail(log, MSG_FILE_WRITE, plan->journal_path, fault);
	if (alg_file_sync_folder(plan->journal_path))
		return alg_fail(log, MSG_FILE_WRITE, plan->journal_path, strerror(errno));
	return 0;
}

int acq_store_start(
	struct acq_store **out, struct ses_session *session, const struct acq_store_plan *plan, struct alg_log *log)
{
	struct acq_store *s = calloc(1, sizeof(*s));
	struct acq_publisher_state file;
	int rc;

	*out = NULL;
	if (!s) {
		if (plan->journal)
			ses_journal_end(plan->journal, false);
		return alg_fail(log, MSG_NOMEM, "the session's store");
	}
	s->start_ns = plan->start_ns;
	s->clock = plan->clock;
	s->last = &s->first;
	s->unsynced_last = &s->unsynced;
	init_threads(s);
	rc = open_journal(s, session, plan, log);
	if (rc >= 0)
		rc = acq_publisher_start(&s->publisher, session, plan->session_path, !plan->journal, log);
	if (rc >= 0 && pthread_create(&s->thread, NULL, run, s)) {
		rc = alg_fail(log, MSG_NOMEM, "the storing thread");
		acq_publisher_finish(s->publisher, false, &file, NULL);
	}
	if (rc >= 0) {
		*out = s;
		return rc;
	}
	if (s->journal && !plan->journal && !s->publisher)
		ses_journal_discard(s->journal); /* nothing was recorded, and the name may be another's */
	else if (s->journal)
		ses_journal_end(s->journal, false);
	destroy(s);
	return rc;
}

int acq_store_finish(struct acq_store *s, bool complete, struct acq_store_state *last, char seal[SES_DIGEST_HEX])
{
	struct acq_publisher_state file;
	int rc;

	pthread_mutex_lock(&s->lock);
	s->finishing = true;
	s->complete = complete;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	rc = acq_publisher_finish(s->publisher, complete, &file, seal);
	*last = s->state;
	last->in_file = file.trials_in_file;
	last->behind = file.failing;
	memcpy(last->behind_fault, file.fault, sizeof(last->behind_fault));
	if (s->bad < 0)
		rc = ALG_ERR_IO;
	(void)ses_journal_end(s->journal, rc >= 0); /* one that stays beside a whole file is put away the next time */
	destroy(s);
	return rc;
}
