/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The measuring screen on a pseudo-terminal: its pictures against stored texts, and what a terminal
 * makes of the bytes against the picture. A terminal that does not read is not waited for.
 */
#include "base/clock.h"
#include "base/status.h"
#include "base/text.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_golden.h"
#include "tests/unit/help_vt.h"
#include "ui/letters.h"
#include "ui/order.h"
#include "ui/screen.h"
#include "ui/term.h"

#include <fcntl.h>
#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define S ALG_NS_PER_S

/* newterm() keeps a little memory where it does not know the terminal; asked by the leak sanitizer. */
__attribute__((visibility("default"))) const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:new_prescr\n";
}

static struct ses_point point[3] = {
	{.label = "Upper trapezius, midpoint (right)", .side = 'R', .posture = "sitting", .along_mm = 20, .across_mm = -5,
		.landmark = "Upper border, halfway between C7 spinous process and acromion", .finding_taut_band = 'y',
		.finding_twitch = 'n', .finding_familiar = 'y', .finding_activity = 'a'},
	{.label = "Upper trapezius, midpoint (left)", .side = 'L', .posture = "sitting", .along_mm = NAN, .across_mm = NAN,
		.landmark = "Upper border, halfway between C7 spinous process and acromion"},
	{.label = "Sternum", .side = 'M', .posture = "supine", .along_mm = 0, .across_mm = 0, .ceiling_kpa = 600,
		.landmark = "Middle of the sternum's body, on bone", .caution = "bone: osteoporosis, bruising"},
};
static const struct ses_points points = {.point = point, .n = 3};
static const struct ses_procedure proc = {
	.id = "myofascial-quick", .name = "Myofascial quick", .version = "1.0", .rounds = 3, .corridor = 0.2, .max_presses = 5, .rate_kpa_s = 30};
static const struct ui_plan plan = {.title = "P012  session 3  pre", .points = &points, .proc = &proc, .simulated = true,
	.keys = "SPACE patient says now  r reject  s skip  b back  p pause  w wrong site  f faint  q end  x patient asks to stop"};
static const double table[15] = {182, 196, [5] = 298, [10] = 600};
static const unsigned char status[15] = {SES_ACCEPTED, SES_ACCEPTED, SES_REJECTED, [5] = SES_ACCEPTED, [6] = SES_MISSING,
	[10] = SES_CENSORED};

static struct acq_shown shown(enum acq_phase phase)
{
	return (struct acq_shown){.phase = phase, .point = 0, .round = 2, .press_of_point = 1, .done = 4, .planned = 9,
		.last_status = SES_ACCEPTED, .last_point = 1, .target_rate_kpa_s = 30, .ceiling_kpa = 600, .force_n = 0.04,
		.pressure_kpa = 0.4, .rate_kpa_s = NAN, .last_ppt_kpa = 298, .last_rate_kpa_s = 29, .table = table,
		.table_status = status, .table_columns = 5};
}

static struct acq_shown pressing(double kpa, double rate, enum acq_cue cue)
{
	struct acq_shown v = shown(ACQ_RAMP);

	v.pressure_kpa = kpa;
	v.force_n = kpa / 10;
	v.rate_kpa_s = rate;
	v.cue = cue;
	return v;
}

/* As the gate leaves it. */
static struct acq_shown hidden(struct acq_shown v)
{
	v.blinded = true;
	v.force_n = v.pressure_kpa = v.rate_kpa_s = v.last_ppt_kpa = v.last_rate_kpa_s = NAN;
	v.table = NULL;
	v.table_status = NULL;
	v.table_columns = 0;
	return v;
}

/* ---- a terminal ---------------------------------------------------------------------------------- */

struct bench {
	int terminal, program; /* the two ends */
	struct ui_screen *screen;
	struct help_vt vt;
	char raw[1 << 18];
	size_t n_raw;
	int64_t now_ns;
	char text[1 << 17], seen[1 << 17];
};

static void bench_start(struct bench *b, const char *type, const char *lang, int rows, int columns, const struct ui_plan *p)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

	memset(b, 0, sizeof(*b));
	setenv("TERM", type, 1);
	setenv("LC_ALL", lang, 1);
	assert_int_equal(openpty(&b->terminal, &b->program, NULL, NULL, &size), 0);
	fcntl(b->terminal, F_SETFL, O_NONBLOCK);
	help_vt_start(&b->vt, rows, columns);
	assert_int_equal(ui_screen_open(&b->screen, b->program, true, p), 0);
	b->now_ns = S;
}

