/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/profile.h"

#include "base/file.h"
#include "base/text.h"
#include "data/study.h"
#include "data/yaml.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_VERSION = 1, FILE_BYTES_MAX = 32 * 1024 };

static const char *const keys[] = {
	"algometer", "id", "title", "source", "proven", "unproven", "baud", "line", "dtr", "rts", "poll", "poll_interval_ms",
	"reply_timeout_ms", "silence_ms", "rate_hz", "zero", "length", "pattern", "patterns", "decimal_mark", "unit", "units",
	"overload", "underload", "error", "ignored", "compression", NULL,
};

static const struct alg_text_profile defaults = {
	.line = {.data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
	.poll_interval_ms = 100, .reply_timeout_ms = 500, .silence_ms = 1000, .decimal_mark = '.',
};

/* ---- names, and what is known -------------------------------------------------------------------------- */

/* "profiles/torbal-fa.yaml": has its file's name to be the id? */
static bool is_name_of(const char *path, const char *id)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	size_t len = strlen(name);

	return len < 5 || strcmp(name + len - 5, ".yaml") != 0 || (strlen(id) == len - 5 && strncmp(id, name, len - 5) == 0);
}

static int read_names(struct alg_text_profile *p, struct ses_yaml_node root, const char *path)
{
	static const char *const words[] = {"no", "yes", NULL};
	int proven = 0, rc = ses_yaml_text(root, "id", true, p->id, sizeof(p->id));

	if (rc)
		return rc;
	if (!alg_text_is_name(p->id, sizeof(p->id) - 1))
		return ses_yaml_error(ses_yaml_get(root, "id"), "id: '%s' - letters, digits, '-' and '_' only", p->id);
	if (!is_name_of(path, p->id))
		return ses_yaml_error(ses_yaml_get(root, "id"), "id: '%s' is not the file's name", p->id);
	rc = ses_yaml_text(root, "title", true, p->title, sizeof(p->title));
	if (!rc)
		rc = ses_yaml_text(root, "source", true, p->source, sizeof(p->source));
	if (!rc)
		rc = ses_yaml_choice(root, "proven", true, words, &proven);
	p->proven = proven != 0;
	if (!rc)
		rc = ses_yaml_text(root, "unproven", !p->proven, p->unproven, sizeof(p->unproven));
	return rc;
}

/* ---- the line and what is asked -------------------------------------------------------------------------- */

static int read_line(struct alg_text_profile *p, struct ses_yaml_node root)
{
	char line[8] = "8N1";
	int rc = ses_yaml_int(root, "baud", false, 300, 4000000, &p->line.baud);

	if (!rc)
		rc = ses_yaml_text(root, "line", false, line, sizeof(line));
	if (!rc)
		rc = ses_yaml_bool(root, "dtr", false, &p->line.dtr);
	if (!rc)
		rc = ses_yaml_bool(root, "rts", false, &p->line.rts);
	if (rc)
		return rc;
	if (strlen(line) != 3 || !strchr("78", line[0]) || !strchr("NEO", line[1]) || !strchr("12", line[2]))
		return ses_yaml_error(ses_yaml_get(root, "line"),
			"line: '%s' - data bits 7 or 8, parity N, E or O, stop bits 1 or 2, such as 8N1", line);
	p->line.data_bits = line[0] - '0';
	p->line.parity = line[1];
	p->line.stop_bits = line[2] - '0';
	return 0;
}

/* The byte that stands at text, with \r \n \\ for what cannot be typed; -1 when it may not stand there. */
static int request_byte(const char **text)
{
	char c = *(*text)++;

	if (c == '\\') {
		c = *(*text)++;
		return c == 'r' ? '\r' : c == 'n' ? '\n' : c == '\\' ? '\\' : -1;
	}
	return c >= 0x20 && c <= 0x7E ? c : -1;
}

