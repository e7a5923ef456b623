/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * uri.c - device addresses: KIND:TARGET[?OPTION=VALUE[&OPTION=VALUE...]].
 *
 * Nothing is guessed: an option that the kind does not know, stands there twice or has no value is
 * refused by name, because a mistyped "unti=lbf" would otherwise make every force wrong.
 */
#include "driver/algometer.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
	ON_SERIAL = 1u << ALG_URI_SERIAL,
	ON_USB = 1u << ALG_URI_USB,
	ON_TCP = 1u << ALG_URI_TCP,
	ON_TTY = 1u << ALG_URI_TTY,
	ON_REPLAY = 1u << ALG_URI_REPLAY,
	ON_SIM = 1u << ALG_URI_SIM,
	ON_ALL = (1u << (ALG_URI_SIM + 1)) - 1,
	ON_LINES = ON_SERIAL | ON_TCP | ON_TTY,
};

enum option { OPT_FAMILY, OPT_BAUD, OPT_POLARITY, OPT_UNIT, OPT_PACE, OPT_STRICT, OPT_SIMULATED, OPT_STREAM, OPT_CHANNEL, OPT_POINTS,
	OPT_PROFILE };

static const struct {
	const char *name;
	enum option option;
	unsigned kinds;
} options[] = {
	{"family", OPT_FAMILY, ON_ALL & ~ON_SIM},
	{"baud", OPT_BAUD, ON_SERIAL | ON_TTY},
	{"polarity", OPT_POLARITY, ON_ALL},
	{"unit", OPT_UNIT, ON_ALL & ~ON_SIM}, /* for sim: it is what the simulated display shows */
	{"pace", OPT_PACE, ON_REPLAY},
	{"strict", OPT_STRICT, ON_REPLAY},
	{"simulated", OPT_SIMULATED, ON_ALL & ~ON_SIM}, /* printed by a served simulation in its address */
	{"stream", OPT_STREAM, ON_LINES | ON_SIM | ON_REPLAY},
	{"channel", OPT_CHANNEL, ON_ALL},
	{"points", OPT_POINTS, ON_ALL},
	{"profile", OPT_PROFILE, ON_ALL & ~ON_USB & ~ON_SIM},
};

static const struct {
	const char *name;
	enum alg_uri_kind kind;
} kinds[] = {
	{"serial", ALG_URI_SERIAL}, {"usb", ALG_URI_USB}, {"tcp", ALG_URI_TCP},
	{"tty", ALG_URI_TTY}, {"replay", ALG_URI_REPLAY}, {"sim", ALG_URI_SIM},
};

struct parse {
	const char *text; /* the whole address, for messages */
	struct alg_uri *uri;
	struct alg_log *log;
};

static int wrong(struct parse *p, const char *what)
{
	return alg_fail(p->log, MSG_URI, p->text, what);
}

static int check_family(struct parse *p, const char *name)
{
	const struct alg_unsupported *no = alg_unsupported_find(name);
	char known[256];

	if (no && !alg_family_find(name))
		return alg_fail(p->log, MSG_FAMILY_REFUSED, name, no->models, no->why, no->needed);
	if (alg_family_find(name))
		return alg_text_copy(p->uri->family, sizeof(p->uri->family), name) ? 0 : ALG_ERR_BUG;
	alg_family_names(known, sizeof(known));
	return alg_fail(p->log, MSG_FAMILY_UNKNOWN, name, known);
}

/* A profile is of family text, which therefore need not be said. */
static int settle_profile(struct parse *p)
{
	if (!*p->uri->profile)
		return 0;
	if (!*p->uri->family)
		strcpy(p->uri->family, "text");
	return strcmp(p->uri->family, "text") == 0 ? 0
		: alg_fail(p->log, MSG_URI_OPTION, "profile", "it goes with family=text only");
}

/* ---- targets --------------------------------------------------------------------------------------- */

