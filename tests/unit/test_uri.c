/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_uri.c - device addresses: what each form means, and the exact complaint about each mistake. */
#include "tests/unit/assert_close.h"

#include "driver/algometer.h"

#include <string.h>

static char said[1024];
static int said_id;

static void keep(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	snprintf(said, sizeof(said), "%s", text);
	said_id = id;
}

static void parse(const char *text, struct alg_uri *uri)
{
	struct alg_log log = {.sink = keep};
	int rc = alg_uri_parse(text, uri, &log);

	if (rc)
		fail_msg("'%s': %s", text, said);
}

static void test_forms(void **state)
{
	struct alg_uri u;

	(void)state;
	parse("serial:/dev/ttyUSB0?family=wagner&baud=19200&polarity=-", &u);
	assert_int_equal(u.kind, ALG_URI_SERIAL);
	assert_string_equal(u.target, "/dev/ttyUSB0");
	assert_string_equal(u.family, "wagner");
	assert_int_equal(u.baud, 19200);
	assert_int_equal(u.polarity, ALG_POLARITY_MINUS);
	assert_true(u.polarity_given);
	/* Any name that libserialport takes is passed on as it is. */
	parse("serial:/dev/../../../tmp/x/gauge0", &u);
	assert_string_equal(u.target, "/dev/../../../tmp/x/gauge0");
	assert_int_equal(u.polarity, ALG_POLARITY_PLUS);
	assert_false(u.polarity_given);
	assert_int_equal(u.unit, ALG_UNIT_NONE);
	parse("serial:COM3", &u);
	assert_string_equal(u.target, "COM3");
	parse("usb:0922:8003", &u);
	assert_int_equal(u.vid, 0x0922);
	assert_int_equal(u.pid, 0x8003);
	assert_string_equal(u.serial, "");
	assert_string_equal(u.usb_path, "");
	parse("usb:0922:8003:path=1-2.4.1", &u);
	assert_string_equal(u.serial, "");
	assert_string_equal(u.usb_path, "1-2.4.1");
	parse("usb:0EB8:f000:AB:12 x?unit=kg", &u);
	assert_int_equal(u.vid, 0x0eb8);
	assert_string_equal(u.serial, "AB:12 x");
	assert_int_equal(u.unit, ALG_UNIT_KGF);
	parse("tcp:gauge.local:4001?family=mark10&stream=1", &u);
	assert_string_equal(u.target, "gauge.local");
	assert_int_equal(u.port, 4001);
	assert_true(u.stream);
	parse("tcp:[::1]:65535", &u);
	assert_string_equal(u.target, "::1");
	assert_int_equal(u.port, 65535);
	parse("tty:/dev/pts/3?family=lutron", &u);
	assert_int_equal(u.kind, ALG_URI_TTY);
	parse("replay:a b/c:d.rec?pace=1&strict=0&polarity=abs", &u);
	assert_string_equal(u.target, "a b/c:d.rec");
	assert_true(u.pace);
	assert_false(u.strict);
	assert_int_equal(u.polarity, ALG_POLARITY_ABSOLUTE);
	parse("sim:mark10?seed=7&polarity=+&unit=lbf&noise=0.1&stream=1", &u);
	assert_string_equal(u.target, "mark10");
	assert_string_equal(u.family, "mark10");
	assert_string_equal(u.rest, "seed=7&unit=lbf&noise=0.1");
	assert_int_equal(u.unit, ALG_UNIT_LBF); /* and who reads it knows as much */
	assert_true(u.stream);
}

static void test_adapters(void **state)
{
	struct alg_uri u;

	(void)state;
	parse("serial:0403:6001:AG0042?family=wagner&polarity=-", &u);
	assert_int_equal(u.kind, ALG_URI_SERIAL);
	assert_true(u.by_identity);
	assert_int_equal(u.vid, 0x0403);
	assert_int_equal(u.pid, 0x6001);
	assert_string_equal(u.serial, "AG0042");
	assert_string_equal(u.usb_path, "");
	assert_string_equal(u.family, "wagner");
	parse("serial:1A86:7523:path=1-2.3", &u);
	assert_int_equal(u.vid, 0x1a86);
	assert_string_equal(u.serial, "");
	assert_string_equal(u.usb_path, "1-2.3");
	parse("serial:0403:6010:path=3-10:1.1", &u);
	assert_string_equal(u.usb_path, "3-10:1.1");
	parse("serial:path=1-2.3", &u);
	assert_true(u.by_identity);
	assert_int_equal(u.vid | u.pid, 0);
	assert_string_equal(u.usb_path, "1-2.3");
	/* A port's name is what it was. */
	parse("serial:/dev/serial/by-id/usb-FTDI_FT232R_AG0042-if00-port0", &u);
	assert_false(u.by_identity);
	assert_string_equal(u.target, "/dev/serial/by-id/usb-FTDI_FT232R_AG0042-if00-port0");
	parse("serial:0403x6001", &u);
	assert_false(u.by_identity);
	assert_int_equal(u.vid, 0);
}

