/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * yaml.c - two passes of libyaml over one text. The first walks the events and refuses what these
 * files never need (aliases, tags, directives, a second document, depth, size), so that the second,
 * which builds the document, only ever sees a small plain tree. Marks count characters from 0;
 * people and editors count from 1.
 */
#include "data/yaml.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

enum { BYTES_MAX = 256 * 1024, DEPTH_MAX = 16, NODES_MAX = 10000 };

struct ses_yaml {
	yaml_document_t document;
	bool loaded;
	char name[256];
	struct alg_log *log;
};

struct scan {
	struct ses_yaml *doc;
	int depth, nodes, documents;
};

static size_t line_of(yaml_mark_t mark)
{
	return mark.line + 1;
}

static size_t column_of(yaml_mark_t mark)
{
	return mark.column + 1;
}

static yaml_node_t *node_at(struct ses_yaml_node node)
{
	return node.doc && node.node > 0 ? yaml_document_get_node(&node.doc->document, node.node) : NULL;
}

int ses_yaml_error(struct ses_yaml_node node, const char *fmt, ...)
{
	yaml_node_t *at = node_at(node);
	yaml_mark_t mark = {0};
	char what[600];
	va_list args;

	if (at)
		mark = at->start_mark;
	va_start(args, fmt);
	vsnprintf(what, sizeof(what), fmt, args);
	va_end(args);
	return alg_fail(node.doc->log, MSG_YAML_VALUE, node.doc->name, line_of(mark), column_of(mark), what);
}

/* ---- first pass --------------------------------------------------------------------------------- */

static int limit(const struct ses_yaml *doc, yaml_mark_t mark, const char *fmt, int number)
{
	char what[120];

	snprintf(what, sizeof(what), fmt, number);
	return alg_fail(doc->log, MSG_YAML_LIMIT, doc->name, line_of(mark), column_of(mark), what);
}

/* Whether the line that holds the fault is indented with a tab, which YAML forbids and few know. */
static bool tab_indent(const char *text, size_t len, size_t line)
{
	const char *p = text, *end = text + len;

	for (; line && p < end; line--) {
		const char *next = memchr(p, '\n', (size_t)(end - p));

		p = next ? next + 1 : end;
	}
	while (p < end && *p == ' ')
		p++;
	return p < end && *p == '\t';
}

/* Line and column of a byte of the text, both counted from 0, the column in characters. */
static yaml_mark_t mark_of(const char *text, size_t at)
{
	yaml_mark_t mark = {0};

	for (size_t i = 0; i < at; i++) {
		if (text[i] == '\n') {
			mark.line++;
			mark.column = 0;
		} else if (((unsigned char)text[i] & 0xC0) != 0x80) {
			mark.column++;
		}
	}
	return mark;
}

static int syntax_error(const struct ses_yaml *doc, const yaml_parser_t *parser, const char *text, size_t len)
{
	const char *problem = parser->problem ? parser->problem : "unreadable";
	yaml_mark_t mark = parser->problem_mark;
	char what[400];

	if (parser->error == YAML_MEMORY_ERROR)
		return alg_fail(doc->log, MSG_NOMEM, doc->name);
	if (parser->error == YAML_READER_ERROR)
		mark = mark_of(text, parser->problem_offset); /* the reader keeps no mark of its own */
	if (tab_indent(text, len, mark.line))
		snprintf(what, sizeof(what), "%s (the line begins with a tab: indent with blanks)", problem);
	else if (parser->context)
		snprintf(what, sizeof(what), "%s %s that began in line %zu", problem, parser->context,
			line_of(parser->context_mark));
	else
		snprintf(what, sizeof(what), "%s", problem);
	return alg_fail(doc->log, MSG_YAML_SYNTAX, doc->name, line_of(mark), column_of(mark), what);
}