/* Exactly four hex digits. */
static bool hex4(const char *text, uint16_t *out)
{
	unsigned value = 0;

	for (int i = 0; i < 4; i++) {
		char c = text[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10
			: c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;

		if (digit < 0)
			return false;
		value = value << 4 | (unsigned)digit;
	}
	*out = (uint16_t)value;
	return true;
}

/* "1-2.3" as the kernel names a USB device by bus and sockets, with ":1.0" for one of its interfaces. */
static bool is_usb_path(const char *text, bool interface)
{
	size_t n = strspn(text, "0123456789");
	bool dash = false;

	while (n > 0 && n < 4 && text[n] == (dash ? '.' : '-')) {
		text += n + 1;
		dash = true;
		n = strspn(text, "0123456789");
	}
	if (!dash || n == 0 || n > 3)
		return false;
	if (interface && text[n] == ':') {
		text += n + 1;
		n = strspn(text, "0123456789");
		if (n == 0 || n > 3 || text[n] != '.')
			return false;
		text += n + 1;
		n = strspn(text, "0123456789");
		return n > 0 && n < 4 && text[n] == '\0';
	}
	return text[n] == '\0';
}

/* "VID:PID", ended by a colon or the end. */
static bool parse_id(struct alg_uri *uri, const char *text)
{
	return strlen(text) >= 9 && hex4(text, &uri->vid) && text[4] == ':' && hex4(text + 5, &uri->pid) &&
		(text[9] == ':' || text[9] == '\0');
}

/* "path=1-2.3", or a serial number. */
static int parse_which(struct parse *p, const char *text)
{
	struct alg_uri *uri = p->uri;

	if (strncmp(text, "path=", 5) != 0)
		return *text && alg_text_copy(uri->serial, sizeof(uri->serial), text)
			? 0 : wrong(p, "the serial number is empty or too long");
	if (!is_usb_path(text + 5, uri->kind == ALG_URI_SERIAL) || !alg_text_copy(uri->usb_path, sizeof(uri->usb_path), text + 5))
		return wrong(p, "a place on USB is path=BUS-SOCKET[.SOCKET...], as 'algometer devices' shows it");
	return 0;
}

static int parse_usb(struct parse *p, const char *target)
{
	p->uri->by_identity = true;
	if (!parse_id(p->uri, target))
		return wrong(p, "a USB address is VID:PID[:SERIAL], four hex digits each");
	return target[9] ? parse_which(p, target + 10) : 0;
}

/* A port by its name, or an adapter by its identity. */
static int parse_serial(struct parse *p, const char *target)
{
	if (strncmp(target, "path=", 5) == 0) {
		p->uri->by_identity = true;
		return parse_which(p, target);
	}
	if (!parse_id(p->uri, target)) {
		p->uri->vid = p->uri->pid = 0;
		return 0;
	}
	p->uri->by_identity = true;
	if (target[9] == '\0') /* the id of a cable is the id of thousands */
		return wrong(p, "an adapter is named by VID:PID:SERIAL, or by VID:PID:path=PLACE where it has no serial number");
	return parse_which(p, target + 10);
}

static int parse_tcp(struct parse *p, char *target)
{
	char *host = target, *colon = strrchr(target, ':');
	int64_t port;

	if (!colon || alg_text_to_int(colon + 1, 1, 65535, &port))
		return wrong(p, "a TCP address is HOST:PORT, the port from 1 to 65535");
	*colon = '\0';
	if (*host == '[') {
		if (colon[-1] != ']')
			return wrong(p, "the bracket of the IPv6 address is not closed: [ADDRESS]:PORT");
		host++;
		colon[-1] = '\0';
	} else if (strchr(host, ':')) {
		return wrong(p, "an IPv6 address stands in brackets: [ADDRESS]:PORT");
	}
	if (*host == '\0')
		return wrong(p, "a TCP address is HOST:PORT, the port from 1 to 65535");
	p->uri->port = (int)port;
	memmove(p->uri->target, host, strlen(host) + 1);
	return 0;
}

static int parse_target(struct parse *p)
{
	char *target = p->uri->target;

	if (*target == '\0')
		return wrong(p, "something is missing after the colon");
	switch (p->uri->kind) {
	case ALG_URI_SERIAL:
		return parse_serial(p, target);
	case ALG_URI_USB:
		return parse_usb(p, target);
	case ALG_URI_TCP:
		return parse_tcp(p, target);
	case ALG_URI_SIM:
		return check_family(p, target);
	default:
		return 0;
	}
}

/* ---- options --------------------------------------------------------------------------------------- */

static int option_wrong(struct parse *p, const char *name, const char *value, const char *why)
{
	char text[200];

	snprintf(text, sizeof(text), "%.80s%s%.80s", name, value ? "=" : "", value ? value : "");
	return alg_fail(p->log, MSG_URI_OPTION, text, why);
}

static int set_flag(struct parse *p, const char *name, const char *value, bool *out)
{
	if (strcmp(value, "1") != 0 && strcmp(value, "0") != 0)
		return option_wrong(p, name, value, "it is 1 or 0");
	*out = value[0] == '1';
	return 0;
}

static int set_polarity(struct parse *p, const char *value)
{
	static const char *const words[] = {
		[ALG_POLARITY_PLUS] = "+", [ALG_POLARITY_MINUS] = "-", [ALG_POLARITY_ABSOLUTE] = "abs"};

	for (int i = 0; i < 3; i++)
		if (strcmp(value, words[i]) == 0) {
			p->uri->polarity = (enum alg_polarity)i;
			p->uri->polarity_given = true;
			return 0;
		}
	return option_wrong(p, "polarity", value, "it is + (as the gauge says), - (turned round) or abs (without sign)");
}

/* "RAW:FORCE" with FORCE in unit; the end of it, or NULL. */
static const char *one_point(const char *text, double *raw, double *force)
{
	char part[2][32];
	size_t n = strcspn(text, ":"), m = text[n] ? strcspn(text + n + 1, ",") : 0;

	if (!text[n] || n >= sizeof(part[0]) || m >= sizeof(part[1]))
		return NULL;
	snprintf(part[0], sizeof(part[0]), "%.*s", (int)n, text);
	snprintf(part[1], sizeof(part[1]), "%.*s", (int)m, text + n + 1);
	return alg_text_to_double(part[0], raw) || alg_text_to_double(part[1], force) ? NULL : text + n + 1 + m;
}

/* Kept in the unit of the address here; turned into newton when all options are known. */
static int set_points(struct parse *p, const char *name, const char *value)
{
	struct alg_points *points = &p->uri->points;
	const char *end = one_point(value, &points->raw[0], &points->force_n[0]);

	end = end && *end == ',' ? one_point(end + 1, &points->raw[1], &points->force_n[1]) : NULL;
	if (!end || *end)
		return option_wrong(p, name, value, "it is RAW:FORCE,RAW:FORCE: what the gauge sends, and the load on it, twice");
	if (points->raw[0] == points->raw[1] || points->force_n[0] == points->force_n[1])
		return option_wrong(p, name, value, "the two loads have to differ, and what the gauge sends for them");
	if (!isfinite((points->force_n[1] - points->force_n[0]) / (points->raw[1] - points->raw[0])))
		return option_wrong(p, name, value, "the two points lie so that no line goes through them");
	points->given = true;
	return 0;
}

static int set_option(struct parse *p, enum option option, const char *name, const char *value)
{
	struct alg_uri *uri = p->uri;
	int64_t number;

	switch (option) {
	case OPT_FAMILY:
		return check_family(p, value);
	case OPT_BAUD:
		if (alg_text_to_int(value, 300, 4000000, &number))
			return option_wrong(p, name, value, "it is a whole number from 300 to 4000000");
		uri->baud = (int)number;
		return 0;
	case OPT_POLARITY:
		return set_polarity(p, value);
	case OPT_UNIT:
		uri->unit = alg_unit_parse(value, strlen(value));
		return uri->unit ? 0 : option_wrong(p, name, value, "it is a unit of force: N, kgf, gf, lbf, ozf, ...");
	case OPT_PACE:
		return set_flag(p, name, value, &uri->pace);
	case OPT_STRICT:
		return set_flag(p, name, value, &uri->strict);
	case OPT_CHANNEL:
		if (alg_text_to_int(value, 1, 32, &number))
			return option_wrong(p, name, value, "it is a whole number from 1 to 32");
		uri->channel = (int)number;
		return 0;
	case OPT_POINTS:
		return set_points(p, name, value);
	case OPT_PROFILE:
		return alg_text_copy(uri->profile, sizeof(uri->profile), value) ? 0 : option_wrong(p, name, NULL, "it is too long");
	case OPT_SIMULATED:
		return set_flag(p, name, value, &uri->simulated);
	default:
		return set_flag(p, name, value, &uri->stream);
	}
}

/* What the simulator is to make of it. */
static int add_rest(struct parse *p, const char *name, const char *value)
{
	char *rest = p->uri->rest;
	size_t len = strlen(rest), cap = sizeof(p->uri->rest);

	if ((size_t)snprintf(rest + len, cap - len, "%s%s=%s", len ? "&" : "", name, value) >= cap - len)
		return option_wrong(p, name, value, "too many options");
	return 0;
}

static int unknown_option(struct parse *p, const char *name)
{
	char text[200] = "unknown for this kind of address (it takes:";
	size_t n = sizeof(options) / sizeof(options[0]);

	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(text);

		if (options[i].kinds & 1u << p->uri->kind)
			snprintf(text + len, sizeof(text) - len, " %s", options[i].name);
	}
	size_t len = strlen(text);

	snprintf(text + len, sizeof(text) - len, ")");
	return option_wrong(p, name, NULL, text);
}

