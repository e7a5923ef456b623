/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ring, the reader's and the store's thread, the gate and the button's pipe. */
#include "acq/gate.h"
#include "acq/reader.h"
#include "acq/ring.h"
#include "acq/store.h"
#include "data/chain.h"
#include "base/clock.h"
#include "sim/world.h"
#include "tests/unit/assert_close.h"
#include "ui/button.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void sleep_ms(int ms)
{
	const struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L};

	nanosleep(&t, NULL);
}

/* ---- ring ------------------------------------------------------------------------------------- */

enum { MANY = 200000 };

static void *writer(void *arg)
{
	struct acq_ring *ring = arg;

	for (int i = 0; i < MANY;)
		if (acq_ring_put(ring, &i))
			i++;
	return NULL;
}

static void ring_keeps_order_between_threads(void **state)
{
	struct acq_ring ring;
	pthread_t thread;
	int got, next = 0;

	(void)state;
	assert_int_equal(acq_ring_init(&ring, sizeof(int), 100), ALG_ERR_ARG); /* no power of two */
	assert_int_equal(acq_ring_init(&ring, sizeof(int), 64), 0);
	assert_int_equal(pthread_create(&thread, NULL, writer, &ring), 0);
	while (next < MANY) {
		struct pollfd p = {.fd = ring.wake_fd, .events = POLLIN};

		if (!acq_ring_get(&ring, &got)) {
			assert_int_equal(poll(&p, 1, 2000), 1); /* woken: nothing is left lying */
			continue;
		}
		assert_int_equal(got, next++);
	}
	pthread_join(thread, NULL);
	acq_ring_free(&ring);
}

static void a_full_ring_refuses_and_counts(void **state)
{
	struct acq_ring ring;
	int v = 7;

	(void)state;
	assert_int_equal(acq_ring_init(&ring, sizeof(int), 4), 0);
	for (int i = 0; i < 4; i++)
		assert_true(acq_ring_put(&ring, &i));
	assert_false(acq_ring_put(&ring, &v));
	assert_int_equal(ring.refused, 1);
	assert_true(acq_ring_get(&ring, &v));
	assert_int_equal(v, 0);
	assert_true(acq_ring_put(&ring, &v));
	acq_ring_free(&ring);
}

/* ---- reader: a gauge made of a table, spoken to as a Wagner ------------------------------------- */

struct gauge {
	_Atomic int tenths;  /* newton x 10 */
	_Atomic bool silent, gone;
	_Atomic int asked, opened;
	int answers;         /* waiting */
	_Atomic unsigned alarms;
	/* played by itself: so many times over the ceiling for half a second each, a second apart, then silence */
	int64_t start_ns;
	int pulses;
	bool over;
	_Atomic int64_t over_ns, last_ns;   /* the first reading over the ceiling, the last of all: when they were here */
	_Atomic int64_t best_ns, worst_ns, lost_ns; /* from there to the alarm */
	_Atomic int pulses_rung;
	int bell_fd;
};

enum { LOW_TENTHS = 50, HIGH_TENTHS = 250 };

/* What the gauge shows now; false: nothing any more. */
static bool play(struct gauge *g, int64_t now_ns)
{
	int64_t since_ns = now_ns - g->start_ns;

	if (!g->start_ns)
		return true;
	atomic_store(&g->tenths, since_ns % ALG_NS_PER_S >= ALG_NS_PER_S / 2 ? HIGH_TENTHS : LOW_TENTHS);
	return since_ns < g->pulses * ALG_NS_PER_S;
}

static void note_arrival(struct gauge *g, int64_t now_ns)
{
	bool over = atomic_load(&g->tenths) == HIGH_TENTHS;

	if (over && !g->over)
		atomic_store(&g->over_ns, now_ns);
	g->over = over;
	atomic_store(&g->last_ns, now_ns);
}

