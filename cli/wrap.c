/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wrap.c - a paragraph for a terminal of 80 columns. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

enum { COLUMNS = 79 };

/* Characters, not bytes: the text is UTF-8. */
static int columns_of(const char *text, int len)
{
	int n = 0;

	for (int i = 0; i < len; i++)
		n += ((unsigned char)text[i] & 0xC0) != 0x80;
	return n;
}

void cli_print_wrapped(int indent, int hang, const char *text)
{
	int column = printf("%*s", indent, "");
	bool begun = false;

	while (*text) {
		int len = (int)strcspn(text, " \n"), word = columns_of(text, len);

		if (begun && column + 1 + word > COLUMNS) {
			printf("\n");
			column = printf("%*s", hang, "");
			begun = false;
		}
		printf("%s%.*s", begun ? " " : "", len, text);
		column += word + begun;
		begun = true;
		text += len;
		text += strspn(text, " \n");
	}
	printf("\n");
}
