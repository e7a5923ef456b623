/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store.c - rows come in a list that main only ever holds for an instant; the thread takes the whole
 * list, appends the rows and publishes the file. While it writes, main goes on adding.
 */
#include "acq/store.h"

#include "data/chain.h"

#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RETRY_S 2
#define SLOW_NS ALG_NS_PER_S

enum kind { PRESS, EVENT, RATING, REJECT_LAST };

struct job {
	struct job *next;
	enum kind kind;
	struct ses_trial trial;
	struct ses_sample_row *rows;
	size_t n_rows;
	struct ses_event event;
	struct ses_rating rating;
	struct ses_amendment amendment;
};

struct acq_store {
	struct ses_session session; /* the thread's, once it runs */
	char path[4096];
	int64_t start_ns;
	const struct alg_clock *clock;
	pthread_t thread;
	pthread_mutex_t lock; /* guards what follows; never held while the disk works */
	pthread_cond_t wake;
	struct job *first, **last;
	bool finishing, complete;
	size_t given, on_disk;
	bool failing;
	char fault[256];
	int64_t writing_since_ns; /* system clock; 0: not writing */
};

/* ---- main's side ---------------------------------------------------------------------------------- */

static int add(struct acq_store *s, struct job *job)
{
	pthread_mutex_lock(&s->lock);
	*s->last = job;
	s->last = &job->next;
	s->given += job->kind == PRESS;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
	return 0;
}

static struct job *new_job(enum kind kind)
{
	struct job *job = calloc(1, sizeof(*job));

	if (job)
		job->kind = kind;
	return job;
}

static void calendar(const struct acq_store *s, char *out, size_t cap, double t_s)
{
	int64_t now_ns = alg_clock_now_ns(s->clock), wall_ns = alg_clock_wall_ns(s->clock);

	out[0] = '\0';
	if (isfinite(t_s))
		alg_time_format(out, cap, wall_ns - (now_ns - s->start_ns - alg_s_to_ns(t_s)));
}

static void make_row(const struct acq_store *s, struct ses_sample_row *row, const struct ses_sample *sample)
{
	*row = (struct ses_sample_row){
		.t_s = ses_stored_s(sample->t_ns - s->start_ns),
		.t_arrival_s = ses_stored_s(sample->arrival_ns - s->start_ns),
		.force_n = sample->force_n,
		.flags = (int32_t)sample->flags,
		.counter = (int32_t)sample->counter,
	};
	memcpy(row->shown, sample->shown, sizeof(row->shown));
}

int acq_store_press(struct acq_store *s, const struct acq_press *press)
{
	struct job *job = new_job(PRESS);

	if (!job)
		return ALG_ERR_NOMEM;
	job->trial = press->trial;
	calendar(s, job->trial.contact_time, sizeof(job->trial.contact_time), press->trial.t_contact_s);
	job->n_rows = press->n_samples;
	job->rows = calloc(press->n_samples ? press->n_samples : 1, sizeof(*job->rows));
	if (!job->rows) {
		free(job);
		return ALG_ERR_NOMEM;
	}
	for (size_t i = 0; i < press->n_samples; i++)
		make_row(s, &job->rows[i], &press->samples[i]);
	return add(s, job);
}

int acq_store_event(struct acq_store *s, const struct ses_event *event)
{
	struct job *job = new_job(EVENT);

	if (!job)
		return ALG_ERR_NOMEM;
	job->event = *event;
	return add(s, job);
}

int acq_store_rating(struct acq_store *s, const struct ses_rating *rating)
{
	struct job *job = new_job(RATING);

	if (!job)
		return ALG_ERR_NOMEM;
	job->rating = *rating;
	return add(s, job);
}

int acq_store_reject_last(struct acq_store *s, const char *who, const char *reason)
{
	struct job *job = new_job(REJECT_LAST);
	struct ses_amendment *a = job ? &job->amendment : NULL;

	if (!job)
		return ALG_ERR_NOMEM;
	alg_time_format(a->time, sizeof(a->time), alg_clock_wall_ns(s->clock));
	alg_text_ascii(a->who, sizeof(a->who), who);
	alg_text_copy(a->field, sizeof(a->field), "status");
	alg_text_copy(a->new_value, sizeof(a->new_value), ses_status_word(SES_REJECTED));
	alg_text_ascii(a->reason, sizeof(a->reason), reason);
	return add(s, job);
}

void acq_store_state(struct acq_store *s, struct acq_store_state *out)
{
	*out = (struct acq_store_state){0};
	pthread_mutex_lock(&s->lock);
	out->trials_given = s->given;
	out->trials_on_disk = s->on_disk;
	out->failing = s->failing;
	memcpy(out->fault, s->fault, sizeof(out->fault));
	out->slow = s->writing_since_ns &&
		alg_clock_now_ns(alg_clock_system()) - s->writing_since_ns > SLOW_NS;
	pthread_mutex_unlock(&s->lock);
}

/* ---- the thread's side ----------------------------------------------------------------------------- */

static int take_press(struct acq_store *s, struct job *job)
{
	struct ses_session *ses = &s->session;
	struct ses_trial *t = &job->trial;

	t->trial = (int32_t)ses->n_trials + 1;
	t->first_sample = (int32_t)ses->n_samples;
	t->n_samples = (int32_t)job->n_rows;
	for (size_t i = 0; i < job->n_rows; i++)
		job->rows[i].trial = t->trial;
	int rc = ses_session_add_samples(ses, job->rows, job->n_rows);

	if (rc >= 0)
		rc = ses_session_add_trial(ses, t);
	return rc < 0 ? rc : ses_session_chain(ses, ses->n_trials - 1);
}

