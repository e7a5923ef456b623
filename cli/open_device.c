/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/open_device.h"

#include "base/text.h"
#include "cli/profile.h"
#include "sim/speak.h"
#include "sim/world.h"

#include <math.h>
#include <string.h>

bool cli_device_returns(const char *address)
{
	return strncmp(address, "sim:", 4) != 0 && strncmp(address, "replay:", 7) != 0 &&
		strncmp(address, "tty:/dev/pts/", 13) != 0;
}

/* Which profile: that of the address, of the recording, or what the emulator speaks; "" when none is needed. */
static void profile_name(const struct alg_uri *uri, char *out, size_t cap)
{
	const struct sim_speaker *speaker = uri->kind == ALG_URI_SIM ? sim_speaker_find(uri->target) : NULL;

	alg_text_copy(out, cap, uri->profile);
	if (!*out && speaker && speaker->profile)
		alg_text_copy(out, cap, speaker->profile);
	if (!*out && uri->kind == ALG_URI_REPLAY)
		alg_recording_profile(uri->target, out, cap);
}

static int open_real(const struct alg_uri *uri, struct alg_open_opts *open, struct alg_device **out)
{
	struct alg_text_profile profile;
	char name[sizeof(uri->profile)];
	int rc;

	profile_name(uri, name, sizeof(name));
	if (*name) {
		rc = cli_profile_find(&profile, name, open->log);
		if (rc)
			return rc;
		open->profile = &profile;
	}
	return alg_device_open(uri, open, out);
}

int cli_open_device(struct cli *cli, const char *address, const struct cli_open_opts *opts, struct alg_device **out,
	struct sim_world **world)
{
	static const struct cli_open_opts none = {0};
	struct alg_transport transport;
	struct alg_uri uri;
	int rc;

	opts = opts ? opts : &none;
	struct alg_open_opts open = {.log = &cli->log, .capture_path = opts->capture_path, .same_as = opts->same_as,
		.explain = opts->explain, .explain_ctx = opts->explain_ctx, .listen = opts->listen};

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
		rc = open_real(&uri, &open, out);
	if (rc) {
		sim_world_free(*world);
		*world = NULL;
	}
	return rc;
}

void cli_note_stable(struct cli *cli, const char *address)
{
	char stable[320];

	if (alg_uri_stable(address, stable, sizeof(stable)))
		alg_note(&cli->log, MSG_DEV_STABLE, address, stable);
}

int cli_check_unit(struct alg_log *log, const struct alg_device *dev, const struct alg_reading *reading)
{
	const struct alg_device_info *info = alg_device_info(dev);
	const struct alg_family_info *family = alg_family_find(info->family);

	if (reading->unit == ALG_UNIT_KPA)
		return alg_fail(log, MSG_DEV_CUFF, info->address);
	if (reading->unit != ALG_UNIT_NONE || !isfinite(reading->value))
		return 0;
	return family && family->sends_raw ? alg_fail(log, MSG_NO_FORCE, info->address)
					   : alg_fail(log, MSG_GAUGE_NO_UNIT, info->address);
}

void cli_check_rate(struct alg_log *log, const struct alg_device *dev)
{
	const struct alg_device_info *info = alg_device_info(dev);
	double rate_hz = alg_device_rate_hz(dev);

	if (rate_hz > 0 && rate_hz < 0.7 * info->rate_hz)
		alg_warn(log, MSG_DEV_RATE, info->address, rate_hz, info->rate_hz);
}
