/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record_gauge.c - the gauge of a session: opened, tried, and what is known of it for the header. */
#include "cli/record.h"

#include "base/text.h"
#include "cli/open_device.h"
#include "data/check.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TRY_READINGS = 40, TRY_SILENT = 10 };
#define TRY_NS (400 * ALG_NS_PER_MS)

/* A maker that does not say which sign pressing has: take the size, unless the address decides. True: it is to be so. */
static bool settle_polarity(struct record *r, const struct alg_uri *uri, const char *name)
{
	const struct alg_family_info *family = *name ? alg_family_find(name) : NULL;
	size_t len = strlen(r->address);

	if (uri->polarity_given || !family || family->sign_documented)
		return false;
	snprintf(r->address + len, sizeof(r->address) - len, "%cpolarity=abs", strchr(r->address, '?') ? '&' : '?');
	if (!r->args->quiet)
		alg_note(r->log, MSG_POLARITY_ABS);
	return true;
}

/* Opens it as the address says. Where only the opened gauge tells its family, that may have to be done twice. */
static int open_settled(struct record *r, struct alg_device **device)
{
	struct alg_uri uri;
	int rc = alg_uri_parse(r->address, &uri, r->log);

	if (rc < 0)
		return rc;
	settle_polarity(r, &uri, uri.family);
	rc = cli_open_device(r->cli, r->address, NULL, device, &r->world);
	if (rc < 0 || *uri.family || uri.kind == ALG_URI_REPLAY ||
		!settle_polarity(r, &uri, alg_device_info(*device)->family))
		return rc;
	alg_device_close(*device);
	*device = NULL;
	return cli_open_device(r->cli, r->address, NULL, device, &r->world);
}

static int64_t own_now(void *ctx)
{
	const struct record *r = ctx;

	return r->world ? alg_clock_now_ns(sim_world_clock(r->world)) : alg_clock_now_ns(alg_clock_system());
}

/* Wall time of a simulated place is the place's own. */
static int64_t own_wall(void *ctx)
{
	const struct record *r = ctx;

	return r->world ? alg_clock_wall_ns(sim_world_clock(r->world)) : alg_clock_wall_ns(alg_clock_system());
}

static int reopen_device(void *ctx, struct alg_device **out)
{
	struct record *r = ctx;
	const struct cli_open_opts opts = {.same_as = &r->first};
	struct sim_world *none = NULL;

	*out = NULL;
	return cli_open_device(&r->silent, r->address, &opts, out, &none);
}

/* In the reader's thread. */
static void sound_alarm(void *ctx, unsigned alarms)
{
	const struct record *r = ctx;

	if (alarms & ~(unsigned)ACQ_ALARM_GAP)
		record_ring(r);
}

/*
 * Numbers without a unit are no forces: nothing could be measured, and the ceiling not watched. The rate is
 * what came in the first readings, not what the maker promises.
 */
static int try_gauge(struct record *r, struct alg_device *device)
{
	struct alg_reading reading;
	int64_t first_ns = 0, last_ns = 0;
	int n = 0, silent = 0;

	while (n < TRY_READINGS && silent < TRY_SILENT && last_ns - first_ns < TRY_NS) {
		int rc = alg_device_read(device, &reading, 200);

		if (rc < 0)
			return rc;
		silent += rc == 0;
		if (rc == 0)
			continue;
		if ((rc = cli_check_unit(r->log, device, &reading)) < 0)
			return rc;
		first_ns = n++ ? first_ns : reading.t_ns;
		last_ns = reading.t_ns;
	}
	r->rate_hz = alg_device_rate_hz(device);
	if (!r->args->quiet && strncmp(r->address, "replay:", 7) != 0)
		cli_check_rate(r->log, device);
	return 0; /* silent at rest: the guard will tell */
}

int record_open_gauge(struct record *r)
{
	struct alg_device *device = NULL;
	int rc;

	if (!r->args->quiet)
		cli_note_stable(r->cli, r->address);
	if (r->args->sound && (rc = ui_sound_open(&r->sound, NULL, r->log)) < 0)
		return rc;
	if ((rc = open_settled(r, &device)) < 0)
		return rc;
	if ((rc = try_gauge(r, device)) < 0) {
		alg_device_close(device);
		return rc;
	}
	r->first = *alg_device_info(device);
	r->stepped = r->world || strncmp(r->address, "replay:", 7) == 0;
	r->clock = (struct alg_clock){.now_ns = own_now, .wall_ns = own_wall, .ctx = r};
	if (r->world && r->args->wall_ns)
		sim_world_set_wall(r->world, r->args->wall_ns);
	r->bell_fd = r->interactive ? open("/dev/tty", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC) : -1;
	struct acq_reader_opts opts = {
		.device = device, .alarm = sound_alarm, .ctx = r, .ring_capacity = 8192};

	if (cli_device_returns(r->address))
		opts.reopen = reopen_device;
	r->silent.command = r->cli->command;

	return acq_reader_new(&r->reader, &opts);
}

void record_header_gauge(struct ses_header *h, const struct record *r)
{
	static const char *const sign[] = {"+", "-", "abs"};
	const struct alg_device_info *info = acq_reader_info(r->reader);

	alg_text_copy(h->device_family, sizeof(h->device_family), info->family);
	alg_text_copy(h->device_model, sizeof(h->device_model), info->model);
	alg_text_copy(h->device_serial, sizeof(h->device_serial), info->serial);
	alg_text_copy(h->device_firmware, sizeof(h->device_firmware), info->firmware);
	if (*info->serial || !alg_uri_stable(info->address, h->device_address, sizeof(h->device_address)))
		alg_text_copy(h->device_address, sizeof(h->device_address), info->address);
	alg_text_copy(h->device_polarity, sizeof(h->device_polarity), sign[info->polarity]);
	h->device_resolution_n = info->resolution_n;
	h->device_capacity_n = info->capacity_n;
	h->device_rate_hz = r->rate_hz > 0 ? r->rate_hz : info->rate_hz;
	h->simulated = info->simulated || r->study.simulated;
	if (h->simulated)
		snprintf(h->simulation, sizeof(h->simulation), "%.250s", r->address);
}

/* The last check of this gauge goes with the session, so that its readings can be judged later on. */
int record_header_check(struct ses_header *h, struct record *r)
{
	const struct alg_device_info *info = acq_reader_info(r->reader);
	struct ses_check *check = malloc(sizeof(*check));
	bool found = false;
	int rc = check ? ses_check_last_of(&r->study, info->family, info->serial, info->simulated, check, &found, r->log)
		       : alg_fail(r->log, MSG_NOMEM, "the last check");

	if (rc >= 0 && found) {
		int32_t days = ses_check_age_days(check, h->visit_day);

		alg_text_copy(h->calibration, sizeof(h->calibration), check->id);
		h->check_text = ses_check_text(check);
		if (isnan(h->device_capacity_n)) /* most gauges do not tell theirs: as it was typed at the check */
			h->device_capacity_n = check->capacity_n;
		r->accuracy = ses_accuracy_of(h->check_text);
		if (!ses_check_passed(check))
			alg_warn(r->log, MSG_GAUGE_CHECK_FAILED, check->id);
		else if (days < 0)
			alg_warn(r->log, MSG_GAUGE_CHECK_AHEAD, check->id);
		else if (days > r->study.check_days)
			alg_warn(r->log, MSG_GAUGE_CHECK_OLD, (int)days, check->id);
	} else if (rc >= 0 && !info->simulated) {
		alg_note(r->log, MSG_GAUGE_UNCHECKED);
	}
	free(check);
	return rc;
}
