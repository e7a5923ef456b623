/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_init.c - makes a study folder and says what to do next. */
#include "cli/cli.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/open_device.h"
#include "data/study.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_ID = 1, OPT_CENTRE, OPT_PROCEDURE, OPT_DEVICE, OPT_TIP_AREA, OPT_ZONE, OPT_EXAMINER };

static const struct cli_option options[] = {
	{"id", OPT_ID, true}, {"centre", OPT_CENTRE, true}, {"procedure", OPT_PROCEDURE, true},
	{"device", OPT_DEVICE, true}, {"tip-area", OPT_TIP_AREA, true}, {"zone", OPT_ZONE, true},
	{"examiner", OPT_EXAMINER, true}, {NULL, 0, false},
};

/* Copies a typed text into a setting; one line of ordinary text that fits. */
static int take(struct cli *cli, const char *what, const char *value, char *out, size_t cap, bool name)
{
	char why[80];

	if (!*value || !alg_text_is_clean(value, strlen(value)))
		return alg_fail(&cli->log, MSG_STUDY_SETTING, what, value, "one line of text is needed");
	if (name && !alg_text_is_name(value, cap - 1))
		snprintf(why, sizeof(why), "1 to %zu letters, digits, '-' and '_' are needed", cap - 1);
	else if (alg_text_copy(out, cap, value))
		return 0;
	else
		snprintf(why, sizeof(why), "it is longer than %zu bytes", cap - 1);
	return alg_fail(&cli->log, MSG_STUDY_SETTING, what, value, why);
}

static int take_option(struct cli *cli, int option, const char *value, struct ses_study *study)
{
	switch (option) {
	case OPT_ID:
		return take(cli, "--id", value, study->id, sizeof(study->id), true);
	case OPT_CENTRE:
		return take(cli, "--centre", value, study->centre, sizeof(study->centre), false);
	case OPT_PROCEDURE:
		return take(cli, "--procedure", value, study->procedure, sizeof(study->procedure), true);
	case OPT_DEVICE:
		return take(cli, "--device", value, study->device, sizeof(study->device), false);
	case OPT_TIP_AREA:
		return cli_number(cli, "--tip-area", value, 0.05, 10, &study->tip_area_cm2);
	case OPT_ZONE:
		return take(cli, "--zone", value, study->time_zone, sizeof(study->time_zone), false);
	default:
		return take(cli, "--examiner", value, study->examiner, sizeof(study->examiner), true);
	}
}

/* "/data/My clinic/" -> "My-clinic": a study is called like its folder unless it is told otherwise. */
static int id_from_folder(struct cli *cli, const char *dir, char *id, size_t cap)
{
	char whole[PATH_MAX];
	const char *base;
	size_t n = 0;

	if (!realpath(dir, whole)) /* not there yet: the name as typed */
		alg_text_copy(whole, sizeof(whole), dir);
	for (size_t len = strlen(whole); len > 1 && whole[len - 1] == '/'; len--)
		whole[len - 1] = '\0';
	base = strrchr(whole, '/');
	for (base = base ? base + 1 : whole; *base && n + 1 < cap; base++) {
		bool plain = isalnum((unsigned char)*base) || *base == '_';

		if (plain || (n && id[n - 1] != '-'))
			id[n++] = plain ? *base : '-';
	}
	while (n && id[n - 1] == '-')
		n--;
	id[n] = '\0';
	return n ? 0 : alg_fail(&cli->log, MSG_USAGE, "no study can be called like that folder: give --id ID", "init");
}

/* Asks for the procedure and the zone before anything is made. */
static int check(struct cli *cli, const struct ses_study *study)
{
	struct ses_sites sites = {NULL, 0};
	struct ses_procedure proc = {.rounds = 0};
	int rc = ses_study_apply_zone(study, &cli->log);

	if (!rc)
		rc = ses_study_sites(NULL, &sites, &cli->log);
	if (!rc)
		rc = ses_study_procedure(NULL, study->procedure, &sites, &proc, &cli->log);
	ses_procedure_free(&proc);
	ses_sites_free(&sites);
	return rc;
}

/* A word that a shell takes as one: in quotes where it must be. */
static void print_word(const char *word)
{
	if (strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._+-") == strlen(word)) {
		fputs(word, stdout);
		return;
	}
	putchar('\'');
	for (; *word; word++)
		if (*word == '\'')
			fputs("'\\''", stdout);
		else
			putchar(*word);
	putchar('\'');
}

static int print_result(struct cli *cli, const char *dir, const struct ses_study *study)
{
	if (cli->json) {
		cJSON *json = cJSON_CreateObject();

		alg_json_string(json, "study", dir);
		alg_json_string(json, "id", study->id);
		alg_json_string(json, "time_zone", study->time_zone);
		alg_json_string(json, "procedure", study->procedure);
		return alg_json_print(json, 1, stdout);
	}
	printf("Study %s is made; its settings stand in ", study->id);
	print_word(dir);
	printf("/study.yaml.\nNext: name what is measured on a participant, then measure:\n"
	       "  algometer points P012 add UTRAP_R --study ");
	print_word(dir);
	printf("\n  algometer record P012 --study ");
	print_word(dir);
	printf(study->device[0] ? "\n" : " --device ADDRESS\n'algometer devices' lists the gauges that are connected.\n");
	return 0;
}

int cmd_init(struct cli *cli, int argc, char **argv)
{
	struct ses_study study;
	struct cli_args args;
	const char *value;
	int option, rc = 0;

	ses_study_defaults(&study);
	cli_args_start(&args, argc, argv);
	while (!rc && (option = cli_option(cli, &args, options, &value)) != 0)
		rc = option < 0 ? option : take_option(cli, option, value, &study);
	if (rc)
		return CLI_USAGE;
	if (args.n_words != 1 || !*args.words[0])
		return cli_exit(cli, alg_fail(&cli->log, MSG_USAGE, "one folder is needed: algometer init DIR", "init"));
	const char *dir = args.words[0];

	if (!study.id[0])
		rc = id_from_folder(cli, dir, study.id, sizeof(study.id));
	if (!study.time_zone[0])
		alg_time_zone_name(study.time_zone, sizeof(study.time_zone));
	if (!rc)
		rc = check(cli, &study);
	if (!rc)
		rc = ses_study_init(dir, &study, &cli->log);
	if (!rc) {
		cli_note_stable(cli, study.device);
		rc = print_result(cli, dir, &study);
	}
	return cli_exit(cli, rc);
}