static int gauge_read(void *ctx, uint8_t *buf, size_t cap, int timeout_ms)
{
	struct gauge *g = ctx;

	if (atomic_load(&g->gone))
		return ALG_ERR_NODEV;
	sleep_ms(g->answers ? 2 : timeout_ms < 20 ? timeout_ms : 20);
	int64_t now_ns = alg_clock_now_ns(alg_clock_system());

	if (!g->answers || atomic_load(&g->silent) || !play(g, now_ns)) {
		g->answers = 0;
		return 0;
	}
	g->answers = 0;
	note_arrival(g, now_ns);
	int t = atomic_load(&g->tenths);

	return snprintf((char *)buf, cap, "%d.%d N\r\n", t / 10, t % 10);
}

static int gauge_write(void *ctx, const uint8_t *buf, size_t len, int timeout_ms)
{
	struct gauge *g = ctx;

	(void)buf;
	(void)timeout_ms;
	g->answers = len > 0;
	atomic_fetch_add(&g->asked, 1);
	return atomic_load(&g->gone) ? ALG_ERR_NODEV : 0;
}

static void gauge_sleep(void *ctx, int ms)
{
	(void)ctx;
	sleep_ms(ms);
}

static int64_t gauge_now(void *ctx)
{
	(void)ctx;
	return alg_clock_now_ns(alg_clock_system());
}

static void gauge_close(void *ctx)
{
	(void)ctx;
}

static int open_gauge(void *ctx, struct alg_device **out)
{
	static const struct alg_transport_ops ops = {.name = "table", .read = gauge_read, .write = gauge_write,
		.sleep_ms = gauge_sleep, .now_ns = gauge_now, .close = gauge_close};
	const struct alg_transport transport = {.ops = &ops, .ctx = ctx};
	const struct alg_open_opts opts = {.transport = &transport};
	struct gauge *g = ctx;
	struct alg_uri uri;

	*out = NULL;
	if (atomic_load(&g->gone))
		return ALG_ERR_NODEV;
	atomic_fetch_add(&g->opened, 1);
	int rc = alg_uri_parse("tty:/dev/null?family=wagner", &uri, NULL);

	return rc < 0 ? rc : alg_device_open(&uri, &opts, out);
}

static void on_alarm(void *ctx, unsigned alarms)
{
	struct gauge *g = ctx;
	int64_t now_ns = alg_clock_now_ns(alg_clock_system()), after_ns = now_ns - atomic_load(&g->over_ns);

	atomic_fetch_or(&g->alarms, alarms);
	if (!g->start_ns)
		return;
	if (write(g->bell_fd, "\a", 1) < 0 && errno != EAGAIN)
		fail(); /* as record rings it: a terminal that takes nothing is not waited for */
	if (alarms & ACQ_ALARM_LOST)
		atomic_store(&g->lost_ns, now_ns - atomic_load(&g->last_ns));
	if (!(alarms & ACQ_ALARM_CEILING))
		return;
	if (!atomic_load(&g->best_ns) || after_ns < atomic_load(&g->best_ns))
		atomic_store(&g->best_ns, after_ns);
	if (after_ns > atomic_load(&g->worst_ns))
		atomic_store(&g->worst_ns, after_ns);
	g->pulses_rung++;
}

static struct acq_reader *start_reader(struct gauge *g, size_t capacity)
{
	struct acq_reader_opts opts = {.reopen = open_gauge, .alarm = on_alarm, .ctx = g, .ring_capacity = capacity};
	struct acq_reader *reader;

	assert_int_equal(open_gauge(g, &opts.device), 0);
	assert_int_equal(acq_reader_new(&reader, &opts), 0);
	return reader;
}

/* The next item of a kind within two seconds. */
static bool await(struct acq_reader *reader, enum acq_item_kind kind, struct acq_item *item)
{
	for (int64_t end = gauge_now(NULL) + 2 * ALG_NS_PER_S; gauge_now(NULL) < end;) {
		struct pollfd p = {.fd = acq_reader_fd(reader), .events = POLLIN};

		while (acq_reader_get(reader, item))
			if (item->kind == kind)
				return true;
		poll(&p, 1, 50);
	}
	return false;
}

