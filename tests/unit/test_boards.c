/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Load cell boards: what they write, table by table; and driver and emulator agree through the whole read loop. */
#include "tests/unit/assert_close.h"

#include "driver/driver.h"
#include "driver/frame/number.h"
#include "sim/world.h"

#include <stdlib.h>
#include <string.h>

static enum alg_verdict decode(const char *family, const char *line, void *state, const struct alg_settings *set,
	struct alg_reading *r)
{
	struct alg_frame frame = {.len = strlen(line)};

	memcpy(frame.data, line, frame.len);
	*r = (struct alg_reading){.device_ns = ALG_NO_DEVICE_TIME};
	return alg_driver_find(family)->decode(&frame, state, set, r);
}

/* ---- openscale ----------------------------------------------------------------------------------- */

static const struct {
	const char *line;
	enum alg_verdict verdict;
	double value;
	enum alg_unit unit;
	int64_t ms; /* -1: none */
	const char *shown;
} scale_rows[] = {
	{"1234,4.96,lbs,23.50,", ALG_FRAME_READING, 4.96, ALG_UNIT_LBF, 1234, "4.96 lbs"},
	{"5678,-0.12,kg,", ALG_FRAME_READING, -0.12, ALG_UNIT_KGF, 5678, "-0.12 kg"},
	{"9000,2.00,kg,8388608,23.50,0,", ALG_FRAME_READING, 2, ALG_UNIT_KGF, 9000, "2.00 kg"},
	{"2.00,kg,", ALG_FRAME_READING, 2, ALG_UNIT_KGF, -1, "2.00 kg"},
	{"12,lbs,", ALG_FRAME_READING, 12, ALG_UNIT_LBF, -1, "12 lbs"},
	{"7,2.00000,kg,-5.06,", ALG_FRAME_READING, 2, ALG_UNIT_KGF, 7, "2.00000 kg"},
	{"4294967295,1,kg,", ALG_FRAME_READING, 1, ALG_UNIT_KGF, 4294967295, "1 kg"},
	{"4294967296,1,kg,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"1234,4.96,lbs", ALG_FRAME_INSANE, 0, 0, 0, ""},         /* cut, or firmware 1.0 */
	{"1234,23.50,4.96,lbs,", ALG_FRAME_INSANE, 0, 0, 0, ""},  /* the unit is in no documented place */
	{"1234.5,4.96,lbs,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"1234,4.96,lb,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"1234,4.96,LBS,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"1234,+4.96,lbs,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"1234, 4.96,lbs,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"1234,,lbs,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"1234,nan,lbs,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{",4.96,lbs,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"-,4.96,lbs,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"4.96,lbs,1,2,3,4,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"1,4.96,lbs,1,2,3,4,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"1,4.96,lbs,1.5,2,3,", ALG_FRAME_INSANE, 0, 0, 0, ""},   /* three fields behind it: the first is raw */
	{"1,4.96,lbs,x,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"lbs,4.96,", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"Tare point: 1234", ALG_FRAME_INSANE, 0, 0, 0, ""},
	{"Serial Load Cell Converter version 1.2", ALG_FRAME_IGNORED, 0, 0, 0, ""},
	{"Readings:", ALG_FRAME_IGNORED, 0, 0, 0, ""},
};

static void test_openscale(void **unused)
{
	const struct alg_settings set = {.unit = ALG_UNIT_N};
	struct alg_reading r;

	(void)unused;
	for (size_t i = 0; i < sizeof(scale_rows) / sizeof(scale_rows[0]); i++) {
		_Alignas(16) uint8_t state[ALG_DRIVER_STATE_MAX] = {0};

		if (decode("openscale", scale_rows[i].line, state, &set, &r) != scale_rows[i].verdict)
			fail_msg("'%s'", scale_rows[i].line);
		if (scale_rows[i].verdict != ALG_FRAME_READING)
			continue;
		assert_close(r.value, scale_rows[i].value, 0);
		assert_int_equal(r.unit, scale_rows[i].unit);
		assert_true(r.device_ns == (scale_rows[i].ms < 0 ? ALG_NO_DEVICE_TIME : scale_rows[i].ms * 1000000));
		assert_string_equal(r.shown, scale_rows[i].shown);
	}
	_Alignas(16) uint8_t state[ALG_DRIVER_STATE_MAX] = {0};

	assert_int_equal(decode("openscale", "-2147483648,1.5,kg,", state, &set, &r), ALG_FRAME_READING); /* after 24.8 days */
	assert_true(r.device_ns == INT64_C(-2147483648) * 1000000);
}

/* A comma, point or field that got lost makes another plausible number: one line of another form is not believed. */
static void test_openscale_form(void **unused)
{
	static const struct {
		const char *line;
		enum alg_verdict verdict;
	} rows[] = {{"100,4.96,lbs,23.50,", ALG_FRAME_READING}, {"200,4.96,lbs,23.51,", ALG_FRAME_READING},
		{"3004.96,lbs,23.50,", ALG_FRAME_INSANE}, {"400,4.96,lbs,23.50,", ALG_FRAME_INSANE}, {"500,4.96,lbs,23.50,", ALG_FRAME_READING},
		{"600,496,lbs,23.50,", ALG_FRAME_INSANE}, {"700,4.96,lbs,23.50,", ALG_FRAME_INSANE}, {"800,4.96,lbs,23.50,", ALG_FRAME_READING},
		{"900,2.25,kg,23.50,", ALG_FRAME_INSANE}, {"999,2.25,kg,23.50,", ALG_FRAME_READING}};
	const struct alg_settings set = {0};
	_Alignas(16) uint8_t state[ALG_DRIVER_STATE_MAX] = {0};
	struct alg_reading r;

	(void)unused;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (decode("openscale", rows[i].line, state, &set, &r) != rows[i].verdict)
			fail_msg("'%s'", rows[i].line);
}

/* ---- hx711 ------------------------------------------------------------------------------------------ */

static const struct {
	const char *line;
	enum alg_verdict verdict;
	double raw; /* NAN: none */
	uint32_t flags;
	bool counts;
} cell_rows[] = {
	{"HX711 reading: 8123", ALG_FRAME_READING, 8123, ALG_READING_NO_UNIT, true},
	{"HX711 reading: -412", ALG_FRAME_READING, -412, ALG_READING_NO_UNIT, true},
	{"HX711 reading: 8388606", ALG_FRAME_READING, 8388606, ALG_READING_NO_UNIT, true},
	{"HX711 reading: 8388607", ALG_FRAME_READING, NAN, ALG_READING_OVERLOAD, true},
	{"HX711 reading: -8388608", ALG_FRAME_READING, NAN, ALG_READING_OVERLOAD, true},
	{"HX711 reading: 8388608", ALG_FRAME_INSANE, 0, 0, true},
	{"HX711 reading: 81.5", ALG_FRAME_INSANE, 0, 0, true},
	{"HX711 reading: 81 N", ALG_FRAME_INSANE, 0, 0, true},
	{"HX711 reading: ", ALG_FRAME_INSANE, 0, 0, true},
	{"X711 reading: 8123", ALG_FRAME_INSANE, 0, 0, true},
	{"8123", ALG_FRAME_INSANE, 0, 0, true},
	{"HX711 not found.", ALG_FRAME_READING, NAN, ALG_READING_FAULT, true},
	{"HX711 not found", ALG_FRAME_INSANE, 0, 0, true},
	{"one reading:\t12.4\t| average:\t12.5", ALG_FRAME_READING, 12.4, ALG_READING_NO_UNIT, false},
	{"one reading:\t-0.3\t| average:\t-0.2", ALG_FRAME_READING, -0.3, ALG_READING_NO_UNIT, false},
	{"one reading:\t12.4\t| average:\t", ALG_FRAME_INSANE, 0, 0, false},
	{"one reading:\t12.4\t| average:\t12", ALG_FRAME_INSANE, 0, 0, false},
	{"one reading:\t12.4", ALG_FRAME_INSANE, 0, 0, false},
	{"one reading:\t124\t| average:\t12.5", ALG_FRAME_INSANE, 0, 0, false},
	{"one reading: 12.4\t| average:\t12.5", ALG_FRAME_INSANE, 0, 0, false},
	{"HX711 Demo", ALG_FRAME_IGNORED, 0, 0, false},
	{"read average: \t\t8123", ALG_FRAME_IGNORED, 0, 0, false},
};

static void test_hx711(void **unused)
{
	const struct alg_settings none = {0}, unit = {.unit = ALG_UNIT_KGF},
				  points = {.points = {.given = true, .raw = {12000, 22000}, .force_n = {0, 5}}};
	struct alg_reading r;

	(void)unused;
	for (size_t i = 0; i < sizeof(cell_rows) / sizeof(cell_rows[0]); i++) {
		double raw = cell_rows[i].raw;

		if (decode("hx711", cell_rows[i].line, NULL, &none, &r) != cell_rows[i].verdict)
			fail_msg("'%s'", cell_rows[i].line);
		if (cell_rows[i].verdict != ALG_FRAME_READING)
			continue;
		assert_true(r.value == raw || (isnan(raw) && isnan(r.value)));
		assert_int_equal(r.flags, cell_rows[i].flags);
		assert_int_equal(r.unit, ALG_UNIT_NONE);
		decode("hx711", cell_rows[i].line, NULL, &unit, &r); /* a converter's number is no force by a unit alone */
		assert_int_equal(r.unit, cell_rows[i].counts || isnan(raw) ? ALG_UNIT_NONE : ALG_UNIT_KGF);
		decode("hx711", cell_rows[i].line, NULL, &points, &r);
		if (!isnan(raw)) {
			assert_close(r.value, (raw - 12000) / 2000, 1e-9);
			assert_int_equal(r.unit, ALG_UNIT_N);
			assert_int_equal(r.flags, 0);
		} else {
			assert_nan(r.value);
		}
	}
}

static void test_two_points(void **unused)
{
	const double raw[2] = {100, 300}, force[2] = {0, -10}, same[2] = {7, 7};

	(void)unused;
	assert_close(alg_two_points(raw, force, 100), 0, 0);
	assert_close(alg_two_points(raw, force, 300), -10, 1e-12);
	assert_close(alg_two_points(raw, force, 0), 5, 1e-12);
	assert_nan(alg_two_points(same, force, 7));
}

/* ---- driver and emulator ------------------------------------------------------------------------------ */

static char said[1024];

static void keep(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	snprintf(said + strlen(said), sizeof(said) - strlen(said), "[%d %s]", id, text);
}

static struct alg_device *open_sim(const char *address, struct sim_world **world)
{
	static struct alg_log log = {.sink = keep, .level = ALG_LEVEL_NOTE};
	struct alg_transport transport;
	struct alg_open_opts opts = {.log = &log, .transport = &transport};
	struct alg_device *dev;
	struct alg_uri uri;

	said[0] = '\0';
	assert_int_equal(alg_uri_parse(address, &uri, NULL), 0);
	assert_int_equal(sim_world_new(world, uri.target, uri.rest, NULL), 0);
	sim_world_transport(*world, &transport);
	assert_int_equal(alg_device_open(&uri, &opts, &dev), 0);
	return dev;
}

/* The load on the gauge, seen through the wire: to half of its last decimal. */
static void check_loads(const char *address, double resolution_n, const char *expected)
{
	static const double loads[] = {0, 4.5, 20, 77.7, 0};
	struct sim_world *world;
	struct alg_device *dev = open_sim(address, &world);
	struct alg_reading r;

	assert_string_equal(said, expected);
	assert_close(alg_device_info(dev)->resolution_n, resolution_n, 1e-9);
	for (size_t i = 0; i < sizeof(loads) / sizeof(loads[0]); i++) {
		sim_world_load(world, loads[i]);
		for (int k = 0; k < 4; k++) /* the first may be older */
			assert_int_equal(alg_device_read(dev, &r, 2000), 1);
		assert_int_equal(r.flags, 0);
		assert_close(r.force_n, loads[i], resolution_n / 2 + 1e-9);
	}
	struct alg_counters c = alg_device_counters(dev);

	assert_int_equal(c.insane + c.foreign + c.refused + c.bad_length + c.bad_check + c.timeouts, 0);
	alg_device_close(dev);
	sim_world_free(world);
}

static void test_loads(void **unused)
{
	(void)unused;
	check_loads("sim:openscale?noise=0", 0.044482216152605, "");
	check_loads("sim:openscale?noise=0&unit=kgf&hz=10", 0.0980665, "");
	check_loads("sim:hx711?noise=0&points=12000:0,32000:10", 0.0005, "");
}

/* How many of 1600 readings are stamped more than 1.1 ms off the instant that its clock means. */
static int follow_clock(const char *address)
{
	struct sim_world *world;
	struct alg_device *dev = open_sim(address, &world);
	struct alg_reading r;
	double late_ms = 0;
	int off = 0;

	for (int i = 0; i < 2000; i++) {
		if (alg_device_read(dev, &r, 1000) != 1)
			continue;
		int64_t tick_ns = sim_world_tick_ns(world, r.device_ns / 25000000); /* tick n is at n x 25 ms of its clock */

		assert_true(r.device_ns != ALG_NO_DEVICE_TIME && r.t_ns <= r.arrival_ns);
		late_ms = fmax(late_ms, (double)(r.arrival_ns - tick_ns) / 1e6);
		off += i >= 400 && fabs((double)(r.t_ns - tick_ns)) > 1.1e6;
	}
	assert_true(late_ms > 30); /* 21 bytes at 9600 baud take 22 ms, and the adapter up to 16 */
	alg_device_close(dev);
	sim_world_free(world);
	return off;
}

/* Its own clock tells when, though the adapter hands its lines on every 16 ms, and some of them are lost. */
static void test_clock(void **unused)
{
	(void)unused;
	assert_int_equal(follow_clock("sim:openscale?noise=0&hz=40&bundle=16"), 0);
	assert_int_equal(follow_clock("sim:openscale?noise=0&hz=40&bundle=16&drop=0.2"), 0);
	assert_true(follow_clock("sim:openscale?noise=0&hz=40&bundle=16&garble=0.03") <= 10); /* a digit of ms itself, at times */
}

/* Without points it is told what to do, and nothing is a force. */
static void test_raw(void **unused)
{
	struct sim_world *world;
	struct alg_device *dev = open_sim("sim:hx711?noise=0&unit=N", &world);
	struct alg_reading r;

	(void)unused;
	assert_non_null(strstr(said, "[360 "));
	assert_null(strstr(said, "[316 "));
	assert_int_equal(alg_device_read(dev, &r, 2000), 1);
	assert_close(r.value, 12000, 0);
	assert_nan(r.force_n);
	assert_string_equal(r.shown, "12000");
	alg_device_close(dev);
	sim_world_free(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_openscale),
		cmocka_unit_test(test_openscale_form),
		cmocka_unit_test(test_hx711),
		cmocka_unit_test(test_two_points),
		cmocka_unit_test(test_loads),
		cmocka_unit_test(test_clock),
		cmocka_unit_test(test_raw),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
