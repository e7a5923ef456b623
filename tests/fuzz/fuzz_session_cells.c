/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_session_cells.c - cells of a session file as a hostile file may hold them: bytes are decoded
 * as every column in turn, what is taken must come out again, and what is an amendment is applied.
 * (Whole images are not fuzzed here: libhdf5 1.10 itself crashes on some; see test_h5.c.)
 */
#include "data/schema.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void check(int fine)
{
	if (!fine)
		__builtin_trap();
}

static void one_cell(const struct ses_column *c, size_t row_size, const uint8_t *data, size_t size)
{
	size_t width = ses_column_width(c), take = c->type >= SES_ASCII && size < width ? size : width;
	uint8_t cell[SES_WIDTH_MAX], again[SES_WIDTH_MAX], *exact;
	char *row = calloc(1, row_size), *back = calloc(1, row_size);

	if (row && back && take && take <= size) {
		exact = malloc(take);
		memcpy(exact, data, take);
		if (ses_cell_decode(c, exact, take, row) == 0) {
			ses_cell_encode(c, row, cell);
			check(ses_cell_decode(c, cell, width, back) == 0);
			ses_cell_encode(c, back, again);
			check(memcmp(cell, again, width) == 0);
		}
		free(exact);
	}
	free(row);
	free(back);
}

static void amend(const uint8_t *data, size_t size)
{
	struct ses_session ses = {.header.tip_area_cm2 = 1};
	struct ses_point point = {.site_code = "UTRAP_L", .side = 'L'};
	struct ses_trial trial = {.trial = 1, .site_code = "UTRAP_L", .side = "L", .status = SES_ACCEPTED, .ppt_kpa = 1, .ppt_n = 0.1};
	const struct ses_table *table = ses_table_find("amendments");

	ses_session_add_points(&ses, &(struct ses_points){&point, 1});
	ses_session_add_trial(&ses, &trial);
	while (size > 66) {
		struct ses_amendment a = {.trial = data[0] % 3};

		ses_cell_decode(ses_column_find(table, "field"), data + 1, 16, &a);
		ses_cell_decode(ses_column_find(table, "new_value"), data + 17, 48, &a);
		ses_session_add_amendment(&ses, &a);
		data += 66;
		size -= 66;
	}
	ses_session_amend(&ses, NULL);
	check(strlen(ses.trials[0].side) == 1 && (size_t)ses.trials[0].point < ses.n_points);
	check(ses.header.tip_area_cm2 > 0);
	ses_session_clear(&ses);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	for (size_t i = 0; i < SES_TABLES; i++)
		for (size_t k = 0; k < ses_tables[i].n_columns; k++)
			one_cell(&ses_tables[i].column[k], ses_tables[i].row_size, data, size);
	amend(data, size);
	return 0;
}