/* Text as people write it: UTF-8 with line ends and tabs, no other control character. */
static bool plain_text(const char *text, size_t len)
{
	while (len) {
		size_t n = 0;

		while (n < len && text[n] != '\n' && text[n] != '\t')
			n++;
		if (!alg_text_is_clean(text, n))
			return false;
		n += n < len;
		text += n;
		len -= n;
	}
	return true;
}

static int check_node(struct scan *scan, const yaml_event_t *event, const yaml_char_t *anchor, const yaml_char_t *tag)
{
	if (anchor)
		return limit(scan->doc, event->start_mark, "an anchor (&)", 0);
	if (tag)
		return limit(scan->doc, event->start_mark, "a tag (!)", 0);
	if (++scan->nodes > NODES_MAX)
		return limit(scan->doc, event->start_mark, "more than %d values", NODES_MAX);
	return 0;
}

static int enter(struct scan *scan, const yaml_event_t *event)
{
	if (++scan->depth > DEPTH_MAX)
		return limit(scan->doc, event->start_mark, "nested deeper than %d levels", DEPTH_MAX);
	return 0;
}

static int check_event(struct scan *scan, const yaml_event_t *event)
{
	int rc = 0;

	switch (event->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (event->data.document_start.version_directive ||
			event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
			return limit(scan->doc, event->start_mark, "a directive (%%)", 0);
		if (++scan->documents > 1)
			return limit(scan->doc, event->start_mark, "a second document (---)", 0);
		return 0;
	case YAML_ALIAS_EVENT:
		return limit(scan->doc, event->start_mark, "an alias (*)", 0);
	case YAML_SCALAR_EVENT:
		rc = check_node(scan, event, event->data.scalar.anchor, event->data.scalar.tag);
		if (!rc && !plain_text((const char *)event->data.scalar.value, event->data.scalar.length))
			rc = limit(scan->doc, event->start_mark, "a control character in a text", 0);
		return rc;
	case YAML_SEQUENCE_START_EVENT:
		rc = check_node(scan, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
		return rc ? rc : enter(scan, event);
	case YAML_MAPPING_START_EVENT:
		rc = check_node(scan, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
		return rc ? rc : enter(scan, event);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		scan->depth--;
		return 0;
	default:
		return 0;
	}
}

static int first_pass(struct ses_yaml *doc, const char *text, size_t len)
{
	struct scan scan = {.doc = doc};
	yaml_parser_t parser;
	bool done = false;
	int rc = 0;

	if (!yaml_parser_initialize(&parser))
		return alg_fail(doc->log, MSG_NOMEM, doc->name);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
	while (!rc && !done) {
		yaml_event_t event;

		if (!yaml_parser_parse(&parser, &event)) {
			rc = syntax_error(doc, &parser, text, len);
			break;
		}
		done = event.type == YAML_STREAM_END_EVENT;
		rc = check_event(&scan, &event);
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	if (!rc && scan.documents == 0)
		rc = limit(doc, (yaml_mark_t){0}, "an empty file", 0);
	return rc;
}

/* ---- second pass -------------------------------------------------------------------------------- */

static int second_pass(struct ses_yaml *doc, const char *text, size_t len)
{
	yaml_parser_t parser;
	int rc = 0;

	if (!yaml_parser_initialize(&parser))
		return alg_fail(doc->log, MSG_NOMEM, doc->name);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, len);
	if (yaml_parser_load(&parser, &doc->document))
		doc->loaded = true;
	else
		rc = syntax_error(doc, &parser, text, len);
	yaml_parser_delete(&parser);
	return rc;
}

static const char *scalar_text(const yaml_node_t *node)
{
	return node && node->type == YAML_SCALAR_NODE ? (const char *)node->data.scalar.value : NULL;
}

/* Keys are texts, and each is there once. */
static int check_map(struct ses_yaml *doc, int index)
{
	yaml_node_t *map = yaml_document_get_node(&doc->document, index);
	yaml_node_pair_t *start = map->data.mapping.pairs.start, *top = map->data.mapping.pairs.top;

	for (yaml_node_pair_t *pair = start; pair < top; pair++) {
		struct ses_yaml_node place = {doc, pair->key};
		const char *key = scalar_text(node_at(place));

		if (!key)
			return ses_yaml_error(place, "a key must be one word");
		for (yaml_node_pair_t *other = start; other < pair; other++) {
			yaml_node_t *first = yaml_document_get_node(&doc->document, other->key);

			if (strcmp(scalar_text(first), key) == 0)
				return ses_yaml_error(place, "key '%.60s' is there twice (first in line %zu)", key,
					line_of(first->start_mark));
		}
	}
	return 0;
}

static int check_maps(struct ses_yaml *doc)
{
	int rc = 0;

	for (int i = 1; !rc; i++) {
		yaml_node_t *node = yaml_document_get_node(&doc->document, i);

		if (!node)
			break;
		if (node->type == YAML_MAPPING_NODE)
			rc = check_map(doc, i);
	}
	return rc;
}

/* libyaml would take UTF-16 as well; here everything is UTF-8 text, and a bad byte has its place told. */
static int check_bytes(const struct ses_yaml *doc, const char *text, size_t len)
{
	if (len > BYTES_MAX)
		return limit(doc, (yaml_mark_t){0}, "more than %d bytes", BYTES_MAX);
	for (size_t at = 0, n; at < len; at += n) {
		for (n = 1; n < 4 && at + n < len && !alg_text_is_utf8(text + at, n); n++)
			;
		if (strchr("\t\r\n", text[at]) && text[at])
			continue;
		if (!alg_text_is_utf8(text + at, n))
			return limit(doc, mark_of(text, at), "a byte that is not UTF-8 text", 0);
		if (!alg_text_is_clean(text + at, n))
			return limit(doc, mark_of(text, at), "a control character", 0);
	}
	return 0;
}

int ses_yaml_parse(const char *text, size_t len, const char *name, struct ses_yaml **out, struct alg_log *log)
{
	struct ses_yaml *doc = calloc(1, sizeof(*doc));
	int rc;

	*out = NULL;
	if (!doc)
		return alg_fail(log, MSG_NOMEM, name);
	doc->log = log;
	alg_text_copy(doc->name, sizeof(doc->name), name);
	rc = check_bytes(doc, text, len);
	if (!rc)
		rc = first_pass(doc, text, len);
	if (!rc)
		rc = second_pass(doc, text, len);
	if (!rc)
		rc = check_maps(doc);
	if (rc)
		ses_yaml_free(doc);
	else
		*out = doc;
	return rc;
}

void ses_yaml_free(struct ses_yaml *doc)
{
	if (doc && doc->loaded)
		yaml_document_delete(&doc->document);
	free(doc);
}

/* ---- walking ------------------------------------------------------------------------------------ */

struct ses_yaml_node ses_yaml_root(struct ses_yaml *doc)
{
	return (struct ses_yaml_node){doc, 1};
}

bool ses_yaml_is(struct ses_yaml_node node)
{
	return node_at(node) != NULL;
}

struct ses_yaml_node ses_yaml_get(struct ses_yaml_node map, const char *key)
{
	yaml_node_t *node = node_at(map);
	struct ses_yaml_node found = {map.doc, 0};

	if (!node || node->type != YAML_MAPPING_NODE)
		return found;
	for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++)
		if (strcmp(scalar_text(yaml_document_get_node(&map.doc->document, pair->key)), key) == 0)
			found.node = pair->value;
	return found;
}

size_t ses_yaml_length(struct ses_yaml_node sequence)
{
	yaml_node_t *node = node_at(sequence);

	if (!node || node->type != YAML_SEQUENCE_NODE)
		return 0;
	return (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
}

struct ses_yaml_node ses_yaml_at(struct ses_yaml_node sequence, size_t i)
{
	struct ses_yaml_node item = {sequence.doc, 0};

	if (i < ses_yaml_length(sequence))
		item.node = node_at(sequence)->data.sequence.items.start[i];
	return item;
}

struct ses_yaml_node ses_yaml_pair(struct ses_yaml_node map, size_t i, const char **key)
{
	yaml_node_t *node = node_at(map);
	struct ses_yaml_node found = {map.doc, 0};

	*key = "";
	if (!node || node->type != YAML_MAPPING_NODE ||
		i >= (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start))
		return found;
	found.node = node->data.mapping.pairs.start[i].value;
	*key = scalar_text(yaml_document_get_node(&map.doc->document, node->data.mapping.pairs.start[i].key));
	return found;
}

const char *ses_yaml_scalar(struct ses_yaml_node node)
{
	return scalar_text(node_at(node));
}

/* "one two three" of a NULL-ended list, cut with "..." when it is long. */
static void join(char *out, size_t cap, const char *const *words)
{
	size_t used = 0;

	out[0] = '\0';
	for (; *words; words++) {
		size_t len = strlen(*words);

		if (used + len + 6 >= cap) {
			strcpy(out + used, " ...");
			return;
		}
		used += (size_t)snprintf(out + used, cap - used, "%s%s", used ? " " : "", *words);
	}
}

int ses_yaml_known_keys(struct ses_yaml_node map, const char *const *keys)
{
	yaml_node_t *node = node_at(map);
	char known[400];

	if (!node || node->type != YAML_MAPPING_NODE)
		return ses_yaml_error(map, "'key: value' lines are expected here");
	for (yaml_node_pair_t *pair = node->data.mapping.pairs.start; pair < node->data.mapping.pairs.top; pair++) {
		struct ses_yaml_node place = {map.doc, pair->key};
		const char *key = ses_yaml_scalar(place);
		size_t i = 0;

		while (keys[i] && strcmp(keys[i], key) != 0)
			i++;
		if (keys[i])
			continue;
		join(known, sizeof(known), keys);
		return ses_yaml_error(place, "unknown key '%.60s' (known: %s)", key, known);
	}
	return 0;
}

int ses_yaml_kind(struct ses_yaml *doc, const char *kind, int max_version, int *version)
{
	struct ses_yaml_node root = ses_yaml_root(doc), value = ses_yaml_get(root, "algometer");
	yaml_node_t *map = node_at(root), *at = map;
	yaml_mark_t mark = {0};
	size_t len = strlen(kind);
	int64_t number;
	char what[200];

	*version = 0;
	if (map && map->type == YAML_MAPPING_NODE && ses_yaml_is(value) &&
		map->data.mapping.pairs.start->value == value.node) {
		const char *text = ses_yaml_scalar(value);

		at = node_at(value);
		mark = at->start_mark;
		if (!text)
			text = "";
		if (strncmp(text, kind, len) == 0 && text[len] == ' ' &&
			alg_text_to_int(text + len + 1, 1, INT32_MAX, &number) == 0) {
			if (number > max_version)
				return alg_fail(doc->log, MSG_YAML_NEWER, doc->name, line_of(mark), column_of(mark), kind,
					(long long)number, max_version);
			*version = (int)number;
			return 0;
		}
		snprintf(what, sizeof(what), "it says '%.60s' where 'algometer: %s %d' is expected", text, kind, max_version);
	} else {
		snprintf(what, sizeof(what), "its first line must be 'algometer: %s %d'", kind, max_version);
	}
	return alg_fail(doc->log, MSG_YAML_KIND, doc->name, line_of(mark), column_of(mark), kind, what);
}

/* ---- typed values ------------------------------------------------------------------------------- */

/*
 * The text of a key's value: 1 with *text set, 0 when the key is absent and may be, below zero
 * after saying what is wrong.
 */
static int value_text(struct ses_yaml_node map, const char *key, bool required, struct ses_yaml_node *value,
	const char **text)
{
	*value = ses_yaml_get(map, key);
	*text = NULL;
	if (!ses_yaml_is(*value))
		return required ? ses_yaml_error(map, "key '%s' is missing", key) : 0;
	*text = ses_yaml_scalar(*value);
	if (!*text)
		return ses_yaml_error(*value, "%s: one value is expected, not a list or a map", key);
	if (!**text && node_at(*value)->data.scalar.style == YAML_PLAIN_SCALAR_STYLE)
		return ses_yaml_error(*value, "%s: no value (leave the line out, or write one)", key);
	if (!**text && required)
		return ses_yaml_error(*value, "%s: is empty", key);
	return 1;
}

int ses_yaml_text(struct ses_yaml_node map, const char *key, bool required, char *out, size_t cap)
{
	struct ses_yaml_node value;
	const char *text;
	int rc = value_text(map, key, required, &value, &text);

	if (rc <= 0)
		return rc;
	if (strpbrk(text, "\n\t"))
		return ses_yaml_error(value, "%s: must be one line", key);
	if (strlen(text) >= cap)
		return ses_yaml_error(value, "%s: is longer than %zu bytes", key, cap - 1);
	alg_text_copy(out, cap, text);
	return 0;
}

int ses_yaml_text_dup(struct ses_yaml_node map, const char *key, bool required, char **out)
{
	struct ses_yaml_node value;
	const char *text;
	int rc = value_text(map, key, required, &value, &text);

	if (rc <= 0)
		return rc;
	size_t len = strlen(text);

	while (len && text[len - 1] == '\n')
		len--; /* what a folded text ends with */
	char *copy = strndup(text, len);

	if (!copy)
		return alg_fail(map.doc->log, MSG_NOMEM, map.doc->name);
	free(*out);
	*out = copy;
	return 0;
}

int ses_yaml_number(struct ses_yaml_node map, const char *key, bool required, double min, double max, double *out)
{
	struct ses_yaml_node value;
	const char *text;
	double number;
	int rc = value_text(map, key, required, &value, &text);

	if (rc <= 0)
		return rc;
	if (alg_text_to_double(text, &number))
		return ses_yaml_error(value, "%s: '%.60s' is not a number (with a decimal point, nothing after it)", key, text);
	if (number < min || number > max)
		return ses_yaml_error(value, "%s: %.60s is not within %g to %g", key, text, min, max);
	*out = number;
	return 0;
}

int ses_yaml_int(struct ses_yaml_node map, const char *key, bool required, int min, int max, int *out)
{
	struct ses_yaml_node value;
	const char *text;
	int64_t number;
	int rc = value_text(map, key, required, &value, &text);

	if (rc <= 0)
		return rc;
	if (alg_text_to_int(text, min, max, &number))
		return ses_yaml_error(value, "%s: '%.60s' is not a whole number from %d to %d", key, text, min, max);
	*out = (int)number;
	return 0;
}

int ses_yaml_bool(struct ses_yaml_node map, const char *key, bool required, bool *out)
{
	static const char *const words[] = {"false", "true", NULL};
	int index = *out;
	int rc = ses_yaml_choice(map, key, required, words, &index);

	if (!rc)
		*out = index != 0;
	return rc;
}

int ses_yaml_choice(struct ses_yaml_node map, const char *key, bool required, const char *const *words, int *out)
{
	struct ses_yaml_node value;
	const char *text;
	char known[300];
	int rc = value_text(map, key, required, &value, &text);

	if (rc <= 0)
		return rc;
	for (int i = 0; words[i]; i++)
		if (strcmp(words[i], text) == 0) {
			*out = i;
			return 0;
		}
	join(known, sizeof(known), words);
	return ses_yaml_error(value, "%s: '%.60s' is none of: %s", key, text, known);
}