/* The terminal takes all there is and adds it to raw. Returns the bytes. */
static size_t bench_read(struct bench *b)
{
	size_t before = b->n_raw;
	ssize_t n;

	while (b->n_raw < sizeof(b->raw) && (n = read(b->terminal, b->raw + b->n_raw, sizeof(b->raw) - b->n_raw)) > 0)
		b->n_raw += (size_t)n;
	assert_true(b->n_raw < sizeof(b->raw));
	help_vt_feed(&b->vt, b->raw + before, b->n_raw - before);
	return b->n_raw - before;
}

/* Everything that is pending comes to the terminal. */
static void bench_settle(struct bench *b, const struct acq_shown *v)
{
	do
		ui_screen_draw(b->screen, v, b->now_ns, false);
	while (bench_read(b));
}

/* The emulated terminal has no marks above letters. */
static void without_marks(char *text)
{
	for (char *p; (p = strstr(text, "\xCC\x81")) != NULL;)
		memmove(p, p + 2, strlen(p + 2) + 1);
}

static void bench_draw(struct bench *b, const struct acq_shown *v)
{
	b->now_ns += S / 10;
	b->n_raw = 0;
	ui_screen_draw(b->screen, v, b->now_ns, true);
	bench_settle(b, v);
	ui_screen_text(b->screen, b->text, sizeof(b->text));
	help_vt_text(&b->vt, b->seen, sizeof(b->seen));
	without_marks(b->text);
	if (strcmp(b->seen, b->text)) {
		fprintf(stderr, "drawn:\n%sseen:\n%s", b->text, b->seen);
		fail();
	}
	assert_int_equal(b->vt.unknown, 0);
}

static void bench_stop(struct bench *b)
{
	ui_screen_close(b->screen);
	close(b->program);
	close(b->terminal);
}

/* ---- pictures ------------------------------------------------------------------------------------ */

static void picture(const char *name, const char *type, const char *lang, int rows, int columns, struct acq_shown v)
{
	static struct bench b;
	char path[64];

	bench_start(&b, type, lang, rows, columns, &plan);
	if (v.phase == ACQ_WAIT)
		ui_screen_say(b.screen, "saved: press 4, UTRAP_L, accepted");
	bench_draw(&b, &v);
	snprintf(path, sizeof(path), "screen/%s.txt", name);
	help_golden(path, b.text);
	bench_stop(&b);
}

static void pictures(void **state)
{
	struct acq_shown v;

	(void)state;
	picture("rest", "xterm-256color", "C.UTF-8", 24, 80, shown(ACQ_REST));
	picture("ramp-good", "xterm-256color", "C.UTF-8", 24, 80, pressing(152, 29, ACQ_CUE_GOOD));
	picture("ramp-fast", "xterm-256color", "C.UTF-8", 24, 80, pressing(310, 55, ACQ_CUE_FAST));
	v = pressing(604, 31, ACQ_CUE_GOOD);
	v.alarms = ACQ_ALARM_CEILING;
	v.point = 2;
	picture("ceiling", "xterm-256color", "C.UTF-8", 24, 80, v);
	v.alarms = ACQ_ALARM_PREWARN;
	v.pressure_kpa = 588;
	picture("near-ceiling", "xterm-256color", "C.UTF-8", 24, 80, v);
	v = shown(ACQ_RELEASE);
	v.lost = true;
	v.pressure_kpa = v.force_n = NAN;
	picture("lost", "xterm-256color", "C.UTF-8", 24, 80, v);
	v = shown(ACQ_WAIT);
	v.wait_s = 11.2;
	v.point = 1;
	picture("wait", "xterm-256color", "C.UTF-8", 24, 80, v);
	picture("wide", "xterm-256color", "C.UTF-8", 45, 160, v);
}

