/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability_room.c - the sessions of a study and the pairs of them that are stable. */
#include "cli/reliability.h"

#include "cli/progress.h"
#include "data/batch.h"
#include "data/files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	struct cli *cli;
	struct rel_room *room;
	const struct ana_options *read;
	const struct ses_files *files;
	size_t next;
};

/* Where no tolerance was asked for, the thresholds stand for the session: it is counted where its values are wanted. */
static struct ana_options options_for(const struct ana_options *read, const struct ses_session *ses)
{
	struct ana_options options = *read;

	if (options.measure == SES_MEASURE_TOLERANCE && !ana_asked_tolerance(ses))
		options.measure = SES_MEASURE_THRESHOLD;
	return options;
}

/* Answers of the pain journal and practice are no values of a point: nothing is kept of them. */
static void slim(struct ana_visit *v)
{
	free(v->rating);
	v->rating = NULL;
	v->n_ratings = 0;
}

/* A session that cannot be read, or not be shown, is said and counted; the rest stands. */
static int take_session(const char *path, struct ses_session *ses, void *user)
{
	struct reading *r = user;
	const char *code = r->files->code[r->next++];
	struct ana_visit *v = &r->room->visit[r->room->n_visits];
	struct ana_options options = *r->read;
	int rc = ses ? 0 : ALG_ERR_FORMAT;

	if (rc == 0) {
		options = options_for(r->read, ses);
		rc = ana_visit_take(v, ses, path, &options, &r->cli->log);
	}
	if (rc == 0 && strcmp(v->header.participant, code))
		rc = alg_fail(&r->cli->log, MSG_ANA_FOLDER, path, v->header.participant, code);
	if (rc == 0 && !v->moved_to[0]) {
		slim(v);
		r->room->n_visits++;
	} else {
		r->room->n_unread += rc != 0;
		ana_visit_free(v);
	}
	return rc == ALG_ERR_NOMEM ? rc : cli_stopped() ? ALG_ERR_CANCELLED : 0;
}

static int load_visits(struct cli *cli, struct rel_room *room, const struct ana_options *read, const struct ses_files *files)
{
	struct reading reading = {cli, room, read, files, 0};
	struct cli_progress bar;
	struct ses_batch_options how = {.study = room->study.dir, .whole_study = true, .progress = cli_progress_step, .progress_user = &bar};
	int rc;

	room->visit = calloc(files->n + 1, sizeof(*room->visit));
	if (!room->visit)
		return alg_fail(&cli->log, MSG_NOMEM, room->study.dir);
	cli_watch_signals();
	cli_progress_start(&bar, stderr, "reading sessions", &cli->log);
	rc = ses_batch_read((const char *const *)files->path, files->n, &how, take_session, &reading, NULL, &cli->log);
	cli_progress_end(&bar);
	return rc;
}

/* The first visit of that participant, or of the one after: visits come by code. */
static size_t first_of(const struct rel_room *room, const char *code)
{
	size_t low = 0, high = room->n_visits;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(room->visit[middle].header.participant, code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t find(const struct rel_room *room, const char *code, const struct ses_session_name *name)
{
	for (size_t i = first_of(room, code); i < room->n_visits && strcmp(room->visit[i].header.participant, code) == 0; i++) {
		const struct ses_header *h = &room->visit[i].header;

		if (h->session == name->session && h->run == name->run && strcmp(h->acq, name->acq) == 0)
			return i;
	}
	return room->n_visits;
}

/* A treatment may have been put on record after the mark. */
static int take_pair(struct cli *cli, struct rel_room *room, const struct ses_stable *row)
{
	size_t a = find(room, row->participant, &row->a), b = find(room, row->participant, &row->b);
	char name_a[SES_SESSION_NAME_MAX], name_b[SES_SESSION_NAME_MAX], treated[160];
	int rc;

	ses_session_name_text(name_a, &row->a);
	ses_session_name_text(name_b, &row->b);
	if (a == room->n_visits || b == room->n_visits) {
		alg_warn(&cli->log, MSG_STABLE_LOST, row->participant, a == room->n_visits ? name_a : name_b);
		room->n_lost++;
		return 0;
	}
	rc = rel_treated_between(cli, &room->study, row->participant, &room->visit[a].header, &room->visit[b].header, treated,
		sizeof(treated));
	if (rc == 0 && *treated && !*row->despite) {
		alg_warn(&cli->log, MSG_STABLE_TREATED, row->participant, name_a, name_b, treated);
		room->n_lost++;
	} else if (rc == 0) {
		room->pair[room->n_pairs++] = (struct ana_stable_pair){a, b};
	}
	return rc;
}

static int load_pairs(struct cli *cli, struct rel_room *room)
{
	struct ses_stable *row;
	size_t n;
	int rc = ses_stable_load(&room->study, &row, &n, &cli->log);

	if (rc)
		return rc;
	n = ses_stable_holding(row, n);
	room->pair = calloc(n + 1, sizeof(*room->pair));
	if (!room->pair)
		rc = alg_fail(&cli->log, MSG_NOMEM, "stable pairs");
	for (size_t i = 0; rc == 0 && i < n; i++)
		rc = take_pair(cli, room, &row[i]);
	free(row);
	return rc;
}

int rel_load(struct cli *cli, const struct ana_options *read, struct rel_room *room)
{
	struct ses_files files = {.n = 0};
	int rc;

	*room = (struct rel_room){.visit = NULL};
	rc = ses_study_open(&room->study, cli->study, &cli->log);
	if (rc == 0)
		rc = ses_study_apply_zone(&room->study, &cli->log);
	if (rc == 0)
		rc = ses_files_add_study(&files, &room->study, &cli->log);
	if (rc == 0)
		rc = load_visits(cli, room, read, &files);
	ses_files_free(&files);
	return rc ? rc : load_pairs(cli, room);
}

void rel_free(struct rel_room *room)
{
	for (size_t i = 0; i < room->n_visits; i++)
		ana_visit_free(&room->visit[i]);
	free(room->visit);
	free(room->pair);
	room->visit = NULL;
	room->pair = NULL;
	room->n_visits = room->n_pairs = 0;
}
