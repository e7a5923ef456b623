/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acq/publisher.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "data/chain.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RETRY_S 2

struct acq_publisher {
	struct ses_session session; /* the thread's, once it runs */
	char path[4096];
	bool replace;               /* the file is ours already */
	pthread_t thread;
	pthread_mutex_t lock;       /* guards what follows; never held while the disk works */
	pthread_cond_t wake;
	struct acq_row *first, **last;
	bool finishing, complete;
	struct acq_publisher_state state;
};

void acq_row_free(struct acq_row *row)
{
	if (row)
		free(row->rows);
	free(row);
}

static int add_press(struct ses_session *ses, struct acq_row *row)
{
	int rc;

	row->trial.first_sample = (int32_t)ses->n_samples;
	rc = ses_session_add_samples(ses, row->rows, (size_t)row->trial.n_samples);
	return rc ? rc : ses_session_add_trial(ses, &row->trial);
}

static int add_row(struct ses_session *ses, struct acq_row *row)
{
	switch (row->kind) {
	case ACQ_ROW_PRESS: return add_press(ses, row);
	case ACQ_ROW_EVENT: return ses_session_add_event(ses, &row->event);
	case ACQ_ROW_RATING: return ses_session_add_rating(ses, &row->rating);
	case ACQ_ROW_AMENDMENT: return ses_session_add_amendment(ses, &row->amendment);
	}
	return ALG_ERR_BUG;
}

/* Appends all rows; the first that cannot be appended is told, the others are still tried. */
static int add_rows(struct ses_session *ses, struct acq_row *row)
{
	int rc = 0;

	while (row) {
		struct acq_row *next = row->next;
		int one = add_row(ses, row);

		if (rc >= 0)
			rc = one;
		acq_row_free(row);
		row = next;
	}
	return rc;
}

static void keep_fault(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)id;
	if (level == ALG_LEVEL_ERROR)
		alg_text_copy(ctx, 256, text);
}

static int put_file(struct acq_publisher *p, struct alg_log *log)
{
	int rc;

	ses_session_seal(&p->session);
	rc = p->replace ? ses_h5_publish(&p->session, p->path, log) : ses_h5_create(&p->session, p->path, log);
	if (rc >= 0)
		p->replace = true;
	return rc;
}

static int publish(struct acq_publisher *p, int added)
{
	char fault[256] = "";
	struct alg_log quiet = {.sink = keep_fault, .ctx = fault};
	int rc = put_file(p, &quiet);

	if (rc >= 0 && added < 0) {
		rc = added;
		snprintf(fault, sizeof(fault), "a row could not be kept: %s", alg_status_text(added));
	}
	pthread_mutex_lock(&p->lock);
	p->state.failing = rc < 0;
	memcpy(p->state.fault, fault, sizeof(p->state.fault));
	if (rc >= 0)
		p->state.trials_in_file = p->session.n_trials;
	pthread_mutex_unlock(&p->lock);
	return rc;
}

/* Waits for work; returns the whole list, and whether this is the end. */
static struct acq_row *next_rows(struct acq_publisher *p, bool *end)
{
	struct timespec until;
	int rc = 0;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_sec += RETRY_S;
	pthread_mutex_lock(&p->lock);
	while (!p->first && !p->finishing && rc != ETIMEDOUT)
		rc = p->state.failing ? pthread_cond_timedwait(&p->wake, &p->lock, &until)
				      : pthread_cond_wait(&p->wake, &p->lock);
	struct acq_row *list = p->first;

	p->first = NULL;
	p->last = &p->first;
	*end = p->finishing && !list;
	pthread_mutex_unlock(&p->lock);
	return list;
}

/* Events alone need no new file: they come with the next press, or with the end. */
static bool worth_it(const struct acq_row *row)
{
	for (; row; row = row->next)
		if (row->kind == ACQ_ROW_PRESS || row->kind == ACQ_ROW_AMENDMENT)
			return true;
	return false;
}

/* Read back from the disk, not from memory: what was sealed is what is there. */
static int read_back(struct acq_publisher *p)
{
	char fault[256] = "", *bytes = NULL;
	struct alg_log quiet = {.sink = keep_fault, .ctx = fault};
	uint8_t *image = NULL;
	size_t len = 0, n = 0;
	int rc = ses_h5_image(&p->session, &image, &n, &quiet);

	if (rc >= 0)
		rc = alg_file_read(p->path, n, &bytes, &len, &quiet);
	if (rc >= 0 && (len != n || memcmp(bytes, image, n) != 0)) {
		rc = ALG_ERR_IO;
		alg_text_copy(fault, sizeof(fault), "it is not read back as it was written");
	}
	free(image);
	free(bytes);
	pthread_mutex_lock(&p->lock);
	p->state.failing = rc < 0;
	memcpy(p->state.fault, fault, sizeof(p->state.fault));
	pthread_mutex_unlock(&p->lock);
	return rc;
}

static void *run(void *arg)
{
	struct acq_publisher *p = arg;
	bool end = false, behind = false;
	int added = 0;

	while (!end) {
		struct acq_row *rows = next_rows(p, &end);
		bool now = behind || worth_it(rows);
		int one = add_rows(&p->session, rows);

		if (added >= 0)
			added = one;
		if (now && !end)
			behind = publish(p, added) < 0;
	}
	p->session.header.complete = p->complete;
	if (publish(p, added) >= 0)
		read_back(p);
	return NULL;
}

static void destroy(struct acq_publisher *p)
{
	ses_session_clear(&p->session);
	pthread_cond_destroy(&p->wake);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

int acq_publisher_start(
	struct acq_publisher **out, struct ses_session *session, const char *path, bool fresh, struct alg_log *log)
{
	struct acq_publisher *p = calloc(1, sizeof(*p));
	int rc;

	*out = NULL;
	if (!p)
		return alg_fail(log, MSG_NOMEM, "the session file");
	p->session = *session;
	*session = (struct ses_session){0};
	p->replace = !fresh;
	p->last = &p->first;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->wake, NULL);
	rc = alg_text_copy(p->path, sizeof(p->path), path) ? 0 : alg_fail(log, MSG_FILE_WRITE, path, "the name is too long");
	if (rc >= 0)
		rc = put_file(p, log);
	p->state.trials_in_file = p->session.n_trials;
	if (rc >= 0 && pthread_create(&p->thread, NULL, run, p))
		rc = alg_fail(log, MSG_NOMEM, "the publishing thread");
	if (rc < 0)
		destroy(p);
	else
		*out = p;
	return rc;
}

void acq_publisher_take(struct acq_publisher *p, struct acq_row *rows)
{
	if (!rows)
		return;
	pthread_mutex_lock(&p->lock);
	*p->last = rows;
	while (*p->last)
		p->last = &(*p->last)->next;
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->lock);
}

void acq_publisher_state(struct acq_publisher *p, struct acq_publisher_state *out)
{
	pthread_mutex_lock(&p->lock);
	*out = p->state;
	pthread_mutex_unlock(&p->lock);
}

int acq_publisher_finish(
	struct acq_publisher *p, bool complete, struct acq_publisher_state *last, char seal[SES_DIGEST_HEX])
{
	pthread_mutex_lock(&p->lock);
	p->finishing = true;
	p->complete = complete;
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
	acq_publisher_state(p, last);
	if (seal)
		memcpy(seal, p->session.header.seal, SES_DIGEST_HEX);
	int rc = last->failing ? ALG_ERR_IO : 0;

	destroy(p);
	return rc;
}