static void pictures_of_less(void **state)
{
	struct acq_shown v = hidden(pressing(152, 29, ACQ_CUE_SLOW));

	(void)state;
	picture("blinded-ramp", "xterm-256color", "C.UTF-8", 24, 80, v);
	picture("small", "xterm-256color", "C.UTF-8", 12, 40, pressing(152, 29, ACQ_CUE_GOOD));
	picture("least", "xterm-256color", "C.UTF-8", 5, 20, pressing(152, 29, ACQ_CUE_GOOD));
	picture("ascii", "vt100", "C", 24, 80, pressing(310, 55, ACQ_CUE_FAST));
	v = shown(ACQ_WAIT);
	v.unsaved = 2;
	v.disk_failing = true;
	picture("small-disk", "linux", "C.UTF-8", 12, 40, v);
}

/* The pictures one after the other on one terminal: only what changes is sent, and it is enough. */
static void pictures_in_turn(void **state)
{
	static const char *const types[] = {"xterm-256color", "vt100", "vt220", "linux", "screen-256color", "xterm-mono"};
	static struct bench b;

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		bench_start(&b, types[i], i % 2 ? "C" : "C.UTF-8", 24, 80, &plan);
		for (int n = 0; n < 200; n++) {
			struct acq_shown v = n % 7 < 4 ? pressing(3.1 * n, n % 70, (enum acq_cue)(n % 4)) : shown((enum acq_phase)(n % 6));

			v.point = n / 5 % 3;
			v.wait_s = n / 3.0;
			v.alarms = n % 11 == 0 ? ACQ_ALARM_CEILING : n % 13 == 0 ? ACQ_ALARM_PREWARN : 0;
			if (n % 17 == 0)
				ui_screen_say(b.screen, n % 2 ? "one thing" : "the machine slept: the running press does not count");
			bench_draw(&b, &v);
		}
		bench_stop(&b);
	}
}

/* The alarm is not told by its colour alone: the whole band is in reverse. */
static void alarm_is_in_reverse(void **state)
{
	static struct bench b;
	struct acq_shown v = pressing(604, 31, ACQ_CUE_GOOD);

	(void)state;
	v.alarms = ACQ_ALARM_CEILING;
	bench_start(&b, "vt100", "C", 24, 80, &plan);
	bench_draw(&b, &v);
	for (int y = 1; y <= 6; y++)
		assert_true(b.vt.lit[y][0] && b.vt.lit[y][79]);
	v.alarms = 0;
	bench_draw(&b, &v);
	assert_false(b.vt.lit[1][0]);
	bench_stop(&b);
}

/* Nothing that the force does is seen, not even by a caller that forgot the gate. */
static void blinded_bytes_are_the_same(void **state)
{
	static struct bench b[3];
	static const double kpa[] = {2, 17, 0}, rate[] = {1, 3, 0}, last[] = {150, 950, 0};

	(void)state;
	for (int i = 0; i < 3; i++)
		bench_start(&b[i], "xterm-256color", "C.UTF-8", 24, 80, &plan);
	for (int n = 0; n < 60; n++)
		for (int i = 0; i < 3; i++) {
			struct acq_shown v = pressing(kpa[i] * n, rate[i] * n, (enum acq_cue)(n / 7 % 4));

			v.phase = (enum acq_phase)(n % 6);
			v.blinded = true;
			v.last_ppt_kpa = last[i];
			if (i == 2)
				v = hidden(v);
			bench_draw(&b[i], &v);
			assert_true(b[i].n_raw > 0 && b[i].n_raw == b[0].n_raw);
			assert_memory_equal(b[i].raw, b[0].raw, b[0].n_raw);
		}
	for (int i = 0; i < 3; i++)
		bench_stop(&b[i]);
}

/* What the engine knows of one moment, every number of force, pressure and rate scaled. */
static struct acq_view view_of(double scale, enum acq_phase phase, unsigned moment)
{
	static double scaled[2][15];
	double *cells = scaled[scale > 1];
	struct acq_view v = {.phase = phase, .point = (int)(moment % 3), .round = 1 + (int)(moment % 3), .press_of_point = (int)(moment % 4),
		.done = moment % 9, .planned = 9, .cue = (enum acq_cue)(moment % 4), .hold_left_s = moment % 5, .answered = moment & 1,
		.rating_wanted = moment & 2, .kind = (enum ses_kind)(1 + moment % 4), .paused = moment % 19 == 0, .lost = moment % 23 == 0,
		.wait_s = moment % 31, .settle_s = 1.5, .last_status = (enum ses_status)(moment % 5), .last_reason = (enum ses_reason)(moment % 16),
		.last_point = (int)(moment % 4) - 1, .table = cells, .table_columns = 5};

