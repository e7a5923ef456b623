/* SPDX-License-Identifier: GPL-3.0-or-later */
/* orders: lists that somebody else drew up, checked whole, the best fitting line taken. */
#include "data/orders.h"
#include "data/study.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct ses_sites sites;
static struct ses_point point[3] = {
	{.site_code = "UTRAP_R", .side = 'R'}, {.site_code = "UTRAP_L", .side = 'L'}, {.site_code = "TA_R", .side = 'R'}};
static const struct ses_points points = {.point = point, .n = 3};
static const struct ses_procedure proc = {.rounds = 2};

static int load(void **state)
{
	(void)state;
	return ses_study_sites(NULL, &sites, NULL);
}

static int unload(void **state)
{
	(void)state;
	ses_sites_free(&sites);
	return 0;
}

/* The order as letters (R L T), or what was said. */
static const char *taken(const char *text, const char *code, int session)
{
	static char out[ALG_LOG_TEXT_MAX], source[160];
	char path[] = "/tmp/alg-orders.XXXXXX";
	int fd = mkstemp(path), order[6], rc;
	struct help_log log;
	size_t n = 0;

	assert_true(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
	help_log_start(&log);
	rc = ses_orders_take(path, code, session, &proc, &sites, &points, order, 6, &n, source, sizeof(source), &log.log);
	unlink(path);
	if (rc < 0) {
		snprintf(out, sizeof(out), "%s", log.text + (strncmp(log.text, path, strlen(path)) == 0 ? strlen(path) : 0));
		return out;
	}
	assert_int_equal(n, 6);
	for (size_t i = 0; i < n; i++)
		out[i] = "RLT"[order[i]];
	snprintf(out + n, sizeof(out) - n, " %s", strstr(source, "line"));
	return out;
}

#define HEAD "participant\tsession\tsites\n"

static void the_best_line_is_taken(void **state)
{
	static const char text[] = HEAD "*\t*\tUTRAP_R;UTRAP_L;TA_R\n" "*\t2\tTA_R;UTRAP_L;UTRAP_R\n"
		"P012\t*\tUTRAP_L;UTRAP_R;TA_R\n" "P012\t3\tUTRAP_L;TA_R;UTRAP_R;TA_R;UTRAP_R;UTRAP_L\n";

	(void)state;
	assert_string_equal(taken(text, "P001", 1), "RLTRLT line 2");
	assert_string_equal(taken(text, "P001", 2), "TLRTLR line 3");
	assert_string_equal(taken(text, "P012", 2), "LRTLRT line 4");
	assert_string_equal(taken(text, "P012", 3), "LTRTRL line 5");
}

static void what_is_wrong_is_told_with_its_line(void **state)
{
	static const struct { const char *text, *says; } row[] = {
		{HEAD "P013\t*\tUTRAP_R;UTRAP_L;TA_R\n", "has no line for participant P012, session 1"},
		{HEAD "*\t*\tUTRAP_R;UTRAP_L\n", ":2: the order names UTRAP_R, this session measures other points (their number differs)"},
		{HEAD "*\t*\tUTRAP_R;UTRAP_L;FDI_R\n", ":2: the order names FDI_R"},
		{HEAD "P012\t1\tUTRAP_R;UTRAP_L;TA_R\n*\t*\tNOWHERE\n", ":3: column 'sites': unknown site 'NOWHERE'"},
		{HEAD "*\t*\tUTRAP_R;UTRAP_R;TA_R\n", ":2: column 'sites': TA_R is there 1 times and UTRAP_R 2 times"},
		{HEAD "*\t*\tUTRAP_R;UTRAP_R;UTRAP_R\n", ":2: column 'sites': UTRAP_R is there 3 times: once (a round) or 2 times"},
		{HEAD "*\t0\tTA_R\n", ":2: column 'session': '0' is neither"},
		{HEAD "a b\t1\tTA_R\n", ":2: column 'participant': 'a b' is neither"},
		{HEAD "*\t1\tTA_R\n*\t1\tTA_R\n", ":3: column 'participant': participant *, session 1 is there twice (line 2)"},
		{HEAD "*\t*\tUTRAP_R;;TA_R\n", ":2: column 'sites': ';TA_R' is no site code"},
		{HEAD "*\t*\tn/a\n", ":2: column 'sites': no site is listed"},
		{"participant\tsites\n", ":1: "},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		const char *said = taken(row[i].text, "P012", 1);

		print_message("%s\n", said);
		assert_non_null(strstr(said, row[i].says));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_line_is_taken), cmocka_unit_test(what_is_wrong_is_told_with_its_line)};

	return cmocka_run_group_tests(tests, load, unload);
}