/* Bytes that go out to an instrument: few, and such as can be shown. */
static int read_request(struct ses_yaml_node root, const char *key, uint8_t out[ALG_PROFILE_REQUEST_MAX], size_t *len)
{
	struct ses_yaml_node node = ses_yaml_get(root, key);
	const char *text = ses_yaml_scalar(node);

	*len = 0;
	if (!ses_yaml_is(node))
		return 0;
	if (!text || !*text)
		return ses_yaml_error(node, "%s: the characters that are sent, such as '?\\r\\n'", key);
	while (*text) {
		int byte = request_byte(&text);

		if (byte < 0)
			return ses_yaml_error(node, "%s: only printable ASCII, \\r, \\n and \\\\ can be sent", key);
		if (*len == ALG_PROFILE_REQUEST_MAX)
			return ses_yaml_error(node, "%s: more than %d characters", key, ALG_PROFILE_REQUEST_MAX);
		out[(*len)++] = (uint8_t)byte;
	}
	const char *harm = alg_request_harm(out, *len);

	return harm ? ses_yaml_error(node, "%s: never sent, because it %s", key, harm) : 0;
}

static int read_asking(struct alg_text_profile *p, struct ses_yaml_node root)
{
	static const char *const only[] = {"poll_interval_ms", "reply_timeout_ms"};
	int rc = read_request(root, "poll", p->poll, &p->poll_len);

	if (!rc)
		rc = read_request(root, "zero", p->zero, &p->zero_len);
	for (int i = 0; !rc && i < 2 && !p->poll_len; i++)
		if (ses_yaml_is(ses_yaml_get(root, only[i])))
			return ses_yaml_error(ses_yaml_get(root, only[i]), "%s: only with 'poll:', this gauge streams", only[i]);
	if (!rc)
		rc = ses_yaml_int(root, "poll_interval_ms", false, 5, 10000, &p->poll_interval_ms);
	if (!rc)
		rc = ses_yaml_int(root, "reply_timeout_ms", false, 10, 10000, &p->reply_timeout_ms);
	if (!rc)
		rc = ses_yaml_int(root, "silence_ms", false, 50, 60000, &p->silence_ms);
	return rc ? rc : ses_yaml_number(root, "rate_hz", false, 0.01, 10000, &p->rate_hz);
}

/* ---- what a line means -------------------------------------------------------------------------------------- */

static int add_pattern(struct alg_text_profile *p, struct ses_yaml_node node)
{
	const char *text = ses_yaml_scalar(node);
	char why[160];
	size_t at;

	if (!text)
		return ses_yaml_error(node, "pattern: one line of text is expected");
	if (p->n_patterns == ALG_PROFILE_PATTERNS_MAX)
		return ses_yaml_error(node, "patterns: more than %d", ALG_PROFILE_PATTERNS_MAX);
	if (!alg_text_copy(p->pattern[p->n_patterns], ALG_PROFILE_PATTERN_CAP, text))
		return ses_yaml_error(node, "pattern: longer than %d characters", ALG_PROFILE_PATTERN_CAP - 1);
	if (!alg_profile_pattern_check(text, &at, why, sizeof(why)))
		return ses_yaml_error(node, "pattern, character %zu ('%.12s'): %s", at + 1, text + at, why);
	p->n_patterns++;
	return 0;
}

static int read_patterns(struct alg_text_profile *p, struct ses_yaml_node root)
{
	struct ses_yaml_node one = ses_yaml_get(root, "pattern"), list = ses_yaml_get(root, "patterns");
	int rc = 0;

	if (ses_yaml_is(one) == ses_yaml_is(list))
		return ses_yaml_error(ses_yaml_is(list) ? list : root, "one of 'pattern:' and 'patterns:' is needed");
	if (ses_yaml_is(one))
		return add_pattern(p, one);
	if (ses_yaml_length(list) == 0)
		return ses_yaml_error(list, "patterns: a list of patterns is expected");
	for (size_t i = 0; !rc && i < ses_yaml_length(list); i++)
		rc = add_pattern(p, ses_yaml_at(list, i));
	return rc;
}

static bool has_unit(const struct alg_text_profile *p)
{
	for (int i = 0; i < p->n_patterns; i++)
		if (alg_profile_pattern_has(p->pattern[i], "{unit}"))
			return true;
	return false;
}

