/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json.h - the little on top of cJSON that every --json output needs: strings that are valid
 * UTF-8, numbers that are null when not finite, and one way of printing.
 */
#ifndef ALG_BASE_JSON_H
#define ALG_BASE_JSON_H

#include <cjson/cJSON.h>
#include <stdio.h>

/* Adds key: number, or null when it is NAN or infinite. */
void alg_json_number(cJSON *object, const char *key, double value);
/* Adds key: string; bytes that are not UTF-8 become visible escapes. NULL gives null. */
void alg_json_string(cJSON *object, const char *key, const char *text);
/* The same for arrays. */
void alg_json_add_number(cJSON *array, double value);
/* Writes a string with its quotes, straight to out; text must be UTF-8. For rows that are too many to keep. */
void alg_json_write_string(FILE *out, const char *text);
/*
 * Prints on out, on one line (pretty == 0) or indented, with a newline at the end; frees json.
 * Returns 0, ALG_ERR_NOMEM or ALG_ERR_IO.
 */
int alg_json_print(cJSON *json, int pretty, FILE *out);

#endif
