/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store.c - jobs come in a list that main only ever holds for an instant; the thread takes the whole
 * list, turns it into records, and syncs. While it waits for the disk, main goes on adding.
 */
#include "acq/store.h"

#include "acq/recorder.h"

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
	struct acq_recorder rec;
	struct acq_publisher *publisher;
	struct acq_row *unsynced, **unsynced_last; /* in the journal's memory, not yet acknowledged */
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

int acq_store_amend_last(struct acq_store *s, const char *field, const char *value, const char *who, const char *reason)
{
	struct job *job = new_row(ACQ_ROW_AMENDMENT);
	struct ses_amendment *a = job ? &job->row->amendment : NULL;

	if (!job)
		return ALG_ERR_NOMEM;
	alg_time_format(a->time, sizeof(a->time), alg_clock_wall_ns(s->clock));
	alg_text_ascii(a->who, sizeof(a->who), who);
	alg_text_copy(a->field, sizeof(a->field), field);
	alg_text_copy(a->new_value, sizeof(a->new_value), value);
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

static int journal_job(struct acq_store *s, struct job *job)
{
	int rc;

	switch (job->kind) {
	case BEGIN:
		acq_recorder_begin(&s->rec, &job->trial);
		return 0;
	case SAMPLES:
		return acq_recorder_samples(&s->rec, job->rows, job->n_rows);
	case DROP:
		acq_recorder_drop(&s->rec);
		return 0;
	case ROW:
		break;
	}
	rc = acq_recorder_row(&s->rec, job->row);
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
	rc = ses_journal_sync(s->rec.journal, fault, sizeof(fault));
	if (rc >= 0 && s->bad < 0)
		snprintf(fault, sizeof(fault), "a row could not be kept: %s", alg_status_text(s->bad));
	pthread_mutex_lock(&s->lock);
	s->syncing_since_ns = 0;
	s->state.failing = rc < 0 || s->bad < 0;
	memcpy(s->state.fault, fault, sizeof(s->state.fault));
	s->state.rewrites = ses_journal_rewrites(s->rec.journal);
	if (rc >= 0)
		s->state.acknowledged = s->rec.n_trials;
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

static void *run(void *arg)
{
	struct acq_store *s = arg;
	int64_t last_sync_ns = 0;
	bool end = false;

	while (!end) {
		journal_jobs(s, next_jobs(s, last_sync_ns, &end));
		if (end)
			acq_recorder_closed(&s->rec, s->complete);
		sync_journal(s);
		last_sync_ns = system_ns();
	}
	hand_over(s); /* a last chance for what the journal's disk did not take */
	return NULL;
}

/* ---- beginning and end ------------------------------------------------------------------------------ */

static void destroy(struct acq_store *s)
{
	acq_recorder_free(&s->rec);
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

static void record_start(struct acq_store *s, const struct ses_session *ses, const struct acq_store_plan *plan)
{
	struct ses_journal_writer writer;

	ses_journal_writer_now(&writer, plan->session_path, alg_clock_wall_ns(alg_clock_system()));
	if (plan->journal)
		acq_recorder_resume(&s->rec, &writer);
	else
		acq_recorder_start(&s->rec, &writer, ses, plan->order, plan->n_order);
}

static int open_journal(
	struct acq_store *s, struct ses_session *ses, const struct acq_store_plan *plan, struct alg_log *log)
{
	char fault[256];
	int rc = plan->journal ? 0 : ses_session_open_chain(ses);

	s->rec.journal = plan->journal;
	if (rc < 0)
		return alg_fail(log, MSG_NOMEM, "the session's store");
	acq_recorder_go_on(&s->rec, ses);
	s->state.given = s->state.acknowledged = ses->n_trials;
	if (!s->rec.journal && (rc = ses_journal_create(&s->rec.journal, plan->journal_path, plan->reserve_bytes, log)) < 0)
		return rc;
	record_start(s, ses, plan);
	if (ses_journal_sync(s->rec.journal, fault, sizeof(fault)) < 0)
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
	if (s->rec.journal && !plan->journal && !s->publisher)
		ses_journal_discard(s->rec.journal); /* nothing was recorded, and the name may be another's */
	else if (s->rec.journal)
		ses_journal_end(s->rec.journal, false);
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
	(void)ses_journal_end(s->rec.journal, rc >= 0); /* one that stays beside a whole file is put away the next time */
	destroy(s);
	return rc;
}
