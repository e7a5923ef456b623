/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_progress.c - the bar: on a terminal only, gone at the end, and never in the way of a message. */
#include "tests/unit/assert_close.h"

#include "cli/progress.h"

#include <fcntl.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static FILE *to;
static int other;
static char said[4096];

static void open_terminal(unsigned short columns)
{
	struct winsize size = {.ws_row = 24, .ws_col = columns};
	struct termios raw = {0};
	int side;

	assert_int_equal(openpty(&other, &side, NULL, &raw, &size), 0);
	fcntl(other, F_SETFL, O_NONBLOCK);
	to = fdopen(side, "w");
	assert_non_null(to);
}

/* What was written since, and the end of it. */
static const char *written(void)
{
	ssize_t n;

	fflush(to);
	n = read(other, said, sizeof(said) - 1);
	said[n > 0 ? n : 0] = '\0';
	return said;
}

static void close_terminal(void)
{
	fclose(to);
	close(other);
}

static void wait_ms(int ms)
{
	nanosleep(&(struct timespec){.tv_nsec = ms * 1000000L}, NULL);
}

static void print(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)level;
	(void)id;
	fprintf(ctx, "%s\n", text);
}

static void it_is_drawn_after_a_moment_and_goes(void **state)
{
	struct cli_progress p;
	struct alg_log log = {0};

	(void)state;
	open_terminal(80);
	cli_progress_start(&p, to, "reading sessions", &log);
	cli_progress_step(1, 200, &p);
	assert_string_equal(written(), "");
	wait_ms(310);
	cli_progress_step(50, 200, &p);
	assert_string_equal(written(), "reading sessions [#####...............] 50 of 200");
	cli_progress_step(51, 200, &p); /* too soon */
	assert_string_equal(written(), "");
	wait_ms(110);
	cli_progress_step(200, 200, &p);
	assert_non_null(strstr(written(), "\rreading sessions [####################] 200 of 200"));
	cli_progress_end(&p);
	written();
	assert_int_equal(strspn(said + 1, " "), strlen("reading sessions [####################] 200 of 200"));
	assert_true(said[0] == '\r' && said[strlen(said) - 1] == '\r');
	close_terminal();
}

static void a_message_has_a_line_of_its_own(void **state)
{
	struct cli_progress p;
	struct alg_log log = {.sink = print, .level = ALG_LEVEL_NOTE};

	(void)state;
	open_terminal(80);
	log.ctx = to;
	cli_progress_start(&p, to, "reading", &log);
	wait_ms(310);
	cli_progress_step(1, 2, &p);
	written();
	alg_fail(&log, MSG_NOMEM, "x");
	written();
	assert_true(said[0] == '\r' && said[1] == ' '); /* the bar is gone before it */
	assert_true(strrchr(said, '\r')[1] != ' ' && said[strlen(said) - 1] == '\n');
	cli_progress_end(&p);
	assert_ptr_equal(log.sink, print);
	assert_ptr_equal(log.ctx, to);
	close_terminal();
}

static void nothing_in_a_file_or_a_narrow_terminal(void **state)
{
	struct cli_progress p;
	struct alg_log log = {.sink = print, .level = ALG_LEVEL_NOTE};
	char name[] = "/tmp/alg-progress-XXXXXX";
	int fd = mkstemp(name);
	FILE *file = fdopen(fd, "w");

	(void)state;
	assert_non_null(file);
	cli_progress_start(&p, file, "reading", &log);
	p.next_ns = 0;
	cli_progress_step(1, 2, &p);
	cli_progress_end(&p);
	fflush(file);
	assert_int_equal(ftell(file), 0);
	assert_ptr_equal(log.sink, print);
	fclose(file);
	unlink(name);
	open_terminal(40);
	cli_progress_start(&p, to, "reading", &log);
	p.next_ns = 0;
	cli_progress_step(1, 2, &p);
	cli_progress_end(&p);
	assert_string_equal(written(), "");
	close_terminal();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_drawn_after_a_moment_and_goes),
		cmocka_unit_test(a_message_has_a_line_of_its_own),
		cmocka_unit_test(nothing_in_a_file_or_a_narrow_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
