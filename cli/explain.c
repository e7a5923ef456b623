/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/explain.h"

#include "base/clock.h"
#include "base/json.h"

#include <math.h>
#include <stdio.h>

enum { ROW = 16, SHOWN_BYTES = 48 };

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

static void print_rows(double t_s, const struct alg_explained *what)
{
	for (size_t at = 0; at < what->len; at += ROW) {
		size_t n = what->len - at < ROW ? what->len - at : ROW;

		if (at == 0)
			printf("%10.3f s  ", t_s);
		else
			printf("%12s  ", "");
		put_hex(what->bytes + at, n);
		printf("%*s  |", (int)(3 * (ROW - n)), "");
		for (size_t i = 0; i < n; i++)
			putchar(what->bytes[at + i] >= 0x20 && what->bytes[at + i] < 0x7F ? what->bytes[at + i] : '.');
		printf("|\n");
	}
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
	double t_s = round(alg_ns_to_s(what->t_ns - x->origin_ns) * 1e6) / 1e6;

	if (x->json)
		print_json(t_s, what, x->bytes_only);
	else if (x->bytes_only)
		print_rows(t_s, what);
	else
		print_line(t_s, what);
	fflush(stdout);
}
