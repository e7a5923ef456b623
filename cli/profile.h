/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * profile.h - profiles of gauges that send text (docs/PROFILES.md), from YAML into what the driver takes.
 * The driver knows no files of its own; strict reading and its exact places of errors are data/yaml.h's.
 */
#ifndef CLI_PROFILE_H
#define CLI_PROFILE_H

#include "base/log.h"
#include "driver/algometer.h"

enum { CLI_PROFILE_IDS_MAX = 64, CLI_PROFILE_ID_CAP = 32 };

/* name is for messages; its last part has to be ID.yaml where it ends with .yaml. Says what is wrong, with line and column. */
int cli_profile_parse(struct alg_text_profile *out, const char *text, size_t len, const char *name, struct alg_log *log);
/* "torbal-fa", a shipped one, or a file: a name with '/' or ending with ".yaml". */
int cli_profile_find(struct alg_text_profile *out, const char *name, struct alg_log *log);
/* The shipped ones, sorted; returns how many. */
size_t cli_profile_ids(char (*ids)[CLI_PROFILE_ID_CAP]);

#endif
