/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * batch.c - a ring of jobs between the file that is handed over next and the one that is looked at next. A job
 * whose answer is early waits in it; one that no child could read is read alone, when its turn comes.
 */
#include "data/batch.h"

#include "data/pool.h"

#include <stdlib.h>
#include <unistd.h>

enum { AHEAD = 32, AHEAD_BYTES = 64 << 20 };

enum state { WAITING, RUNNING, READY, ALONE };

struct job {
	enum state state;
	struct ses_session ses; /* READY */
	struct ses_index_key key;
	size_t bytes;           /* of the answer, while it waits in the ring */
};

struct batch {
	const char *const *paths;
	size_t n, next_in, next_give, next_out; /* looked up, handed to a child or not, handed over */
	size_t bytes;                           /* in the ring */
	struct job job[AHEAD];
	struct ses_pool *pool;
	struct ses_index index;
	const struct ses_batch_options *options;
	struct ses_batch_report report;
};

static struct job *job_of(struct batch *b, size_t i)
{
	return &b->job[i % AHEAD];
}

/* What the index knows is ready at once. */
static void look_up(struct batch *b)
{
	while (b->next_in < b->n && b->next_in < b->next_out + AHEAD && b->bytes < AHEAD_BYTES) {
		struct job *job = job_of(b, b->next_in);

		*job = (struct job){.state = WAITING};
		if (ses_index_find(&b->index, b->paths[b->next_in], &job->key, &job->ses))
			job->state = READY;
		b->next_in++;
	}
}

static void give(struct batch *b)
{
	for (; b->next_give < b->next_in; b->next_give++) {
		struct job *job = job_of(b, b->next_give);

		if (job->state != WAITING)
			continue;
		if (!ses_pool_idle(b->pool))
			return;
		job->state = ses_pool_give(b->pool, b->paths[b->next_give], b->next_give) ? ALONE : RUNNING;
	}
}

/* One answer into its job; waits for it when the next file to be handed over is among those that are read. */
static bool collect(struct batch *b, bool wait)
{
	struct ses_pool_answer answer;
	struct job *job;

	if (!ses_pool_take(b->pool, wait ? -1 : 0, &answer))
		return false;
	job = job_of(b, answer.ticket);
	job->state = answer.good ? READY : ALONE;
	if (answer.good) {
		job->ses = answer.ses;
		job->bytes = answer.packed.len;
		b->bytes += job->bytes;
		ses_index_keep(&b->index, b->paths[answer.ticket], &job->key, &answer.packed);
	}
	ses_bytes_free(&answer.packed);
	return true;
}

static int read_alone(struct batch *b, const char *path, struct ses_session *ses, struct alg_log *log)
{
	b->report.alone++;
	return b->options->samples ? ses_h5_read(path, ses, log) : ses_h5_read_summary(path, ses, log);
}

static int hand_over(struct batch *b, ses_batch_take *take, void *user, struct alg_log *log)
{
	struct job *job = job_of(b, b->next_out);
	const char *path = b->paths[b->next_out];
	bool good = job->state == READY || read_alone(b, path, &job->ses, log) == 0;
	int rc = take(path, good ? &job->ses : NULL, user);

	ses_session_clear(&job->ses);
	ses_index_key_free(&job->key);
	b->bytes -= job->bytes;
	*(good ? &b->report.good : &b->report.bad) += 1;
	b->next_out++;
	if (b->options->progress)
		b->options->progress(b->next_out, b->n, b->options->progress_user);
	return rc;
}

static int children_wanted(const struct ses_batch_options *options, size_t n)
{
	long wanted = options->children > 0 ? options->children : sysconf(_SC_NPROCESSORS_ONLN);

	return wanted < 1 || n < 2 ? 1 : (size_t)wanted > n ? (int)n : wanted > POOL_CHILDREN_MAX ? POOL_CHILDREN_MAX : (int)wanted;
}

/* Children are fed first, so that they work while the caller does. */
static int run(struct batch *b, ses_batch_take *take, void *user, struct alg_log *log)
{
	int rc = 0;

	while (rc == 0 && b->next_out < b->n) {
		while (collect(b, false))
			;
		look_up(b);
		give(b);
		if (job_of(b, b->next_out)->state == RUNNING)
			collect(b, true);
		else
			rc = hand_over(b, take, user, log);
	}
	return rc;
}

int ses_batch_read(const char *const *paths, size_t n, const struct ses_batch_options *options, ses_batch_take *take, void *user,
	struct ses_batch_report *report, struct alg_log *log)
{
	struct batch *b = calloc(1, sizeof(*b));
	int rc;

	if (b)
		b->pool = ses_pool_open(children_wanted(options, n), options->samples ? SES_WITH_SAMPLES : SES_WITHOUT_SAMPLES);
	if (!b || !b->pool) {
		free(b);
		return alg_fail(log, MSG_NOMEM, "session files");
	}
	b->paths = paths;
	b->n = n;
	b->options = options;
	ses_index_open(&b->index, options->samples ? NULL : options->study);
	rc = run(b, take, user, log);
	for (; b->next_out < b->next_in; b->next_out++) { /* when the caller ended it */
		ses_session_clear(&job_of(b, b->next_out)->ses);
		ses_index_key_free(&job_of(b, b->next_out)->key);
	}
	b->report.forgotten = ses_index_close(&b->index, options->whole_study);
	b->report.index = b->index.counts;
	if (report)
		*report = b->report;
	ses_pool_close(b->pool);
	free(b);
	return rc;
}