	for (int i = 0; i < 15; i++)
		cells[i] = scale * (table[i] + moment);
	v.table_status = (unsigned char *)(uintptr_t)status;
	v.force_n = scale * moment * 0.31;
	v.pressure_kpa = scale * moment * 3.1;
	v.rate_kpa_s = scale * (20 + moment % 25);
	v.target_rate_kpa_s = scale * 30;
	v.ceiling_kpa = scale * 600;
	v.last_ppt_kpa = scale * (100 + moment);
	v.last_rate_kpa_s = scale * 29;
	return v;
}

/* Through the gate: two examiners with the same cues and 1.4 times the force see the same bytes, whatever happens. */
static void gate_shows_the_same(void **state)
{
	static const struct acq_gate gate = {.blinded = true};
	static struct ses_procedure procs[2];
	static struct ui_plan plans[2];
	static struct bench b[2];
	unsigned moment = 0;

	(void)state;
	for (int size = 0; size < 3; size++) {
		for (int i = 0; i < 2; i++) {
			procs[i] = proc;
			procs[i].rate_kpa_s = i ? 42 : 30;
			procs[i].ceiling_kpa = i ? 840 : 600;
			procs[i].hold_kpa = i ? 280 : 200;
			alg_text_copy(procs[i].name, sizeof(procs[i].name), i ? "Ramp of 42" : "Ramp of 30");
			plans[i] = plan;
			plans[i].proc = &procs[i];
			bench_start(&b[i], "xterm-256color", "C.UTF-8", size == 2 ? 12 : 24 + 21 * size, size == 2 ? 40 : 80 + 80 * size, &plans[i]);
		}
		for (int phase = ACQ_WAIT; phase <= ACQ_DONE; phase++)
			for (unsigned alarms = 0; alarms < 128; alarms++, moment++) {
				struct acq_shown v[2];

				for (int i = 0; i < 2; i++) {
					struct acq_view view = view_of(i ? 1.4 : 1, (enum acq_phase)phase, moment);

					view.alarms = alarms;
					acq_gate_show(&gate, &view, &v[i]);
					assert_true(isnan(v[i].force_n) && isnan(v[i].pressure_kpa) && isnan(v[i].rate_kpa_s) && !v[i].table);
					assert_true(isnan(v[i].target_rate_kpa_s) && isnan(v[i].ceiling_kpa) && isnan(v[i].last_ppt_kpa));
					bench_draw(&b[i], &v[i]);
				}
				assert_true(b[0].n_raw == b[1].n_raw);
				assert_memory_equal(b[0].raw, b[1].raw, b[0].n_raw);
				assert_null(strstr(b[0].seen, "kPa"));
			}
		bench_stop(&b[0]);
		bench_stop(&b[1]);
	}
}

/* The same two moments with the gate open: the picture differs, so that the test above can fail. */
static void open_gate_shows_the_force(void **state)
{
	static const struct acq_gate gate = {.blinded = false};
	static struct bench b;
	static char first[sizeof(b.text)];
	struct acq_view one = view_of(1, ACQ_RAMP, 40), two = view_of(1.4, ACQ_RAMP, 40);
	struct acq_shown v;

	(void)state;
	bench_start(&b, "xterm-256color", "C.UTF-8", 24, 80, &plan);
	acq_gate_show(&gate, &one, &v);
	bench_draw(&b, &v);
	memcpy(first, b.text, sizeof(first));
	acq_gate_show(&gate, &two, &v);
	bench_draw(&b, &v);
	assert_string_not_equal(first, b.text);
	bench_stop(&b);
}

/* ---- terminals that are not as they should be -------------------------------------------------------- */

static int64_t now_ns(void)
{
	return alg_clock_now_ns(alg_clock_system());
}

