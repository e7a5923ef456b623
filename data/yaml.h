/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * yaml.h - strict reading of small YAML files, with file:line:column in every error.
 *
 * Limits: 256 KiB, depth 16, 10000 nodes, no aliases, no tags, one document. Unknown and duplicate
 * keys are errors. Numbers are whole strings with a decimal point ("30,5" and "3x" are errors).
 * The only file that sees <yaml.h> is yaml.c.
 */
#ifndef SES_YAML_H
#define SES_YAML_H

#include "base/log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ses_yaml;
/* A place in the document; node 0 means "absent". */
struct ses_yaml_node { struct ses_yaml *doc; int node; };

/* name is for messages. Says MSG_YAML_* and returns its status. */
int ses_yaml_parse(const char *text, size_t len, const char *name, struct ses_yaml **out, struct alg_log *log);
void ses_yaml_free(struct ses_yaml *doc);
struct ses_yaml_node ses_yaml_root(struct ses_yaml *doc);

/* The first line must be a key "algometer: KIND VERSION"; newer versions are refused by number. */
int ses_yaml_kind(struct ses_yaml *doc, const char *kind, int max_version, int *version);

/* Every key of map must be in the NULL-ended list; says the first that is not, with its place. */
int ses_yaml_known_keys(struct ses_yaml_node map, const char *const *keys);
struct ses_yaml_node ses_yaml_get(struct ses_yaml_node map, const char *key);
bool ses_yaml_is(struct ses_yaml_node node); /* not absent */
size_t ses_yaml_length(struct ses_yaml_node sequence);
struct ses_yaml_node ses_yaml_at(struct ses_yaml_node sequence, size_t i);
/* The i-th pair of a map whose keys are data, in the file's order: its value, and its key (borrowed from doc). Absent past the end. */
struct ses_yaml_node ses_yaml_pair(struct ses_yaml_node map, size_t i, const char **key);

/*
 * Typed values of a key of map. *out keeps its value when the key is absent, unless required, which
 * is an error. Text is copied with a limit; a number is checked against min..max.
 */
int ses_yaml_text(struct ses_yaml_node map, const char *key, bool required, char *out, size_t cap);
int ses_yaml_text_dup(struct ses_yaml_node map, const char *key, bool required, char **out);
int ses_yaml_number(struct ses_yaml_node map, const char *key, bool required, double min, double max, double *out);
int ses_yaml_int(struct ses_yaml_node map, const char *key, bool required, int min, int max, int *out);
int ses_yaml_bool(struct ses_yaml_node map, const char *key, bool required, bool *out);
/* One of words (NULL-ended); *out is its index. */
int ses_yaml_choice(struct ses_yaml_node map, const char *key, bool required, const char *const *words, int *out);
/* The scalar text of a node itself (sequence items); NULL when it is no scalar. Borrowed from doc. */
const char *ses_yaml_scalar(struct ses_yaml_node node);
/* Says an error at the place of node; returns its status. */
int ses_yaml_error(struct ses_yaml_node node, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
