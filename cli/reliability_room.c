/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reliability_room.c - the sessions of a study and the pairs of them that are stable. */
#include "cli/reliability.h"

#include "base/text.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct codes {
	char (*code)[SES_CODE_MAX + 1];
	size_t n;
};

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* The folders sub-CODE, sorted. */
static int list_codes(const struct ses_study *study, struct codes *out, struct alg_log *log)
{
	DIR *dir = opendir(study->dir);
	struct dirent *entry;
	size_t cap = 0;
	int rc = dir ? 0 : alg_fail(log, MSG_FILE_OPEN, study->dir, strerror(errno));

	*out = (struct codes){NULL, 0};
	while (rc == 0 && (entry = readdir(dir))) {
		const char *code = entry->d_name + 4;

		if (strncmp(entry->d_name, "sub-", 4) || strlen(code) > SES_CODE_MAX || ses_study_check_code(study, code, NULL))
			continue;
		if (out->n == cap) {
			cap = cap ? 2 * cap : 64;
			void *grown = realloc(out->code, cap * sizeof(*out->code));

			if (!grown) {
				rc = alg_fail(log, MSG_NOMEM, study->dir);
				break;
			}
			out->code = grown;
		}
		alg_text_copy(out->code[out->n++], sizeof(*out->code), code);
	}
	if (dir)
		closedir(dir);
	if (out->n)
		qsort(out->code, out->n, sizeof(*out->code), by_text);
	return rc;
}

/* A session that cannot be read, or not be shown, is said and counted; the rest stands. */
static void load_one(struct cli *cli, struct rel_room *room, const char *code, const char *path, const struct ana_options *read)
{
	struct ana_visit *v = &room->visit[room->n_visits];
	int rc = ana_visit_load(v, path, read, &cli->log);

	if (rc == 0 && strcmp(v->header.participant, code))
		rc = alg_fail(&cli->log, MSG_ANA_FOLDER, path, v->header.participant, code);
	if (rc == 0 && !v->moved_to[0]) {
		room->n_visits++;
		return;
	}
	room->n_unread += rc != 0;
	ana_visit_free(v);
}

static int load_participant(struct cli *cli, struct rel_room *room, const char *code, const struct ana_options *read)
{
	struct ses_file *file = NULL;
	size_t n = 0;
	int rc = ses_study_files(&room->study, code, &file, &n, &cli->log);

	if (rc == 0 && n) {
		struct ana_visit *grown = realloc(room->visit, (room->n_visits + n) * sizeof(*grown));

		if (!grown)
			rc = alg_fail(&cli->log, MSG_NOMEM, code);
		else
			room->visit = grown;
	}
	for (size_t i = 0; rc == 0 && i < n; i++)
		load_one(cli, room, code, file[i].path, read);
	free(file);
	return rc;
}

static size_t find(const struct rel_room *room, const char *code, const struct ses_session_name *name)
{
	for (size_t i = 0; i < room->n_visits; i++) {
		const struct ses_header *h = &room->visit[i].header;

		if (h->session == name->session && h->run == name->run && strcmp(h->acq, name->acq) == 0 &&
			strcmp(h->participant, code) == 0)
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
	struct codes codes = {NULL, 0};
	int rc;

	*room = (struct rel_room){.visit = NULL};
	rc = ses_study_open(&room->study, cli->study, &cli->log);
	if (rc == 0)
		rc = ses_study_apply_zone(&room->study, &cli->log);
	if (rc == 0)
		rc = list_codes(&room->study, &codes, &cli->log);
	for (size_t i = 0; rc == 0 && i < codes.n; i++)
		rc = load_participant(cli, room, codes.code[i], read);
	free(codes.code);
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
