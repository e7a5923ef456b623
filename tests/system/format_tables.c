/* SPDX-License-Identifier: GPL-3.0-or-later */
/* format_tables - prints the tables of docs/FORMAT.md from the schema (see docs/make-format.sh). */
#include "data/schema.h"

#include <stdio.h>

static void print_type(const struct ses_column *c, int attribute)
{
	switch (c->type) {
	case SES_F64:
		printf("float64");
		break;
	case SES_I32:
	case SES_BOOL:
		printf("int32");
		break;
	case SES_TEXT:
		if (attribute)
			printf("UTF-8, up to %zu bytes", c->size - 1);
		else
			printf("S%zu, escaped", ses_column_width(c));
		break;
	case SES_ASCII:
	case SES_CHAR:
		printf("S%zu", ses_column_width(c));
		break;
	}
}

static void print_column(const struct ses_column *c, int attribute)
{
	printf("| `%s` | ", c->name);
	print_type(c, attribute);
	printf(" | %s | %s", c->units, c->text);
	if (c->codes)
	{
		char codes[SES_CODES_MAX];

		ses_column_codes(c, SES_FORMAT_MINOR, codes);
		printf("; `%s`", codes);
	}
	printf(" |\n");
}

int main(void)
{
	printf("### Root attributes\n\n| attribute | type | unit | meaning |\n|---|---|---|---|\n");
	printf("| `format` | UTF-8 | text | always `%s` |\n", SES_FORMAT_NAME);
	printf("| `format_version` | UTF-8 | text | `%d.%d`, for people |\n", SES_FORMAT_MAJOR, SES_FORMAT_MINOR);
	printf("| `format_major` | int32 | 1 | %d |\n| `format_minor` | int32 | 1 | %d |\n", SES_FORMAT_MAJOR, SES_FORMAT_MINOR);
	for (size_t i = 0; i < ses_header_n_columns; i++)
		print_column(&ses_header_columns[i], 1);
	for (size_t i = 0; i < SES_TABLES; i++) {
		const struct ses_table *t = &ses_tables[i];

		printf("\n### /%s: %s\n\n| column | type | unit | meaning |\n|---|---|---|---|\n", t->name, t->text);
		for (size_t k = 0; k < t->n_columns; k++)
			print_column(&t->column[k], 0);
	}
	printf("\n### /texts: long texts, one element each\n\n| dataset | type | unit | meaning |\n|---|---|---|---|\n");
	for (size_t i = 0; i < SES_LONG_TEXTS; i++)
		printf("| `%s` | S(length + 1), escaped | text | %s |\n", ses_long_texts[i].name, ses_long_texts[i].text);
	return 0;
}