static const struct {
	const char *text;
	int id;
	const char *says;
} mistakes[] = {
	{"", 204, "no kind"},
	{"mark10", 204, "no kind"},
	{"/dev/ttyUSB0", 204, "a port is written with its kind"},
	{"com:1", 204, "unknown kind"},
	{"SERIAL:/dev/ttyUSB0", 204, "unknown kind"},
	{"a?b:c", 204, "unknown kind"},
	{"serial:", 204, "missing after the colon"},
	{"serial:?family=wagner", 204, "missing after the colon"},
	{"usb:922:8003", 204, "four hex digits"},
	{"usb:0922:800", 204, "four hex digits"},
	{"usb:0922:80033", 204, "four hex digits"},
	{"usb:0x22:8003", 204, "four hex digits"},
	{"usb:0922:8003:", 204, "serial number is empty"},
	{"usb:0922:8003:path=", 204, "place on USB"},
	{"usb:0922:8003:path=1-2:1.0", 204, "place on USB"},
	{"serial:path=", 204, "place on USB"},
	{"serial:path=1", 204, "place on USB"},
	{"serial:path=1-", 204, "place on USB"},
	{"serial:path=1-2.", 204, "place on USB"},
	{"serial:path=1.2", 204, "place on USB"},
	{"serial:path=1-2-3", 204, "place on USB"},
	{"serial:path=-1-2", 204, "place on USB"},
	{"serial:path=1-2.3:1", 204, "place on USB"},
	{"serial:path=1-2.3:1.0x", 204, "place on USB"},
	{"serial:path=1-2/../../x", 204, "place on USB"},
	{"serial:path=1234-2", 204, "place on USB"},
	{"serial:path=1-1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1.1", 204, "place on USB"},
	{"serial:0403:6001", 204, "VID:PID:SERIAL"},
	{"serial:0403:6001:", 204, "serial number is empty"},
	{"serial:0403:6001:0123456789012345678901234567890123456789012345678901234567890123", 204, "too long"},
	{"tcp:host", 204, "HOST:PORT"},
	{"tcp:host:0", 204, "from 1 to 65535"},
	{"tcp:host:65536", 204, "from 1 to 65535"},
	{"tcp:host:12x", 204, "from 1 to 65535"},
	{"tcp::80", 204, "HOST:PORT"},
	{"tcp:::1:80", 204, "brackets"},
	{"tcp:[::1:80", 204, "not closed"},
	{"tcp:[]:80", 204, "HOST:PORT"},
	{"sim:quantum", 206, "'quantum'"},
	{"serial:x?family=Mark10", 206, "known: wagner, "},
	{"serial:x?famly=mark10", 205, "'famly': unknown for this kind of address (it takes: family baud polarity unit"},
	{"serial:x?pace=1", 205, "'pace': unknown"},
	{"replay:x?baud=9600", 205, "'baud': unknown"},
	{"usb:0922:8003?stream=1", 205, "'stream': unknown"},
	{"sim:mark10?family=wagner", 0, ""}, /* for the simulator to refuse */
	{"serial:x?baud=9k6", 205, "'baud=9k6'"},
	{"serial:x?baud=9600&baud=9600", 205, "twice"},
	{"serial:x?baud=", 205, "needs a value"},
	{"serial:x?baud", 205, "needs a value"},
	{"serial:x?", 205, "name is missing"},
	{"serial:x?=1", 205, "name is missing"},
	{"serial:x?baud=9600&", 205, "name is missing"},
	{"serial:x?polarity=plus", 205, "'polarity=plus'"},
	{"serial:x?unit=stone", 205, "'unit=stone'"},
	{"replay:x?pace=yes", 205, "1 or 0"},
	{"serial:x?baud=9600?family=wagner", 205, "'baud=9600?family=wagner'"},
};

static void test_mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		struct alg_log log = {.sink = keep};
		struct alg_uri u;
		int rc;

		said_id = 0;
		said[0] = '\0';
		rc = alg_uri_parse(mistakes[i].text, &u, &log);
		if ((rc != 0) != (mistakes[i].id != 0) || said_id != mistakes[i].id || !strstr(said, mistakes[i].says))
			fail_msg("'%s': status %d, said [%d] %s", mistakes[i].text, rc, said_id, said);
		if (rc) {
			assert_int_equal(rc, ALG_ERR_ARG);
			assert_int_equal(log.exit_code, 2);
		}
	}
}

static void test_too_long(void **state)
{
	char text[600] = "serial:";
	struct alg_uri u;

	(void)state;
	memset(text + 7, 'x', sizeof(text) - 8);
	assert_int_equal(alg_uri_parse(text, &u, NULL), ALG_ERR_ARG);
	text[7 + 255] = '\0'; /* the longest target there is room for */
	assert_int_equal(alg_uri_parse(text, &u, NULL), 0);
	assert_int_equal(strlen(u.target), 255);
	memcpy(text, "sim:mark10?a=", 13);
	text[7 + 255] = 'x';
	assert_int_equal(alg_uri_parse(text, &u, NULL), ALG_ERR_ARG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_adapters),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_too_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
