/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_treatment.c - `treatment`: what was done, kept apart from what was measured; list and add. */
#include "cli/cli.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "data/treatment.h"

#include <stdio.h>
#include <string.h>

enum { OPT_MODALITY = 1, OPT_TARGET, OPT_DOSE, OPT_DAY, OPT_TIME, OPT_NOTE, OPT_MODALITIES };

struct room {
	struct ses_study study;
	struct ses_sites sites;
	char path[PATH_MAX];
};

static int copy(struct cli *cli, const char *option, const char *value, char *out, size_t cap)
{
	char what[60];

	if (alg_text_copy(out, cap, value))
		return 0;
	snprintf(what, sizeof(what), "at most %zu characters", cap - 1);
	return alg_fail(&cli->log, MSG_OPTION_VALUE, option, value, what);
}

static int take_option(struct cli *cli, int option, const char *value, struct ses_treatment *t)
{
	switch (option) {
	case OPT_MODALITY: return copy(cli, "--modality", value, t->modality, sizeof(t->modality));
	case OPT_TARGET: return copy(cli, "--target", value, t->target_site, sizeof(t->target_site));
	case OPT_DOSE: return copy(cli, "--dose", value, t->dose, sizeof(t->dose));
	case OPT_DAY: return copy(cli, "--day", value, t->date, sizeof(t->date));
	case OPT_TIME: return copy(cli, "--time", value, t->time, sizeof(t->time));
	default: return copy(cli, "--note", value, t->note, sizeof(t->note));
	}
}

static int list(struct cli *cli, const struct room *room, const char *code)
{
	struct ses_treatments all;
	cJSON *json = NULL, *array = NULL;
	int rc = ses_treatments_load(&all, room->path, &room->sites, &cli->log);

	if (rc)
		return rc;
	if (cli->json) {
		json = cJSON_CreateObject();
		alg_json_string(json, "algometer", "treatment");
		alg_json_number(json, "version", 1);
		alg_json_string(json, "participant", code);
		array = cJSON_AddArrayToObject(json, "treatments");
	}
	for (size_t i = 0; i < all.n; i++) {
		const struct ses_treatment *t = &all.treatment[i];
		cJSON *row = json ? cJSON_CreateObject() : NULL;
		char label[48];

		ses_modality_label(label, sizeof(label), t->modality);
		if (!json) {
			char line[sizeof(*t) + 80];

			snprintf(line, sizeof(line), "%s %-5s %s%s%s%s%s%s%s", t->date, t->time, label, t->target_site[0] ? " at " : "", t->target_site,
				t->dose[0] ? ": " : "", t->dose, t->note[0] ? " - " : "", t->note);
			cli_print_wrapped(0, 2, line);
			continue;
		}
		alg_json_string(row, "date", t->date);
		alg_json_string(row, "time", t->time[0] ? t->time : NULL);
		alg_json_string(row, "modality", t->modality);
		alg_json_string(row, "target_site", t->target_site[0] ? t->target_site : NULL);
		alg_json_string(row, "dose", t->dose[0] ? t->dose : NULL);
		alg_json_string(row, "note", t->note[0] ? t->note : NULL);
		cJSON_AddItemToArray(array, row);
	}
	if (json)
		rc = alg_json_print(json, 1, stdout);
	else if (all.n == 0)
		printf("no treatment of %s is on record; add one:\n  algometer treatment %s add --modality dry-needling\n", code, code);
	ses_treatments_free(&all);
	return rc;
}

static int add(struct cli *cli, const struct room *room, const char *code, struct ses_treatment *t)
{
	char today[ALG_TIME_TEXT_MAX];
	int rc;

	if (!t->date[0]) {
		alg_time_date(today, sizeof(today), alg_clock_wall_ns(alg_clock_system()));
		alg_text_copy(t->date, sizeof(t->date), today);
	}
	rc = ses_treatment_append(room->path, t, &room->sites, &cli->log);
	if (!rc)
		printf("added for %s: %s %s%s%s%s%s\n'algometer course' shows it on its time axis.\n", code, t->date, t->modality,
			t->target_site[0] ? " at " : "", t->target_site, t->dose[0] ? ", " : "", t->dose);
	return rc;
}

static int modalities(void)
{
	for (const char *const *word = ses_modality_words(); *word; word++)
		printf("%s\n", *word);
	return 0;
}

static int open_room(struct cli *cli, const char *code, struct room *room)
{
	int rc = ses_study_open(&room->study, cli->study, &cli->log);

	if (!rc)
		rc = ses_study_apply_zone(&room->study, &cli->log);
	if (!rc)
		rc = ses_study_check_code(&room->study, code, &cli->log);
	if (!rc)
		rc = ses_treatments_path(&room->study, code, room->path, sizeof(room->path), &cli->log);
	return rc ? rc : ses_study_sites(&room->study, &room->sites, &cli->log);
}

int cmd_treatment(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"modality", OPT_MODALITY, true}, {"target", OPT_TARGET, true}, {"dose", OPT_DOSE, true}, {"day", OPT_DAY, true},
		{"time", OPT_TIME, true}, {"note", OPT_NOTE, true}, {"modalities", OPT_MODALITIES, false}, {NULL, 0, false}};
	struct cli_args args;
	struct ses_treatment t = {.date = ""};
	struct room room = {.path = ""};
	const char *value;
	unsigned given = 0;
	int c, rc = 0;

	cli_args_start(&args, argc, argv);
	while (rc == 0 && (c = cli_option(cli, &args, options, &value)) != 0) {
		if (c == OPT_MODALITIES)
			return cli_exit(cli, modalities());
		rc = c < 0 ? ALG_ERR_ARG : take_option(cli, c, value, &t);
		given |= c > 0 ? 1u << c : 0;
	}
	if (rc)
		return cli_exit(cli, rc);
	bool adding = args.n_words == 2 && strcmp(args.words[1], "add") == 0;

	if (!adding && (args.n_words != 1 || given))
		return cli_exit(cli, alg_fail(&cli->log, MSG_USAGE, "say whose: treatment CODE, or treatment CODE add --modality M", "treatment"));
	if (adding && !t.modality[0])
		return cli_exit(cli, alg_fail(&cli->log, MSG_USAGE, "add: --modality is needed (treatment --modalities lists them)", "treatment"));
	rc = open_room(cli, args.words[0], &room);
	if (!rc)
		rc = adding ? add(cli, &room, args.words[0], &t) : list(cli, &room, args.words[0]);
	ses_sites_free(&room.sites);
	return cli_exit(cli, rc);
}