/* One row of units: the gauge's word, our unit. */
static int add_unit(struct alg_text_profile *p, struct ses_yaml_node node, const char *word)
{
	const char *name = ses_yaml_scalar(node);
	enum alg_unit unit = name ? alg_unit_parse(name, strlen(name)) : ALG_UNIT_NONE;

	if (unit == ALG_UNIT_NONE)
		return ses_yaml_error(node, "units: '%.20s' is none of N mN kN kgf gf mgf tf lbf klbf ozf gr dwt ozt ct ton", name ? name : "");
	if (p->n_units == ALG_PROFILE_UNITS_MAX)
		return ses_yaml_error(node, "units: more than %d", ALG_PROFILE_UNITS_MAX);
	if (!*word || strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz./*%") != strlen(word) ||
		!alg_text_copy(p->units[p->n_units].word, ALG_PROFILE_WORD_CAP, word))
		return ses_yaml_error(node, "units: '%.40s' is no word of letters and . / * %% that {unit} can be", word);
	p->units[p->n_units++].unit = unit;
	return 0;
}

static int read_units(struct alg_text_profile *p, struct ses_yaml_node root)
{
	struct ses_yaml_node units = ses_yaml_get(root, "units"), unit = ses_yaml_get(root, "unit"), pair;
	const char *word, *name = ses_yaml_scalar(unit);
	int rc = 0;

	for (size_t i = 0; !rc && ses_yaml_is(pair = ses_yaml_pair(units, i, &word)); i++)
		rc = add_unit(p, pair, word);
	if (rc)
		return rc;
	if (ses_yaml_is(units) && !p->n_units)
		return ses_yaml_error(units, "units: lines 'WORD OF THE GAUGE: OUR UNIT' are expected, such as 'lbF: lbf'");
	if (has_unit(p) != (p->n_units > 0))
		return ses_yaml_error(ses_yaml_is(units) ? units : root, p->n_units ? "units: no pattern has {unit}"
			: "a pattern has {unit}, so 'units:' has to say what its words mean");
	if (!ses_yaml_is(unit))
		return 0;
	p->unit = name ? alg_unit_parse(name, strlen(name)) : ALG_UNIT_NONE;
	return p->unit ? 0 : ses_yaml_error(unit, "unit: one of N mN kN kgf gf mgf tf lbf klbf ozf gr dwt ozt ct ton");
}

static int read_texts(struct alg_text_profile *p, struct ses_yaml_node root, const char *key, enum alg_profile_text_kind kind)
{
	struct ses_yaml_node list = ses_yaml_get(root, key);

	if (ses_yaml_is(list) && ses_yaml_length(list) == 0)
		return ses_yaml_error(list, "%s: a list of texts is expected, such as [\"OL\"]", key);
	for (size_t i = 0; i < ses_yaml_length(list); i++) {
		struct ses_yaml_node item = ses_yaml_at(list, i);
		const char *text = ses_yaml_scalar(item);

		if (p->n_texts == ALG_PROFILE_TEXTS_MAX)
			return ses_yaml_error(item, "%s: more than %d texts in all", key, ALG_PROFILE_TEXTS_MAX);
		if (!text || !*text || strcmp(text, "*") == 0 || text[0] == ' ' || alg_text_ends_with(text, " "))
			return ses_yaml_error(item, "%s: a text without blanks around it; '*' at its end stands for the rest of a line", key);
		if (!alg_text_copy(p->texts[p->n_texts].text, ALG_PROFILE_WORD_CAP, text))
			return ses_yaml_error(item, "%s: longer than %d characters", key, ALG_PROFILE_WORD_CAP - 1);
		p->texts[p->n_texts++].kind = kind;
	}
	return 0;
}

static int read_meaning(struct alg_text_profile *p, struct ses_yaml_node root)
{
	static const char *const marks[] = {".", ",", NULL}, *const signs[] = {"minus", "unknown", "plus", NULL};
	static const char *const texts[] = {[ALG_TEXT_OVERLOAD] = "overload", [ALG_TEXT_UNDERLOAD] = "underload",
		[ALG_TEXT_ERROR] = "error", [ALG_TEXT_IGNORED] = "ignored"};
	int mark = 0, sign = 1, length = 0, rc = read_patterns(p, root);

	if (!rc)
		rc = ses_yaml_choice(root, "decimal_mark", false, marks, &mark);
	if (!rc)
		rc = ses_yaml_choice(root, "compression", false, signs, &sign);
	if (!rc)
		rc = ses_yaml_int(root, "length", false, 1, 126, &length);
	if (!rc)
		rc = read_units(p, root);
	for (int i = ALG_TEXT_OVERLOAD; !rc && i <= ALG_TEXT_IGNORED; i++)
		rc = read_texts(p, root, texts[i], (enum alg_profile_text_kind)i);
	p->decimal_mark = marks[mark][0];
	p->compression = sign - 1;
	p->line_len = (size_t)length;
	return rc;
}

int cli_profile_parse(struct alg_text_profile *out, const char *text, size_t len, const char *name, struct alg_log *log)
{
	struct ses_yaml *doc = NULL;
	int version, rc = ses_yaml_parse(text, len, name, &doc, log);

	*out = defaults;
	if (rc)
		return rc;
	struct ses_yaml_node root = ses_yaml_root(doc);

	rc = ses_yaml_kind(doc, "profile", FORMAT_VERSION, &version);
	if (!rc)
		rc = ses_yaml_known_keys(root, keys);
	if (!rc)
		rc = read_names(out, root, name);
	if (!rc)
		rc = read_line(out, root);
	if (!rc)
		rc = read_asking(out, root);
	if (!rc)
		rc = read_meaning(out, root);
	ses_yaml_free(doc);
	return rc;
}

/* ---- where they are ---------------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

size_t cli_profile_ids(char (*ids)[CLI_PROFILE_ID_CAP])
{
	char path[PATH_MAX];
	size_t n = 0;
	DIR *dir = ses_data_path("profiles", path, sizeof(path)) == 0 ? opendir(path) : NULL;

	for (struct dirent *e; dir && n < CLI_PROFILE_IDS_MAX && (e = readdir(dir));) {
		size_t len = strlen(e->d_name);

		if (len > 5 && len - 5 < CLI_PROFILE_ID_CAP && strcmp(e->d_name + len - 5, ".yaml") == 0)
			snprintf(ids[n++], CLI_PROFILE_ID_CAP, "%.*s", (int)(len - 5), e->d_name);
	}
	if (dir)
		closedir(dir);
	qsort(ids, n, CLI_PROFILE_ID_CAP, compare);
	return n;
}

static int unknown(const char *name, struct alg_log *log)
{
	char (*ids)[CLI_PROFILE_ID_CAP] = calloc(CLI_PROFILE_IDS_MAX, sizeof(*ids));
	size_t n = ids ? cli_profile_ids(ids) : 0;
	char known[CLI_PROFILE_IDS_MAX * CLI_PROFILE_ID_CAP] = "";

	for (size_t i = 0; i < n; i++)
		alg_text_add(known, sizeof(known), "%s%s", i ? ", " : "", ids[i]);
	free(ids);
	return alg_fail(log, MSG_PROFILE_UNKNOWN, name, known);
}

int cli_profile_find(struct alg_text_profile *out, const char *name, struct alg_log *log)
{
	char path[PATH_MAX], file[300], *text = NULL;
	size_t len = 0;
	int rc;

	*out = defaults;
	if (strchr(name, '/') || alg_text_ends_with(name, ".yaml")) {
		alg_text_copy(path, sizeof(path), name);
	} else {
		snprintf(file, sizeof(file), "profiles/%s.yaml", name);
		if (!alg_text_is_name(name, CLI_PROFILE_ID_CAP - 1) || ses_data_path(file, path, sizeof(path)))
			return unknown(name, log);
	}
	rc = alg_file_read(path, FILE_BYTES_MAX, &text, &len, log);
	if (!rc)
		rc = cli_profile_parse(out, text, len, path, log);
	free(text);
	return rc;
}
