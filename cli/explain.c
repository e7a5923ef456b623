/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/explain.h"

#include "base/clock.h"
#include "base/json.h"

#include <math.h>
#include <stdio.h>

enum { SHOWN_BYTES = 48 };
#define PAUSE_NS (20 * ALG_NS_PER_MS)

static double since_origin_s(const struct explain *x, int64_t t_ns)
{
	return round(alg_ns_to_s(t_ns - x->origin_ns) * 1e6) / 1e6;
}

static bool is_text(const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((bytes[i] < 0x20 || bytes[i] > 0x7E) && bytes[i] != '\t')
			return false;
	return len > 0;
}

static void put_hex(const uint8_t *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		printf("%s%02X", i ? " " : "", bytes[i]);
}

/* In quotes with the blanks as they are; what cannot be printed as it is in hexadecimal. */
static void put_bytes(const uint8_t *bytes, size_t len)
{
	size_t n = len < SHOWN_BYTES ? len : SHOWN_BYTES;

	if (is_text(bytes, len)) {
		putchar('"');
		for (size_t i = 0; i < n; i++)
			if (bytes[i] == '\t')
				printf("\\t");
			else
				printf("%s%c", bytes[i] == '"' || bytes[i] == '\\' ? "\\" : "", bytes[i]);
		putchar('"');
	} else {
		put_hex(bytes, n);
	}
	if (n < len)
		printf(" ... (%zu bytes)", len);
}

/* A serial line hands on a byte or two at a time: what comes without a pause is one row, a new line ends it. */
static void add_to_row(struct explain *x, const struct alg_explained *what)
{
	for (size_t i = 0; i < what->len; i++) {
		if (x->row_len == EXPLAIN_ROW || what->t_ns - x->last_ns > PAUSE_NS || (x->row_len && x->row[x->row_len - 1] == '\n'))
			explain_rest(x);
		if (x->row_len == 0)
			x->row_ns = what->t_ns;
		x->row[x->row_len++] = what->bytes[i];
		x->last_ns = what->t_ns;
	}
	if (x->row_len && x->row[x->row_len - 1] == '\n')
		explain_rest(x);
}

void explain_rest(struct explain *x)
{
	if (x->row_len == 0)
		return;
	printf("%10.3f s  ", since_origin_s(x, x->row_ns));
	put_hex(x->row, x->row_len);
	printf("%*s  |", (int)(3 * (EXPLAIN_ROW - x->row_len)), "");
	for (size_t i = 0; i < x->row_len; i++)
		putchar(x->row[i] >= 0x20 && x->row[i] < 0x7F ? x->row[i] : '.');
	printf("|\n");
	fflush(stdout);
	x->row_len = 0;
}

static void print_line(double t_s, const struct alg_explained *what)
{
	printf("%10.3f s  %-10s  ", t_s, what->verdict);
	put_bytes(what->bytes, what->len);
	if (what->reading && isfinite(what->reading->force_n))
		printf("  = %.3f N", what->reading->force_n);
	printf("%s%s\n", *what->text ? "  " : "", what->text);
}

static void print_json(double t_s, const struct alg_explained *what, bool bytes_only)
{
	printf("{\"t_s\":%.6g,\"bytes\":\"", t_s);
	put_hex(what->bytes, what->len);
	putchar('"');
	if (!bytes_only) {
		printf(",\"verdict\":\"%s\",\"why\":", what->verdict);
		alg_json_write_string(stdout, what->text);
		if (what->reading && isfinite(what->reading->force_n))
			printf(",\"force_n\":%.9g", what->reading->force_n);
		else
			printf(",\"force_n\":null");
	}
	printf("}\n");
}

void explain_print(void *ctx, const struct alg_explained *what)
{
	struct explain *x = ctx;

	if (!x->begun)
		x->origin_ns = x->from_zero ? 0 : what->t_ns;
	x->begun = true;
	double t_s = since_origin_s(x, what->t_ns);

	if (x->json)
		print_json(t_s, what, x->bytes_only);
	else if (x->bytes_only)
		add_to_row(x, what);
	else
		print_line(t_s, what);
	fflush(stdout);
}
