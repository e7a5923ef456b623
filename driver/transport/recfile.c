/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recfile.c - recordings of the traffic between gauge and host, as text:
 *
 *     # algometer-recording 1
 *     # family: mark10
 *     # kind: vendor example | recorded | synthetic
 *     # profile: torbal-fa                             (of family text: how its lines are read)
 *     0 < 2D 31 38 2E 37 38 20 6C 62 46 0D 0A
 *     20000 > 3F 0D
 *
 * First the format and its version, then headers "# key: value" (family and kind once each; others as
 * one likes, and "#" alone), then one event a line: microseconds from the start, never going back; <
 * from the gauge or > to it; bytes as two hex digits each. Empty lines are allowed. Whatever else
 * stands there is refused with its line: a recording is evidence, and half-read evidence is none.
 */
#include "driver/transport/transport.h"

#include "base/file.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char MAGIC[] = "# algometer-recording ";
enum { VERSION = 1 };
enum { FILE_MAX = 256 << 20 };
static const int64_t T_MAX_US = INT64_C(31) * 86400 * 1000000; /* a month */

struct parser {
	const char *path;
	size_t line; /* 1.. */
	struct alg_recfile *rec;
	size_t cap_events, cap_data;
	struct alg_log *log;
};

static int wrong(struct parser *p, const char *what)
{
	return alg_fail(p->log, MSG_REC_SYNTAX, p->path, p->line, what);
}