static void terminal_that_does_not_read(void **state)
{
	static struct bench b;
	int64_t longest_ns = 0;

	(void)state;
	bench_start(&b, "xterm-256color", "C.UTF-8", 60, 200, &plan);
	for (int n = 0; n < 2000; n++) {
		struct acq_shown v = pressing(n % 600, n % 60, (enum acq_cue)(n % 4));
		int64_t before_ns = now_ns();

		b.now_ns += S / 10;
		ui_screen_draw(b.screen, &v, b.now_ns, true);
		longest_ns = now_ns() - before_ns > longest_ns ? now_ns() - before_ns : longest_ns;
	}
	assert_in_range(longest_ns, 0, 100 * ALG_NS_PER_MS); /* milliseconds; the rest is for a busy machine */
	struct acq_shown v = pressing(152, 29, ACQ_CUE_GOOD);

	bench_settle(&b, &v);
	bench_draw(&b, &v);
	assert_non_null(strstr(b.seen, "the rate is good"));
	bench_stop(&b);
}

/* Nor at the end, for longer than a moment. */
static void terminal_that_is_left_full(void **state)
{
	static struct bench b;
	int flags;
	char junk[4096];

	(void)state;
	memset(junk, 'x', sizeof(junk));
	bench_start(&b, "xterm-256color", "C.UTF-8", 24, 80, &plan);
	flags = fcntl(b.program, F_GETFL);
	assert_false(flags & O_NONBLOCK); /* others share it */
	fcntl(b.program, F_SETFL, flags | O_NONBLOCK);
	while (write(b.program, junk, sizeof(junk)) > 0)
		;
	struct acq_shown v = shown(ACQ_REST);

	ui_screen_draw(b.screen, &v, S, true);
	int64_t before_ns = now_ns();

	bench_stop(&b);
	assert_in_range(now_ns() - before_ns, 0, 2 * S);
}

static void terminal_that_goes_away(void **state)
{
	static struct bench b;
	struct acq_shown v = shown(ACQ_REST);

	(void)state;
	bench_start(&b, "xterm-256color", "C.UTF-8", 24, 80, &plan);
	close(b.terminal);
	for (int n = 0; n < 10; n++)
		ui_screen_draw(b.screen, &v, n * S, true);
	b.terminal = open("/dev/null", O_RDONLY);
	bench_stop(&b);
}

static void bench_resize(struct bench *b, int rows, int columns)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

	assert_int_equal(ioctl(b->terminal, TIOCSWINSZ, &size), 0);
	help_vt_start(&b->vt, rows, columns); /* blank: all must come again */
}

static void terminal_of_another_size(void **state)
{
	static struct bench b;

	(void)state;
	bench_start(&b, "xterm-256color", "C.UTF-8", 24, 80, &plan);
	for (int rows = 2; rows <= 60; rows += 1 + rows / 6)
		for (int columns = 8; columns <= 240; columns += 1 + columns / 5)
			for (int n = 0; n < 4; n++) {
				struct acq_shown v = n < 2 ? pressing(152, 29, ACQ_CUE_FAST) : shown(ACQ_WAIT);

				v.point = n % 3;
				v.alarms = n == 1 ? ACQ_ALARM_CEILING : 0;
				v.wait_s = 12;
				v = n == 2 ? hidden(v) : v;
				if (n == 0)
					bench_resize(&b, rows, columns);
				bench_draw(&b, &v);
			}
	bench_resize(&b, 1, 1);
	struct acq_shown v = shown(ACQ_WAIT);

	ui_screen_draw(b.screen, &v, b.now_ns + S, true);
	bench_stop(&b);
}

static void terminal_without_cursor(void **state)
{
	static const char *const types[] = {"dumb", "unknown", "no-such-terminal", ""};
	static struct bench b;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct acq_shown v = shown(ACQ_REST);

		bench_start(&b, types[i], "C.UTF-8", 24, 80, &plan);
		ui_screen_draw(b.screen, &v, S, true);
		ui_screen_say(b.screen, "press when ready");
		bench_read(&b);
		b.raw[b.n_raw] = '\0';
		assert_non_null(strstr(b.raw, "picture\r\n"));
		assert_non_null(strstr(b.raw, "press when ready\r\n"));
		assert_null(strchr(b.raw, '\033'));
		bench_stop(&b);
	}
}

