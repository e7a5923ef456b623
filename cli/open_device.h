/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * open_device.h - a gauge by its address, as the person types it: real, recorded or simulated. The
 * driver knows no simulator; here its transport is put in.
 */
#ifndef CLI_OPEN_DEVICE_H
#define CLI_OPEN_DEVICE_H

#include "cli/cli.h"
#include "driver/algometer.h"

struct sim_world;

struct cli_open_opts {
	const char *capture_path; /* record all bytes there; or NULL */
	const struct alg_device_info *same_as; /* of an earlier opening: another device is refused; or NULL */
	alg_explain *explain;     /* told what became of the bytes; or NULL */
	void *explain_ctx;
	bool listen;              /* only listen, as alg_open_opts says */
};

/*
 * 0 with *out to be closed (alg_device_close), and for "sim:" *world to be freed after that
 * (sim_world_free), else NULL. On failure both are NULL and what was wrong has been said.
 */
int cli_open_device(struct cli *cli, const char *address, const struct cli_open_opts *opts, struct alg_device **out,
	struct sim_world **world);
/* Notes the address that means the same gauge tomorrow, when address is not such a one. */
void cli_note_stable(struct cli *cli, const char *address);

/*
 * Whether what was lost can be opened again under its address. A recording and a simulation are over, and the
 * number of a pseudo-terminal is given to anybody once it is free: no way to know it again.
 */
bool cli_device_returns(const char *address);

/* Numbers that are no forces can neither be recorded nor checked: says which unit or calibration is missing. */
int cli_check_unit(struct alg_log *log, const struct alg_device *dev, const struct alg_reading *reading);

/* Warns when the readings come more than 30 % slower than the family's do. */
void cli_check_rate(struct alg_log *log, const struct alg_device *dev);

#endif
