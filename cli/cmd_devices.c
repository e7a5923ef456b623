/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmd_devices.c - every gauge and every port that may be one; the list writes nothing and opens nothing. */
#include "cli/devices.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_LISTEN = 1, OPT_PROBE };

static int print_json(const struct alg_candidate *list, int n)
{
	cJSON *root = cJSON_CreateObject(), *array = cJSON_AddArrayToObject(root, "devices");

	for (int i = 0; i < n; i++) {
		cJSON *o = cJSON_CreateObject();

		alg_json_string(o, "address", list[i].address);
		alg_json_string(o, "stable_address", list[i].stable);
		alg_json_string(o, "model", list[i].model);
		alg_json_string(o, "usb_id", list[i].usb_id);
		alg_json_string(o, "serial", list[i].serial);
		alg_json_string(o, "usb_path", list[i].usb_path);
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

		printf("%s%s%s\n    %s%s%s%s%s%s%s\n", c->address, *c->family ? "  " : "", c->family, c->model,
			*c->usb_id ? "  " : "", c->usb_id, *c->usb_path ? " at " : "", c->usb_path,
			*c->serial ? "  serial " : "", c->serial);
		cli_print_wrapped(4, 4, c->verdict);
		if (*c->stable && strcmp(c->stable, c->address) != 0)
			printf("    tomorrow as well: %s\n", c->stable);
		refused |= !c->permitted && !c->unknown;
	}
	if (refused)
		printf("'algometer doctor' says why, and what to type.\n");
}

static int print_list(struct cli *cli)
{
	struct alg_candidate *list = calloc(DEVICES_MAX, sizeof(*list));
	int n, rc = 0;

	if (!list)
		return alg_fail(&cli->log, MSG_NOMEM, "list of devices");
	n = alg_discover(list, DEVICES_MAX, &cli->log);
	if (n < 0)
		rc = n;
	else if (cli->json)
		rc = print_json(list, n < DEVICES_MAX ? n : DEVICES_MAX);
	else
		print_text(list, n < DEVICES_MAX ? n : DEVICES_MAX);
	free(list);
	return rc;
}

int cmd_devices(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {{"listen", OPT_LISTEN, false}, {"probe", OPT_PROBE, false}, {0}};
	bool listen = false, probe = false;
	struct cli_args args;
	const char *value;
	int option;

	cli_args_start(&args, argc, argv);
	while ((option = cli_option(cli, &args, options, &value)) != 0) {
		if (option < 0)
			return CLI_USAGE;
		listen |= option == OPT_LISTEN;
		probe |= option == OPT_PROBE;
	}
	if (listen || probe)
		return cli_exit(cli, devices_detect(cli, &args, probe));
	if (args.n_words)
		return cli_exit(cli, alg_fail(&cli->log, MSG_USAGE, "a port is named with --listen or --probe only", cli->command));
	return cli_exit(cli, print_list(cli));
}