/* Lines, and nothing else, where no picture is wanted. */
static void plain_lines(void **state)
{
	struct acq_shown v = shown(ACQ_REST);
	struct ui_screen *screen;
	char got[200] = "";
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(ui_screen_open(&screen, ends[1], false, &plan), 0);
	ui_screen_draw(screen, &v, S, true);
	ui_screen_say(screen, "next: \033[2Jone");
	ui_screen_say(screen, "two");
	ui_screen_close(screen);
	assert_true(read(ends[0], got, sizeof(got) - 1) > 0);
	assert_string_equal(got, "next: \\x1B[2Jone\ntwo\n");
	close(ends[0]);
	close(ends[1]);
}

/* ---- texts --------------------------------------------------------------------------------------------- */

static void hostile_label(void **state)
{
	static struct ses_point nasty[2];
	static const struct ses_points two = {.point = nasty, .n = 2};
	static struct bench b;
	struct ui_plan p = plan;
	struct acq_shown v = shown(ACQ_REST);

	(void)state;
	nasty[0] = point[0];
	nasty[1] = point[1];
	strcpy(nasty[0].label, "\033]0;own\a\033[2J\xE6\x96\x9C\xE5\x83\xA7\xE7\xAD\x8B\xE2\x80\xAE right\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\xA6\xB0");
	strcpy(nasty[0].landmark, "\xFF\xFE%s%n a\r\nb\tc e\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81\xCC\x81 \xC2\x9B" "31m");
	memset(nasty[1].label, 'W', sizeof(nasty[1].label) - 1);
	memset(nasty[1].landmark, 'w', sizeof(nasty[1].landmark) - 1);
	memset(nasty[1].caution, 'c', sizeof(nasty[1].caution) - 1);
	p.points = &two;
	p.title = "\033[31mP012";
	for (int i = 0; i < 4; i++) {
		bench_start(&b, "xterm-256color", i % 2 ? "C" : "C.UTF-8", 24, 80, &p);
		v.point = i / 2;
		v.last_point = 0;
		ui_screen_say(b.screen, "\033c\xE2\x80\xAE\xE2\x80\x8F said");
		bench_draw(&b, &v);
		assert_non_null(strstr(b.seen, "\\x1B]0;own\\x07\\x1B[2J"));
		assert_non_null(strstr(b.seen, i / 2 ? "patient's LEFT" : "patient's RIGHT"));
		if (i == 0)
			assert_non_null(strstr(b.seen, "\xE6\x96\x9C\xE5\x83\xA7\xE7\xAD\x8B\\u202E right"));
		bench_stop(&b);
	}
}

/* "Press when ready" is gone while the hand presses; what is said in a phase stays as long as it. */
static void sentences_go(void **state)
{
	static struct bench b;
	struct acq_shown rest = shown(ACQ_REST), ramp = pressing(152, 29, ACQ_CUE_GOOD);

	(void)state;
	bench_start(&b, "xterm", "C.UTF-8", 24, 80, &plan);
	ui_screen_say(b.screen, "something was said");
	bench_draw(&b, &rest);
	b.now_ns += 60 * S;
	bench_draw(&b, &rest);
	assert_non_null(strstr(b.seen, "something was said"));
	bench_draw(&b, &ramp);
	assert_null(strstr(b.seen, "something was said"));
	bench_stop(&b);
}

/* What others write on the terminal is gone after a press. */
static void picture_is_mended(void **state)
{
	static struct bench b;
	static const char junk[] = "\r\n\r\nlibrary: warning\r\n";
	struct acq_shown v = shown(ACQ_REST);

	(void)state;
	bench_start(&b, "xterm", "C.UTF-8", 24, 80, &plan);
	bench_draw(&b, &v);
	help_vt_feed(&b.vt, junk, sizeof(junk) - 1);
	b.now_ns += 20 * S;
	v.phase = ACQ_SETTLE;
	ui_screen_draw(b.screen, &v, b.now_ns, true);
	v.phase = ACQ_WAIT;
	bench_draw(&b, &v);
	assert_null(strstr(b.seen, "library"));
	bench_stop(&b);
}

