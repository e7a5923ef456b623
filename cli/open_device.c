/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/open_device.h"

#include "sim/world.h"

#include <math.h>

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

int cli_check_unit(struct alg_log *log, const struct alg_device *dev, const struct alg_reading *reading)
{
	const struct alg_device_info *info = alg_device_info(dev);
	const struct alg_family_info *family = alg_family_find(info->family);

	if (reading->unit == ALG_UNIT_KPA)
		return alg_fail(log, MSG_DEV_CUFF, info->address);
	if (reading->unit != ALG_UNIT_NONE || !isfinite(reading->value))
		return 0;
	return family && family->sends_raw ? alg_fail(log, MSG_DEV_RAW, info->address)
					   : alg_fail(log, MSG_GAUGE_NO_UNIT, info->address);
}

void cli_check_rate(struct alg_log *log, const struct alg_device *dev)
{
	const struct alg_device_info *info = alg_device_info(dev);
	double rate_hz = alg_device_rate_hz(dev);

	if (rate_hz > 0 && rate_hz < 0.7 * info->rate_hz)
		alg_warn(log, MSG_DEV_RATE, info->address, rate_hz, info->rate_hz);
}
