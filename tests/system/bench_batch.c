/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_batch FOLDER N [STUDY [CHILDREN]] - all columns of the presses of N session files
 * FOLDER/1.h5, FOLDER/2.h5 ... as one tidy table on standard output; with STUDY its index is used. Milliseconds, presses, memory in kB and what the
 * index did, on standard error.
 */
#include "base/clock.h"
#include "data/batch.h"
#include "data/schema.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

static size_t presses;

static void cell(const struct ses_column *c, const void *row)
{
	const char *member = (const char *)row + c->offset;
	int32_t whole;
	double number;

	putchar('\t');
	if (c->type == SES_F64) {
		memcpy(&number, member, sizeof(number));
		if (!isnan(number))
			printf("%.17g", number);
	} else if (c->type == SES_I32) {
		memcpy(&whole, member, sizeof(whole));
		printf("%d", (int)whole);
	} else {
		fputs(member, stdout); /* nothing in /results is a bool or needs escapes */
	}
}

static int take(const char *path, struct ses_session *ses, void *user)
{
	const struct ses_table *results = ses_table_find("results");

	(void)user;
	for (size_t i = 0; ses && i < ses->n_trials; i++) {
		const struct ses_header *h = &ses->header;

		printf("%s\t%s\t%d\t%s\t%d\t%s\t%s\t%s", path, h->participant, (int)h->session, h->acq, (int)h->run, h->visit_day,
			h->examiner, h->started);
		for (size_t k = 0; k < results->n_columns; k++)
			if (results->column[k].since <= h->minor)
				cell(&results->column[k], &ses->trials[i]);
		putchar('\n');
		presses++;
	}
	return ses ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct ses_batch_options options = {.study = argc > 3 && *argv[3] ? argv[3] : NULL, .children = argc > 4 ? atoi(argv[4]) : 0};
	int64_t from = alg_clock_now_ns(alg_clock_system());
	long n = argc > 2 ? atol(argv[2]) : 0;
	struct ses_batch_report report;
	struct rusage use;
	char **paths;

	if (n < 1)
		return 2;
	paths = calloc((size_t)n, sizeof(*paths));
	for (long i = 0; i < n; i++)
		if (!paths || asprintf(&paths[i], "%s/%ld.h5", argv[1], i + 1) < 0)
			return 1;
	if (ses_batch_read((const char *const *)paths, (size_t)n, &options, take, NULL, &report, NULL))
		return 1;
	getrusage(RUSAGE_SELF, &use);
	fprintf(stderr, "%.1f %zu %ld alone %zu hits %zu stale %zu damaged %zu written %zu\n",
		(double)(alg_clock_now_ns(alg_clock_system()) - from) / 1e6, presses, use.ru_maxrss, report.alone, report.index.hits,
		report.index.stale, report.index.damaged, report.index.written);
	for (long i = 0; i < n; i++)
		free(paths[i]);
	free(paths);
	return 0;
}