static void the_alarm_sounds_before_the_sample_is_handed_on(void **state)
{
	struct gauge g = {.tenths = 50};
	const struct acq_guard_limits limits = {.ceiling_n = 20, .contact_n = 0.5, .target_rate_n_s = 3};
	struct acq_reader *reader = start_reader(&g, 1024);
	struct acq_item item;

	(void)state;
	acq_reader_limits(reader, &limits);
	assert_int_equal(acq_reader_start(reader), 0);
	assert_true(await(reader, ACQ_ITEM_SAMPLE, &item));
	assert_close(item.sample.force_n, 5, 1e-12);
	assert_int_equal(atomic_load(&g.alarms) & ACQ_ALARM_CEILING, 0);
	atomic_store(&g.tenths, 250);
	do
		assert_true(await(reader, ACQ_ITEM_SAMPLE, &item));
	while (item.sample.force_n < 20);
	assert_true(atomic_load(&g.alarms) & ACQ_ALARM_CEILING);
	assert_true(await(reader, ACQ_ITEM_ALARM, &item));
	assert_true(item.alarms & ACQ_ALARM_CEILING);
	acq_reader_free(reader);
}

/* All of the limits go to the reader: a hold stands still for seconds, and that is no stuck gauge. */
static void a_hold_that_stands_still_is_not_stuck(void **state)
{
	struct acq_guard_limits limits = {.ceiling_n = 20, .contact_n = 0.5, .target_rate_n_s = 3, .stuck_after_s = 60};
	struct gauge g = {.tenths = 50};
	struct acq_reader *reader = start_reader(&g, 1024);
	struct acq_item item;

	(void)state;
	acq_reader_limits(reader, &limits);
	assert_int_equal(acq_reader_start(reader), 0);
	assert_true(await(reader, ACQ_ITEM_SAMPLE, &item));
	sleep_ms(1700);
	assert_int_equal(atomic_load(&g.alarms) & ACQ_ALARM_STUCK, 0);
	limits.stuck_after_s = 0;
	acq_reader_limits(reader, &limits);
	for (int i = 0; i < 100 && !(atomic_load(&g.alarms) & ACQ_ALARM_STUCK); i++)
		sleep_ms(20);
	assert_true(atomic_load(&g.alarms) & ACQ_ALARM_STUCK);
	acq_reader_free(reader);
}

static void a_gauge_that_goes_is_told_and_found_again(void **state)
{
	struct gauge g = {.tenths = 50};
	struct acq_reader *reader = start_reader(&g, 1024);
	struct acq_item item;

	(void)state;
	assert_int_equal(acq_reader_start(reader), 0);
	assert_true(await(reader, ACQ_ITEM_SAMPLE, &item));
	atomic_store(&g.gone, true);
	assert_true(await(reader, ACQ_ITEM_LOST, &item));
	assert_true(atomic_load(&g.alarms) & ACQ_ALARM_LOST);
	atomic_store(&g.gone, false);
	assert_true(await(reader, ACQ_ITEM_BACK, &item)); /* within 2 s of its return */
	atomic_store(&g.alarms, 0);
	assert_true(await(reader, ACQ_ITEM_SAMPLE, &item));
	assert_true(item.sample.flags & SES_SAMPLE_GAP);
	assert_true(await(reader, ACQ_ITEM_SAMPLE, &item));
	assert_false(item.sample.flags & SES_SAMPLE_GAP);
	assert_int_equal(atomic_load(&g.alarms) & ACQ_ALARM_GAP, 0); /* a loss was told, and teaches nothing */
	assert_int_equal(atomic_load(&g.opened), 2);
	acq_reader_free(reader);
}

static void silence_is_told_once(void **state)
{
	struct gauge g = {.tenths = 50};
	struct acq_reader *reader = start_reader(&g, 1024);
	struct acq_item item;
	int lost = 0;

	(void)state;
	assert_int_equal(acq_reader_start(reader), 0);
	assert_true(await(reader, ACQ_ITEM_SAMPLE, &item));
	atomic_store(&g.silent, true);
	assert_true(await(reader, ACQ_ITEM_LOST, &item));
	sleep_ms(400);
	while (acq_reader_get(reader, &item))
		lost += item.kind == ACQ_ITEM_LOST;
	assert_int_equal(lost, 0);
	acq_reader_free(reader);
}

