/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/open_device.h"

#include "sim/world.h"

#include <string.h>

bool cli_device_returns(const char *address)
{
	return strncmp(address, "sim:", 4) != 0 && strncmp(address, "replay:", 7) != 0 &&
		strncmp(address, "tty:/dev/pts/", 13) != 0;
}

int cli_open_device(struct cli *cli, const char *address, const struct cli_open_opts *opts, struct alg_device **out,
	struct sim_world **world)
{
	struct alg_open_opts open = {.log = &cli->log, .capture_path = opts ? opts->capture_path : NULL};
	struct alg_transport transport;
	struct alg_uri uri;
	int rc;

	*out = NULL;
	*world = NULL;
	rc = alg_uri_parse(address, &uri, &cli->log);
	if (rc == 0 && uri.kind == ALG_URI_SIM) {
		rc = sim_world_new(world, uri.target, uri.rest, &cli->log);
		if (rc == 0) {
			sim_world_transport(*world, &transport);
			open.transport = &transport;
		}
	}
	if (rc == 0)
		rc = alg_device_open(&uri, &open, out);
	if (rc) {
		sim_world_free(*world);
		*world = NULL;
	}
	return rc;
}
