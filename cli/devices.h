/* SPDX-License-Identifier: GPL-3.0-or-later */
/* devices.h - shared by cmd_devices.c (the list) and devices_detect.c (what speaks on a port). */
#ifndef CLI_DEVICES_H
#define CLI_DEVICES_H

#include "cli/cli.h"

#include "base/json.h"
#include "driver/algometer.h"

enum { DEVICES_MAX = 256 };

/* The ports that args names, or all free ones; probe: ask where nothing speaks. 0, or a status that has been said. */
int devices_detect(struct cli *cli, const struct cli_args *args, bool probe);

#endif