static void samples_that_the_ring_refused_are_flagged(void **state)
{
	struct gauge g = {.tenths = 50};
	struct acq_reader *reader = start_reader(&g, 4);
	struct acq_item item;
	bool flagged = false;

	(void)state;
	for (int i = 0; i < 8; i++)
		assert_true(acq_reader_step(reader, 100) >= 0); /* nobody takes anything */
	assert_true(atomic_load(&g.alarms) & ACQ_ALARM_DROPPED);
	while (acq_reader_get(reader, &item))
		;
	for (int i = 0; i < 4; i++)
		acq_reader_step(reader, 100);
	while (acq_reader_get(reader, &item))
		flagged |= item.kind == ACQ_ITEM_SAMPLE && (item.sample.flags & SES_SAMPLE_DROPPED);
	assert_true(flagged);
	acq_reader_free(reader);
}

/* ---- a disk that does not answer, a terminal that takes nothing, a main thread that sleeps --------- */

static _Atomic bool disk_hangs;

/* The journal's, in this program. */
int fdatasync(int fd)
{
	while (atomic_load(&disk_hangs))
		sleep_ms(5);
	return (int)syscall(SYS_fdatasync, fd);
}

/* The writing end of a terminal that is full. */
static int full_terminal(int *other_end)
{
	static const char much[4096];
	int ends[2];

	assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
	while (write(ends[1], much, sizeof(much)) > 0)
		;
	while (write(ends[1], much, 1) > 0)
		;
	*other_end = ends[0];
	return ends[1];
}

static struct acq_store *start_store(const char *dir, char file[64], char journal[64])
{
	struct ses_session ses = {.header.tip_area_cm2 = 1, .header.participant = "P001", .header.simulated = 1};
	struct ses_point point = {.site_code = "UTRAP_R", .side = 'R', .series = 1, .role = SES_ROLE_TARGET,
		.view = "posterior", .ceiling_kpa = 1000};
	struct acq_store_plan plan = {.session_path = file, .journal_path = journal, .reserve_bytes = 1 << 16,
		.clock = alg_clock_system()};
	struct acq_store *store;

	snprintf(file, 64, "%s/s_algometry.h5", dir);
	assert_true(ses_journal_path(file, false, journal, 64));
	ses_uuid_make(ses.header.uuid);
	ses.header.procedure_text = strdup("");
	ses.header.instruction = strdup("");
	assert_int_equal(ses_session_add_points(&ses, &(struct ses_points){&point, 1}), 0);
	assert_int_equal(acq_store_start(&store, &ses, &plan, NULL), 0);
	return store;
}

static void check_alarms(const struct gauge *g)
{
	const int64_t poll_ns = 40 * ALG_NS_PER_MS; /* reader.c waits so long for a silent gauge at a time */

	assert_int_equal(atomic_load(&g->pulses_rung), g->pulses);
	/* Nothing of the program's own lies between: 10 ms at the best of the times, whatever else the machine does. */
	assert_true(atomic_load(&g->best_ns) <= 10 * ALG_NS_PER_MS);
	assert_true(atomic_load(&g->worst_ns) <= 250 * ALG_NS_PER_MS);
	assert_true(atomic_load(&g->alarms) & ACQ_ALARM_LOST);
	assert_true(atomic_load(&g->lost_ns) >= 250 * ALG_NS_PER_MS);
	assert_true(atomic_load(&g->lost_ns) <= 250 * ALG_NS_PER_MS + poll_ns + 200 * ALG_NS_PER_MS);
}

