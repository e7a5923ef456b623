/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_devices.c - every gauge and every port that may be one; writes nothing to any of them. */
#include "cli/cli.h"

#include "base/json.h"
#include "driver/algometer.h"

#include <stdio.h>
#include <stdlib.h>

enum { LIST_MAX = 256 };

static int print_json(const struct alg_candidate *list, int n)
{
	cJSON *root = cJSON_CreateObject(), *array = cJSON_AddArrayToObject(root, "devices");

	for (int i = 0; i < n; i++) {
		cJSON *o = cJSON_CreateObject();

		alg_json_string(o, "address", list[i].address);
		alg_json_string(o, "model", list[i].model);
		alg_json_string(o, "usb_id", list[i].usb_id);
		alg_json_string(o, "serial", list[i].serial);
		alg_json_string(o, "family", list[i].family);
		cJSON_AddBoolToObject(o, "permitted", list[i].permitted);
		alg_json_string(o, "verdict", list[i].verdict);
		cJSON_AddItemToArray(array, o);
	}
	return alg_json_print(root, 1, stdout);
}

static void print_text(const struct alg_candidate *list, int n)
{
	bool refused = n == 0;

	if (n == 0)
		printf("No serial port and no USB scale is connected. 'sim:mark10' is a simulated gauge, "
		       "'replay:FILE' a recording.\n");
	for (int i = 0; i < n; i++) {
		const struct alg_candidate *c = &list[i];

		printf("%s%s%s\n    %s%s%s%s%s\n    %s\n", c->address, *c->family ? "  " : "", c->family, c->model,
			*c->usb_id ? "  " : "", c->usb_id, *c->serial ? "  serial " : "", c->serial, c->verdict);
		refused |= !c->permitted;
	}
	if (refused)
		printf("'algometer doctor' says why, and what to type.\n");
}

int cmd_devices(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option none[] = {{0}};
	struct alg_candidate *list;
	struct cli_args args;
	const char *value;
	int n, rc = 0;

	cli_args_start(&args, argc, argv);
	if (cli_option(cli, &args, none, &value) < 0)
		return CLI_USAGE;
	if (args.n_words)
		return cli_exit(cli, alg_fail(&cli->log, MSG_USAGE, "devices takes no arguments", cli->command));
	list = calloc(LIST_MAX, sizeof(*list));
	if (!list)
		return cli_exit(cli, alg_fail(&cli->log, MSG_NOMEM, "list of devices"));
	n = alg_discover(list, LIST_MAX, &cli->log);
	if (n < 0)
		rc = n;
	else if (cli->json)
		rc = print_json(list, n < LIST_MAX ? n : LIST_MAX);
	else
		print_text(list, n < LIST_MAX ? n : LIST_MAX);
	free(list);
	return cli_exit(cli, rc);
}