/* Room for one more element of size bytes; the array only grows. */
static int grow(struct parser *p, void **array, size_t *cap, size_t n, size_t size)
{
	if (n < *cap)
		return 0;
	size_t bigger = *cap ? *cap * 2 : 64;
	void *moved = realloc(*array, bigger * size);

	if (!moved)
		return alg_fail(p->log, MSG_NOMEM, p->path);
	*array = moved;
	*cap = bigger;
	return 0;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "2D 31 38": pairs with one blank between them, at least one pair. */
static int parse_bytes(struct parser *p, const char *text, struct alg_recfile_event *event)
{
	struct alg_recfile *rec = p->rec;

	event->offset = rec->n_data;
	for (;;) {
		int high = hex_digit(text[0]), low = high < 0 ? -1 : hex_digit(text[1]);

		if (low < 0)
			return wrong(p, "bytes have to be two hex digits each with one blank between them");
		if (grow(p, (void **)&rec->data, &p->cap_data, rec->n_data, 1))
			return ALG_ERR_NOMEM;
		rec->data[rec->n_data++] = (uint8_t)(high << 4 | low);
		event->len++;
		text += 2;
		if (*text == '\0')
			return 0;
		if (*text++ != ' ')
			return wrong(p, "bytes have to be two hex digits each with one blank between them");
	}
}

static int parse_event(struct parser *p, char *line)
{
	struct alg_recfile *rec = p->rec;
	struct alg_recfile_event event = {0};
	char *blank = strchr(line, ' ');
	int rc;

	if (!blank || (blank[1] != '<' && blank[1] != '>') || blank[2] != ' ')
		return wrong(p, "an event has to be 'MICROSECONDS < BYTES' or 'MICROSECONDS > BYTES'");
	*blank = '\0';
	if (line[0] == '-' || line[0] == '+' || alg_text_to_int(line, 0, T_MAX_US, &event.t_us))
		return wrong(p, "the time has to be whole microseconds from 0 to a month");
	if (rec->n_events && event.t_us < rec->events[rec->n_events - 1].t_us)
		return wrong(p, "the time goes back");
	event.dir = blank[1];
	rc = parse_bytes(p, blank + 3, &event);
	if (rc == 0)
		rc = grow(p, (void **)&rec->events, &p->cap_events, rec->n_events, sizeof(event));
	if (rc == 0)
		rec->events[rec->n_events++] = event;
	return rc;
}

static int set_once(struct parser *p, char *out, size_t cap, const char *key, const char *value)
{
	char text[96];

	if (*out)
		snprintf(text, sizeof(text), "header '%s' stands there twice", key);
	else if (*value && alg_text_copy(out, cap, value))
		return 0;
	else
		snprintf(text, sizeof(text), "header '%s' is empty or too long", key);
	return wrong(p, text);
}

static int parse_header(struct parser *p, const char *line)
{
	struct alg_recfile *rec = p->rec;
	const char *colon = strchr(line, ':');

	if (rec->n_events)
		return wrong(p, "headers have to come before the first event");
	if (line[1] == '\0')
		return 0;
	if (line[1] != ' ' || !colon || colon == line + 2 || (colon[1] != ' ' && colon[1] != '\0'))
		return wrong(p, "a header has to be '# key: value'");
	const char *value = colon[1] ? colon + 2 : "";

	if (strncmp(line, "# family:", 9) == 0) {
		if (!alg_text_is_name(value, sizeof(rec->family) - 1))
			return wrong(p, "header 'family' has to be one word of letters, digits and '-'");
		return set_once(p, rec->family, sizeof(rec->family), "family", value);
	}
	if (strncmp(line, "# kind:", 7) == 0) {
		if (strcmp(value, "vendor example") != 0 && strcmp(value, "recorded") != 0 && strcmp(value, "synthetic") != 0)
			return wrong(p, "header 'kind' has to be 'vendor example', 'recorded' or 'synthetic'");
		return set_once(p, rec->kind, sizeof(rec->kind), "kind", value);
	}
	return 0;
}

static int parse_magic(struct parser *p, const char *line)
{
	int64_t version;

	if (strncmp(line, MAGIC, sizeof(MAGIC) - 1) != 0)
		return wrong(p, "not a recording: the first line has to be '# algometer-recording 1'");
	if (alg_text_to_int(line + sizeof(MAGIC) - 1, 1, INT64_MAX, &version))
		return wrong(p, "the recording's version is no number");
	if (version > VERSION)
		return alg_fail(p->log, MSG_REC_NEWER, p->path, line + sizeof(MAGIC) - 1, VERSION);
	return 0;
}

static int parse_line(struct parser *p, char *line, size_t len)
{
	if (strlen(line) != len)
		return wrong(p, "a zero byte in the text");
	if (p->line == 1)
		return parse_magic(p, line);
	if (line[0] == '\0')
		return 0;
	return line[0] == '#' ? parse_header(p, line) : parse_event(p, line);
}

static int parse(struct parser *p, char *text, size_t len)
{
	char *end = text + len;
	int rc = 0;

	while (text < end && rc == 0) {
		char *stop = memchr(text, '\n', (size_t)(end - text));
		size_t n = (size_t)((stop ? stop : end) - text);

		if (n > 0 && text[n - 1] == '\r')
			text[--n] = '\0';
		text[n] = '\0'; /* alg_file_read leaves room behind the last line */
		p->line++;
		rc = parse_line(p, text, n);
		text = stop ? stop + 1 : end;
	}
	if (rc)
		return rc;
	if (p->line == 0) {
		p->line = 1;
		return wrong(p, "an empty file is no recording");
	}
	if (!*p->rec->family || !*p->rec->kind)
		return wrong(p, "a header is missing: '# family: NAME' and '# kind: recorded' are both needed");
	return 0;
}

int alg_recfile_load(const char *path, struct alg_recfile *out, struct alg_log *log)
{
	struct parser p = {.path = path, .rec = out, .log = log};
	char *text = NULL;
	size_t len = 0;
	int rc;

	*out = (struct alg_recfile){0};
	rc = alg_file_read(path, FILE_MAX, &text, &len, log);
	if (rc == 0)
		rc = parse(&p, text, len);
	free(text);
	if (rc)
		alg_recfile_free(out);
	return rc;
}

void alg_recfile_free(struct alg_recfile *rec)
{
	free(rec->events);
	free(rec->data);
	*rec = (struct alg_recfile){0};
}