static void alarms_wait_for_nobody(void **state)
{
	const struct acq_guard_limits limits = {.ceiling_n = 20, .contact_n = 0.5, .target_rate_n_s = 3};
	char dir[] = "/tmp/alg-threads-XXXXXX", file[64], journal[64], done[80];
	struct gauge g = {.tenths = LOW_TENTHS, .pulses = 4};
	struct acq_press press = {.trial = {.site_code = "UTRAP_R", .side = "R", .series = 1, .round = 1, .press = 1,
		.status = SES_ACCEPTED, .response = SES_RESPONSE_BUTTON, .ppt_kpa = 200, .t_release_s = 1}};
	struct acq_store_state disk;
	int other_end;

	(void)state;
	assert_non_null(mkdtemp(dir));
	struct acq_store *store = start_store(dir, file, journal);
	struct acq_reader *reader = start_reader(&g, 1024);

	g.bell_fd = full_terminal(&other_end);
	acq_reader_limits(reader, &limits);
	atomic_store(&disk_hangs, true);
	assert_int_equal(acq_store_press(store, &press), 0); /* comes back at once */
	g.start_ns = gauge_now(NULL);
	assert_int_equal(acq_reader_start(reader), 0);
	sleep_ms(5000); /* main takes nothing from the ring and draws nothing */
	acq_store_state(store, &disk);
	assert_int_equal(disk.given, 1);
	assert_int_equal(disk.acknowledged, 0); /* the disk did hang */
	assert_true(disk.slow);
	check_alarms(&g);
	acq_reader_free(reader);
	atomic_store(&disk_hangs, false);
	assert_true(acq_store_wait(store, 1, 10000));
	assert_int_equal(acq_store_finish(store, true, &disk, NULL), 0);
	snprintf(done, sizeof(done), "%s.done", journal);
	unlink(file);
	unlink(done);
	assert_int_equal(rmdir(dir), 0);
	close(g.bell_fd);
	close(other_end);
}

/* The same on a clock of its own, to the nanosecond, with a ring that is full from the first second on. */
struct emulated {
	struct sim_world *world;
	int64_t ceiling_ns, lost_ns; /* 0: not yet */
};

static void note_alarm(void *ctx, unsigned alarms)
{
	struct emulated *e = ctx;
	int64_t now_ns = alg_clock_now_ns(sim_world_clock(e->world));

	if ((alarms & ACQ_ALARM_CEILING) && !e->ceiling_ns)
		e->ceiling_ns = now_ns;
	if ((alarms & ACQ_ALARM_LOST) && !e->lost_ns)
		e->lost_ns = now_ns;
}

static void check_emulated(const char *options, int64_t bundle_ns)
{
	const int64_t period_ns = 10 * ALG_NS_PER_MS, line_ns = ALG_NS_PER_MS, start_ns = 100 * ALG_NS_PER_S;
	const struct acq_guard_limits limits = {.ceiling_n = 20, .contact_n = 0.5, .target_rate_n_s = 3};
	struct emulated e = {.ceiling_ns = 0};
	struct acq_reader_opts opts = {.alarm = note_alarm, .ctx = &e, .ring_capacity = 4};
	struct alg_transport transport;
	const struct alg_open_opts open = {.transport = &transport};
	struct acq_reader *reader;
	struct alg_uri uri;

	assert_int_equal(alg_uri_parse("sim:mark10?stream=1", &uri, NULL), 0);
	assert_int_equal(sim_world_new(&e.world, "mark10", options, NULL), 0);
	sim_world_transport(e.world, &transport);
	assert_int_equal(alg_device_open(&uri, &open, &opts.device), 0);
	assert_int_equal(acq_reader_new(&reader, &opts), 0);
	acq_reader_limits(reader, &limits);
	sim_world_aim(e.world, "UTRAP_R", 1, 30, 2000);
	sim_world_ready(e.world);
	while (!e.lost_ns) {
		assert_true(acq_reader_step(reader, 40) >= 0);
		assert_true(alg_clock_now_ns(sim_world_clock(e.world)) < start_ns + 30 * ALG_NS_PER_S);
	}
	assert_true(e.ceiling_ns > 0);
	assert_true(sim_world_force_n(e.world, e.ceiling_ns) >= 20);
	assert_true(sim_world_force_n(e.world, e.ceiling_ns - period_ns - line_ns - bundle_ns - 10 * ALG_NS_PER_MS) < 20);
	int64_t silent_ns = e.lost_ns - (start_ns + 15 * ALG_NS_PER_S); /* as the option stall has it */

	assert_true(silent_ns > 250 * ALG_NS_PER_MS - period_ns);
	assert_true(silent_ns <= 250 * ALG_NS_PER_MS + bundle_ns + line_ns + 50 * ALG_NS_PER_MS);
	acq_reader_free(reader);
	sim_world_free(e.world);
}