/* One "name=value". seen has a bit for each known option met so far. */
static int parse_option(struct parse *p, char *text, unsigned *seen)
{
	char *value = strchr(text, '=');

	if (value)
		*value++ = '\0';
	if (*text == '\0')
		return option_wrong(p, text, value, "its name is missing");
	if (!value || *value == '\0')
		return option_wrong(p, text, NULL, "it needs a value: NAME=VALUE");
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (strcmp(options[i].name, text) != 0 || !(options[i].kinds & 1u << p->uri->kind))
			continue;
		if (*seen & 1u << i)
			return option_wrong(p, text, NULL, "it stands there twice");
		*seen |= 1u << i;
		return set_option(p, options[i].option, text, value);
	}
	if (p->uri->kind != ALG_URI_SIM)
		return unknown_option(p, text);
	if (strcmp(text, "unit") == 0) /* what the simulated display shows is what the person at it knows */
		p->uri->unit = alg_unit_parse(value, strlen(value));
	return add_rest(p, text, value);
}

static int parse_options(struct parse *p, const char *text)
{
	unsigned seen = 0;

	for (;;) {
		char one[160];
		size_t len = strcspn(text, "&");
		int rc;

		if (len >= sizeof(one))
			return wrong(p, "an option is too long");
		memcpy(one, text, len);
		one[len] = '\0';
		rc = parse_option(p, one, &seen);
		if (rc || text[len] == '\0')
			return rc;
		text += len + 1;
	}
}

