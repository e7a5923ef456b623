/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_families.c - every family of gauges: those with code of their own, those by a shipped profile, and those that
 * are known and cannot be read, with the reason. docs/DEVICES.md is made of its table (docs/make-devices.sh).
 */
#include "cli/cli.h"
#include "cli/profile.h"

#include "base/json.h"
#include "base/text.h"
#include "driver/algometer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* Borrowed texts; "" where there is nothing to say. */
struct row {
	const char *name, *status, *models, *transport, *limits, *source;
	const struct alg_line_settings *line; /* NULL: no serial line */
	double rate_hz;                       /* NAN: not known */
};

enum form { TEXT, TABLE, JSON };

struct list {
	enum form form;
	cJSON *array;
};

static void line_text(const struct row *r, char *out, size_t cap)
{
	*out = '\0';
	if (r->line && r->line->baud)
		snprintf(out, cap, "%d %d%c%d", r->line->baud, r->line->data_bits, r->line->parity, r->line->stop_bits);
}

static void add_json(cJSON *array, const struct row *r)
{
	cJSON *o = cJSON_CreateObject();
	char line[32];

	line_text(r, line, sizeof(line));
	alg_json_string(o, "family", r->name);
	alg_json_string(o, "status", r->status);
	alg_json_string(o, "models", r->models);
	alg_json_string(o, "transport", r->transport);
	alg_json_string(o, "line", line);
	alg_json_number(o, "rate_hz", r->rate_hz);
	alg_json_string(o, "limits", r->limits);
	alg_json_string(o, "source", r->source);
	cJSON_AddItemToArray(array, o);
}

static void print_row(const struct row *r)
{
	char line[32], text[700];

	line_text(r, line, sizeof(line));
	printf("%-15s %-8s %s%s%s", r->name, r->status, r->transport, *line ? " " : "", line);
	if (isfinite(r->rate_hz))
		printf(", %g readings/s", r->rate_hz);
	printf("\n");
	cli_print_wrapped(4, 4, r->models);
	if (*r->limits) {
		snprintf(text, sizeof(text), "limits: %s", r->limits);
		cli_print_wrapped(4, 4, text);
	}
}

static void add(struct list *list, const struct row *r)
{
	char line[32], rate[ALG_NUMBER_TEXT_MAX];

	line_text(r, line, sizeof(line));
	alg_text_number(rate, r->rate_hz);
	if (list->form == JSON)
		add_json(list->array, r);
	else if (list->form == TEXT)
		print_row(r);
	else
		printf("%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", r->name, r->status, r->models, r->transport, line, rate, r->limits, r->source);
}

static void add_families(struct list *list)
{
	for (size_t i = 0; i < alg_family_count(); i++) {
		const struct alg_family_info *f = alg_family_at(i);
		struct row r = {.name = f->name, .status = f->support == ALG_SUPPORT_FULL ? "full" : "partial", .models = f->summary,
			.transport = f->transport, .limits = f->limits ? f->limits : "", .source = f->source, .line = &f->line,
			.rate_hz = f->rate_hz > 0 ? f->rate_hz : NAN};

		add(list, &r);
	}
}

static int add_profiles(struct cli *cli, struct list *list)
{
	static char ids[CLI_PROFILE_IDS_MAX][CLI_PROFILE_ID_CAP];
	size_t n = cli_profile_ids(ids);

	for (size_t i = 0; i < n; i++) {
		struct alg_text_profile p;
		char name[64];
		int rc = cli_profile_find(&p, ids[i], &cli->log);

		if (rc)
			return rc;
		snprintf(name, sizeof(name), "text:%s", p.id);
		struct row r = {.name = name, .status = p.proven ? "profile" : "guess", .models = p.title, .transport = "serial",
			.limits = p.unproven, .source = p.source, .line = &p.line, .rate_hz = p.rate_hz > 0 ? p.rate_hz : NAN};

		add(list, &r);
	}
	return 0;
}

static void add_refused(struct list *list)
{
	const struct alg_unsupported *u;

	for (size_t i = 0; (u = alg_unsupported_at(i)); i++) {
		struct row r = {.name = u->name, .status = "refused", .models = u->models, .transport = "-", .limits = u->why,
			.source = "", .rate_hz = NAN};

		add(list, &r);
	}
}

static int print_all(struct cli *cli, struct list *list)
{
	cJSON *root = list->form == JSON ? cJSON_CreateObject() : NULL;
	int rc;

	if (root)
		list->array = cJSON_AddArrayToObject(root, "families");
	if (list->form == TABLE)
		printf("family\tstatus\tmodels\ttransport\tline\trate_hz\tlimits\tsource\n");
	add_families(list);
	rc = add_profiles(cli, list);
	if (rc) {
		cJSON_Delete(root);
		return rc;
	}
	add_refused(list);
	if (root)
		return alg_json_print(root, 1, stdout);
	if (list->form == TEXT)
		printf("\nfull: what a measurement needs is documented. partial: something is not, or\n"
		       "has to be said in the address. profile: a file describes its lines of text.\n"
		       "guess: such a file, and nobody documented the lines. refused: 'algometer\n"
		       "monitor --bytes' records what such a gauge sends. In an address:\n"
		       "serial:/dev/ttyUSB0?family=mark10, serial:/dev/ttyUSB0?profile=torbal-fa\n");
	return 0;
}

int cmd_families(struct cli *cli, int argc, char **argv)
{
	enum { TABLE_OPTION = 1 };
	static const struct cli_option options[] = {{"table", TABLE_OPTION, false}, {0}};
	struct list list = {.form = cli->json ? JSON : TEXT};
	struct cli_args args;
	const char *value;
	int c;

	cli_args_start(&args, argc, argv);
	while ((c = cli_option(cli, &args, options, &value)) > 0)
		list.form = TABLE;
	if (c < 0)
		return CLI_USAGE;
	if (args.n_words)
		return cli_exit(cli, alg_fail(&cli->log, MSG_USAGE, "families takes options only", cli->command));
	return cli_exit(cli, print_all(cli, &list));
}