static void alarms_need_no_taker(void **state)
{
	(void)state;
	check_emulated("hz=100&noise=0&tremor=0&threshold=900&ceiling=2000&stall=15", 0);
	check_emulated("hz=100&noise=0&tremor=0&threshold=900&ceiling=2000&stall=15&bundle=16", 16 * ALG_NS_PER_MS);
}

/* ---- gate, button ---------------------------------------------------------------------------------- */

static void a_blinded_gate_lets_no_number_through(void **state)
{
	double table[1] = {200};
	unsigned char status[1] = {SES_ACCEPTED};
	const struct acq_view view = {.phase = ACQ_RAMP, .force_n = 12, .pressure_kpa = 120, .rate_kpa_s = 30,
		.last_ppt_kpa = 200, .last_rate_kpa_s = 29, .table = table, .table_status = status, .table_columns = 1};
	const struct acq_gate open = {false}, blind = {true};
	struct acq_shown s;

	(void)state;
	acq_gate_show(&open, &view, &s);
	assert_close(s.force_n, 12, 0);
	assert_true(acq_gate_may_tell(&open));
	acq_gate_show(&blind, &view, &s);
	assert_nan(s.force_n);
	assert_nan(s.pressure_kpa);
	assert_nan(s.rate_kpa_s);
	assert_nan(s.last_ppt_kpa);
	assert_nan(s.last_rate_kpa_s);
	assert_null(s.table);
	assert_int_equal(s.phase, ACQ_RAMP);
	assert_false(acq_gate_may_tell(&blind));
}

static void a_pipe_gives_presses_with_their_instants(void **state)
{
	char path[] = "/tmp/alg-fifo-XXXXXX", source[80], line[200];
	struct ui_button button;
	int64_t now = 5 * ALG_NS_PER_S, t;

	(void)state;
	close(mkstemp(path));
	snprintf(source, sizeof(source), "fifo:%s", path);
	assert_int_equal(ui_button_open(&button, source, NULL), ALG_ERR_IO); /* a plain file has that name */
	unlink(path);
	assert_int_equal(ui_button_open(&button, source, NULL), 0);
	int fd = open(path, O_WRONLY | O_NONBLOCK);

	assert_true(fd >= 0);
	assert_false(ui_button_get(&button, now, &t));
	snprintf(line, sizeof(line), "button %lld\nbutton 9999999999999\npress\nbutton 1\nbounce\nhalf", (long long)now - 1000);
	assert_int_equal(write(fd, line, strlen(line)), (ssize_t)strlen(line));
	assert_true(ui_button_get(&button, now, &t));
	assert_true(t == now - 1000);     /* believed */
	assert_true(ui_button_get(&button, now += ALG_NS_PER_S, &t));
	assert_true(t == now);            /* in the future */
	assert_true(ui_button_get(&button, now += ALG_NS_PER_S, &t));
	assert_true(t == now);            /* no instant */
	assert_true(ui_button_get(&button, now += ALG_NS_PER_S, &t));
	assert_true(t == now);            /* too old */
	assert_false(ui_button_get(&button, now += ALG_NS_PER_MS, &t)); /* bounce */
	assert_int_equal(button.debounce.bounces, 1);
	now += ALG_NS_PER_S;
	assert_false(ui_button_get(&button, now, &t)); /* half a line is no press yet */
	close(fd);
	ui_button_close(&button);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ring_keeps_order_between_threads),
		cmocka_unit_test(a_full_ring_refuses_and_counts),
		cmocka_unit_test(the_alarm_sounds_before_the_sample_is_handed_on),
		cmocka_unit_test(a_hold_that_stands_still_is_not_stuck),
		cmocka_unit_test(a_gauge_that_goes_is_told_and_found_again),
		cmocka_unit_test(silence_is_told_once),
		cmocka_unit_test(samples_that_the_ring_refused_are_flagged),
		cmocka_unit_test(alarms_wait_for_nobody),
		cmocka_unit_test(alarms_need_no_taker),
		cmocka_unit_test(a_blinded_gate_lets_no_number_through),
		cmocka_unit_test(a_pipe_gives_presses_with_their_instants),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