/* The press that was stored last and made by a hand. */
static int take_reject(struct acq_store *s, struct ses_amendment *a)
{
	struct ses_session *ses = &s->session;

	for (size_t i = ses->n_trials; i-- > 0;) {
		const struct ses_trial *t = &ses->trials[i];

		if (t->status == SES_MISSING)
			continue;
		a->trial = t->trial;
		alg_text_copy(a->old_value, sizeof(a->old_value), ses_status_word((enum ses_status)t->status));
		return ses_session_add_amendment(ses, a);
	}
	return ALG_ERR_BUG;
}

static int take(struct acq_store *s, struct job *job)
{
	switch (job->kind) {
	case PRESS:
		return take_press(s, job);
	case EVENT:
		return ses_session_add_event(&s->session, &job->event);
	case RATING:
		return ses_session_add_rating(&s->session, &job->rating);
	default:
		return take_reject(s, &job->amendment);
	}
}

/* Appends all jobs; the first that cannot be appended is told, the others are still tried. */
static int take_all(struct acq_store *s, struct job *job)
{
	int rc = 0;

	while (job) {
		struct job *next = job->next;
		int one = take(s, job);

		if (rc >= 0)
			rc = one;
		free(job->rows);
		free(job);
		job = next;
	}
	return rc;
}

static void keep_fault(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)id;
	if (level == ALG_LEVEL_ERROR)
		alg_text_copy(ctx, 256, text);
}

static void publish(struct acq_store *s, int taken)
{
	char fault[256] = "";
	struct alg_log quiet = {.sink = keep_fault, .ctx = fault};
	size_t n = s->session.n_trials;

	pthread_mutex_lock(&s->lock);
	s->writing_since_ns = alg_clock_now_ns(alg_clock_system());
	pthread_mutex_unlock(&s->lock);
	int rc = ses_h5_publish(&s->session, s->path, &quiet);

	if (rc >= 0 && taken < 0) {
		rc = taken;
		snprintf(fault, sizeof(fault), "a row could not be kept: %s", alg_status_text(taken));
	}
	pthread_mutex_lock(&s->lock);
	s->writing_since_ns = 0;
	s->failing = rc < 0;
	memcpy(s->fault, fault, sizeof(s->fault));
	if (rc >= 0)
		s->on_disk = n;
	pthread_mutex_unlock(&s->lock);
}

/* Waits for work; returns the whole list, and whether this is the end. */
static struct job *next_jobs(struct acq_store *s, bool *end)
{
	struct timespec until;
	int rc = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += RETRY_S;
	pthread_mutex_lock(&s->lock);
	while (!s->first && !s->finishing && rc != ETIMEDOUT)
		rc = s->failing ? pthread_cond_timedwait(&s->wake, &s->lock, &until)
				: pthread_cond_wait(&s->wake, &s->lock);
	struct job *list = s->first;

	s->first = NULL;
	s->last = &s->first;
	*end = s->finishing;
	if (*end)
		s->session.header.complete = s->complete;
	pthread_mutex_unlock(&s->lock);
	return list;
}


static void *run(void *arg)
{
	struct acq_store *s = arg;
	bool end = false;

	while (!end) {
		int taken = take_all(s, next_jobs(s, &end));

		ses_session_seal(&s->session);
		publish(s, taken);
	}
	return NULL;
}

static void destroy(struct acq_store *s)
{
	ses_session_clear(&s->session);
	pthread_cond_destroy(&s->wake);
	pthread_mutex_destroy(&s->lock);
	free(s);
}

int acq_store_start(struct acq_store **out, struct ses_session *session, const char *path, int64_t start_ns,
	const struct alg_clock *clock, struct alg_log *log)
{
	struct acq_store *s = calloc(1, sizeof(*s));

	*out = NULL;
	if (!s)
		return alg_fail(log, MSG_NOMEM, "the session's store");
	s->session = *session;
	*session = (struct ses_session){0};
	s->start_ns = start_ns;
	s->clock = clock;
	s->last = &s->first;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->wake, NULL);
	int rc = alg_text_copy(s->path, sizeof(s->path), path) ? 0 : alg_fail(log, MSG_FILE_WRITE, path, "the name is too long");

	if (rc >= 0 && (ses_session_open_chain(&s->session) || ses_session_seal(&s->session)))
		rc = alg_fail(log, MSG_NOMEM, "the session's store");
	if (rc >= 0)
		rc = ses_h5_create(&s->session, s->path, log); /* never in place of another program's session */
	if (rc >= 0 && pthread_create(&s->thread, NULL, run, s))
		rc = alg_fail(log, MSG_NOMEM, "the storing thread");
	if (rc < 0)
		destroy(s);
	else
		*out = s;
	return rc;
}

int acq_store_finish(struct acq_store *s, bool complete, struct acq_store_state *last, char seal[SES_DIGEST_HEX])
{
	pthread_mutex_lock(&s->lock);
	s->finishing = true;
	s->complete = complete;
	pthread_cond_signal(&s->wake);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	acq_store_state(s, last);
	if (seal)
		memcpy(seal, s->session.header.seal, SES_DIGEST_HEX);
	int rc = s->failing ? ALG_ERR_IO : 0;

	destroy(s);
	return rc;
}
