/* SPDX-License-Identifier: GPL-3.0-or-later */
/* devices_detect.c - 'devices --listen' and '--probe': which family speaks on a port, in plain sentences. */
#include "cli/devices.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct run {
	struct cli *cli;
	bool probe;
	cJSON *array; /* with --json */
};

/* The first complaint about a port, for its line in the list. */
static void keep_first(void *ctx, enum alg_level level, int id, const char *text)
{
	char *why = ctx;

	(void)id;
	if (level == ALG_LEVEL_ERROR && !*why)
		alg_text_copy(why, 256, text);
}

static bool tell_step(void *ctx, const char *doing)
{
	const struct run *run = ctx;

	if (!run->cli->json)
		fprintf(stderr, "  %s\n", doing);
	return !cli_stopped();
}

/* "wagner or mark10" */
static void families_of(const struct alg_detected *found, char *out, size_t cap)
{
	*out = '\0';
	for (size_t i = 0; i < found->n_families; i++)
		alg_text_add(out, cap, "%s%s", i ? " or " : "", found->families[i]->name);
}

static void verdict_of(const struct run *run, const struct alg_detected *found, char *out, size_t cap)
{
	char names[200];

	families_of(found, names, sizeof(names));
	if (found->n_families)
		snprintf(out, cap, found->asked ? "answers like %s%s" : "speaks by itself like %s%s", names,
			found->n_families > 1 ? ", which cannot be told apart: the gauge's label says which it is" : "");
	else if (found->spoke)
		snprintf(out, cap, "something speaks here by itself (%llu bytes), but like no gauge at the line settings tried; it was not asked. "
			"See in the gauge's menu what it sends and how fast, and name it: ?family=NAME&baud=RATE",
			(unsigned long long)found->bytes);
	else if (run->probe)
		snprintf(out, cap, "nobody answered: is the gauge on, on its measuring screen, set to this output, and is the cable its own? "
			"If so, name its family in the address: ?family=NAME");
	else
		snprintf(out, cap, "nothing speaks here by itself; most gauges have to be asked: 'algometer devices --probe' does that");
}

/* The address with the family, and with the speed where it is not the family's own. */
static void address_for(const char *address, const struct alg_detected *found, size_t i, char *out, size_t cap)
{
	const struct alg_family_info *family = found->families[i];

	snprintf(out, cap, "%s?family=%s", address, family->name);
	if (found->baud != family->line.baud)
		alg_text_add(out, cap, "&baud=%d", found->baud);
}

static void print_json(const struct run *run, const char *address, const struct alg_detected *found, const char *verdict)
{
	cJSON *o = cJSON_CreateObject(), *families = cJSON_CreateArray(), *use = cJSON_CreateArray();
	char text[400];

	alg_json_string(o, "address", address);
	for (size_t i = 0; i < found->n_families; i++) {
		cJSON_AddItemToArray(families, cJSON_CreateString(found->families[i]->name));
		address_for(address, found, i, text, sizeof(text));
		cJSON_AddItemToArray(use, cJSON_CreateString(text));
	}
	cJSON_AddItemToObject(o, "families", families);
	cJSON_AddItemToObject(o, "use", use);
	cJSON_AddBoolToObject(o, "asked", found->asked && found->n_families);
	cJSON_AddNumberToObject(o, "bytes", (double)found->bytes);
	alg_json_string(o, "verdict", verdict);
	cJSON_AddItemToArray(run->array, o);
}

static void print_text(const char *address, const struct alg_detected *found, const char *verdict)
{
	char text[400];

	printf("%s\n", address);
	cli_print_wrapped(4, 4, verdict);
	for (size_t i = 0; i < found->n_families; i++) {
		address_for(address, found, i, text, sizeof(text));
		printf("    use %s\n", text);
	}
}

/* named: its failure is the command's; else a line in the list. */
static int detect_one(struct run *run, const char *address, bool named)
{
	char why[256] = "", verdict[512], stable[320];
	struct alg_log quiet = {.sink = keep_first, .ctx = why};
	struct alg_detect_opts opts = {
		.log = named ? &run->cli->log : &quiet, .probe = run->probe, .go_on = tell_step, .ctx = run};
	struct alg_detected found;
	struct alg_uri uri;
	int rc = alg_uri_parse(address, &uri, &run->cli->log);

	if (rc)
		return rc;
	if (*uri.family)
		return alg_fail(&run->cli->log, MSG_URI_OPTION, "family", "a port is named without it: it is what is looked for");
	alg_note(&run->cli->log, MSG_DETECT_OPENS, address, run->probe ? "; then it is asked with harmless requests" : "");
	rc = alg_detect(&uri, &opts, &found);
	if (rc < 0 && (named || rc == ALG_ERR_CANCELLED))
		return rc;
	if (rc < 0)
		snprintf(verdict, sizeof(verdict), "not listened to: %s", why);
	else
		verdict_of(run, &found, verdict, sizeof(verdict));
	address = alg_uri_stable(address, stable, sizeof(stable)) ? stable : address;
	if (run->array)
		print_json(run, address, &found, verdict);
	else
		print_text(address, &found, verdict);
	return 0;
}

/* All ports that may be opened and whose identity does not tell their gauge. */
static int detect_free(struct run *run)
{
	struct alg_candidate *list = calloc(DEVICES_MAX, sizeof(*list));
	int n = list ? alg_discover(list, DEVICES_MAX, &run->cli->log) : alg_fail(&run->cli->log, MSG_NOMEM, "list of devices");
	int rc = n < 0 ? n : 0, tried = 0;

	for (int i = 0; i < n && i < DEVICES_MAX && rc == 0; i++) {
		if (strncmp(list[i].address, "serial:", 7) != 0 || !list[i].permitted || *list[i].family)
			continue;
		tried++;
		rc = detect_one(run, list[i].address, false);
	}
	if (rc == 0 && !tried)
		rc = alg_fail(&run->cli->log, MSG_DETECT_NO_PORT);
	free(list);
	return rc;
}

int devices_detect(struct cli *cli, const struct cli_args *args, bool probe)
{
	struct run run = {.cli = cli, .probe = probe};
	cJSON *root = cli->json ? cJSON_CreateObject() : NULL;
	int rc = 0;

	if (root)
		run.array = cJSON_AddArrayToObject(root, "ports");
	cli_watch_signals();
	for (int i = 0; i < args->n_words && rc == 0; i++)
		rc = detect_one(&run, args->words[i], true);
	if (args->n_words == 0)
		rc = detect_free(&run);
	if (root && rc == 0)
		return alg_json_print(root, 1, stdout);
	cJSON_Delete(root);
	return rc;
}