int alg_uri_parse(const char *text, struct alg_uri *uri, struct alg_log *log)
{
	struct parse p = {.text = text, .uri = uri, .log = log};
	size_t n = sizeof(kinds) / sizeof(kinds[0]), i = 0, len = strcspn(text, ":");
	const char *options_at = strchr(text, '?');
	int rc;

	*uri = (struct alg_uri){0};
	if (alg_unsupported_find(text)) /* "somedic" without a kind */
		return check_family(&p, text);
	while (i < n && (strlen(kinds[i].name) != len || strncmp(kinds[i].name, text, len) != 0))
		i++;
	if (i == n || text[len] != ':')
		return wrong(&p, text[len] == ':' ? "unknown kind"
			: *text == '/' ? "a port is written with its kind, serial:/dev/..."
				       : "it has no kind before a colon");
	uri->kind = kinds[i].kind;
	const char *target = text + len + 1;
	size_t target_len = options_at ? (size_t)(options_at - target) : strlen(target);

	if (options_at && options_at < target)
		return wrong(&p, "unknown kind");
	if (target_len >= sizeof(uri->target))
		return wrong(&p, "it is too long");
	memcpy(uri->target, target, target_len);
	uri->target[target_len] = '\0';
	rc = parse_target(&p);
	if (rc == 0 && options_at)
		rc = parse_options(&p, options_at + 1);
	if (rc == 0)
		rc = settle_profile(&p);
	for (int k = 0; k < 2 && uri->points.given && uri->unit; k++)
		uri->points.force_n[k] *= alg_unit_factor_n(uri->unit);
	if (rc)
		*uri = (struct alg_uri){0};
	return rc;
}