/* Every word has all its letters, and fits 80 columns twice as wide as high dots are. */
static void words_have_letters(void **state)
{
	struct ui_order order;

	(void)state;
	for (int phase = ACQ_WAIT; phase <= ACQ_DONE; phase++)
		for (int cue = 0; cue < 4; cue++)
			for (unsigned alarms = 0; alarms < 128; alarms++) {
				struct acq_shown v = {.phase = (enum acq_phase)phase, .cue = (enum acq_cue)cue, .alarms = alarms,
					.wait_s = alarms, .lost = alarms & ACQ_ALARM_LOST, .paused = cue == 3 && alarms & 1};

				ui_order_make(&order, &v);
				assert_in_range(ui_letters_wide(order.word), 1, 40);
				for (char *c = order.word; *c; c++) {
					char one[2] = {*c, '\0'};
					int dots = 0;

					for (int i = 0; i < 25; i++)
						dots += ui_letters_dot(one, i / 5, i % 5);
					assert_true(dots > 0 || *c == ' ');
				}
				if (alarms & ACQ_ALARM_CEILING)
					assert_string_equal(order.word, "LIFT");
			}
}

/* ---- what is not touched --------------------------------------------------------------------------------- */

static void modes_and_signals_stay(void **state)
{
	static struct bench b;
	struct termios before, after;
	struct sigaction was[4], is;
	static const int watched[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
	struct acq_shown v = shown(ACQ_REST);
	int end;

	(void)state;
	for (int i = 0; i < 4; i++)
		sigaction(watched[i], NULL, &was[i]);
	bench_start(&b, "xterm-256color", "C.UTF-8", 24, 80, &plan);
	memset(&before, 0, sizeof(before)); /* what lies between the members */
	memset(&after, 0, sizeof(after));
	tcgetattr(b.program, &before);
	bench_draw(&b, &v);
	tcgetattr(b.program, &after);
	assert_memory_equal(&before, &after, sizeof(before));
	for (int i = 0; i < 4; i++) {
		sigaction(watched[i], NULL, &is);
		assert_true(is.sa_handler == was[i].sa_handler);
	}
	end = dup(b.terminal);
	bench_stop(&b);
	b.n_raw = (size_t)read(end, b.raw, sizeof(b.raw) - 1);
	assert_true(b.n_raw > 0 && b.n_raw < sizeof(b.raw));
	b.raw[b.n_raw] = '\0';
	assert_non_null(strstr(b.raw, "\033[?1049l")); /* the terminal as it was */
	close(end);
}

/* All bytes, in order, whatever the other end takes at a time. */
static void pump_keeps_the_order(void **state)
{
	struct ui_term term;
	char buf[5000];
	unsigned given = 0, got = 0;
	int ends[2];
	ssize_t n;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	ui_term_open(&term, ends[1]);
	while (got < 1000000) {
		for (size_t i = 0; i < sizeof(buf); i++)
			buf[i] = (char)(given++ % 251);
		assert_int_equal(ui_term_put(&term, buf, sizeof(buf)), 0);
		ui_term_pump(&term);
		n = given % 3 ? read(ends[0], buf, given % sizeof(buf)) : 0;
		for (ssize_t i = 0; i < n; i++)
			assert_int_equal((unsigned char)buf[i], got++ % 251);
		while (given > got + 400000 && (n = read(ends[0], buf, sizeof(buf))) > 0) {
			for (ssize_t i = 0; i < n; i++)
				assert_int_equal((unsigned char)buf[i], got++ % 251);
			ui_term_pump(&term);
		}
	}
	ui_term_close(&term);
	close(ends[0]);
	close(ends[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures),
		cmocka_unit_test(pictures_of_less),
		cmocka_unit_test(pictures_in_turn),
		cmocka_unit_test(alarm_is_in_reverse),
		cmocka_unit_test(blinded_bytes_are_the_same),
		cmocka_unit_test(gate_shows_the_same),
		cmocka_unit_test(open_gate_shows_the_force),
		cmocka_unit_test(terminal_that_does_not_read),
		cmocka_unit_test(terminal_that_is_left_full),
		cmocka_unit_test(terminal_that_goes_away),
		cmocka_unit_test(terminal_of_another_size),
		cmocka_unit_test(terminal_without_cursor),
		cmocka_unit_test(plain_lines),
		cmocka_unit_test(hostile_label),
		cmocka_unit_test(sentences_go),
		cmocka_unit_test(picture_is_mended),
		cmocka_unit_test(words_have_letters),
		cmocka_unit_test(modes_and_signals_stay),
		cmocka_unit_test(pump_keeps_the_order),
	};

	setlocale(LC_CTYPE, "C.UTF-8");
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
