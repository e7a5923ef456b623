/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_latency.c - the latency timer of FTDI adapters: by its attribute, by the port's flag, or said to
 * be refused. The attribute is a file; the port's settings are answered by an ioctl() defined here.
 */
#include "assert_close.h"

#include "driver/transport/transport.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/serial.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { PORT = 1000 }; /* no descriptor of this process */

static struct serial_struct port;
static int get_error, set_error, set_calls;

int port_ioctl(int fd, unsigned long request, ...) __asm__("ioctl") __attribute__((visibility("default")));

static int fail_with(int error)
{
	errno = error;
	return error ? -1 : 0;
}

int port_ioctl(int fd, unsigned long request, ...)
{
	va_list args;

	va_start(args, request);
	void *arg = va_arg(args, void *);

	va_end(args);
	if (fd != PORT)
		return (int)syscall(SYS_ioctl, fd, request, arg);
	if (request == TIOCGSERIAL) {
		memcpy(arg, &port, sizeof(port));
		return fail_with(get_error);
	}
	assert_int_equal(request, TIOCSSERIAL);
	set_calls++;
	if (!set_error)
		memcpy(&port, arg, sizeof(port));
	return fail_with(set_error);
}

static char path[64];

static void write_attribute(const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static int setup(void **state)
{
	(void)state;
	strcpy(path, "/tmp/alg-latency.XXXXXX");
	int fd = mkstemp(path);

	if (fd < 0)
		return -1;
	close(fd);
	port = (struct serial_struct){.flags = ASYNC_SPD_HI, .custom_divisor = 7};
	get_error = set_error = set_calls = 0;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	return unlink(path);
}

static void test_attribute(void **state)
{
	char text[16] = "";
	int error = -1;

	(void)state;
	write_attribute("16\n");
	assert_int_equal(alg_latency_lower(path, PORT, &error), 1);
	assert_int_equal(error, 0);
	assert_int_equal(set_calls, 0); /* the attribute was enough */
	FILE *f = fopen(path, "r");

	assert_non_null(f);
	assert_non_null(fgets(text, sizeof(text), f));
	fclose(f);
	assert_string_equal(text, "1\n");
}

static void test_nothing_to_do(void **state)
{
	static const char *const texts[] = {"", "x\n", "-3\n", "256\n", "0x10\n", "99999999999\n"};
	int error = -1;

	(void)state;
	write_attribute("1\n");
	assert_int_equal(alg_latency_lower(path, PORT, &error), 1);
	write_attribute("0\n");
	assert_int_equal(alg_latency_lower(path, PORT, &error), 0);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		write_attribute(texts[i]);
		assert_int_equal(alg_latency_lower(path, PORT, &error), 0);
	}
	assert_int_equal(alg_latency_lower("/nowhere/latency_timer", PORT, &error), 0);
	assert_int_equal(set_calls, 0);
	assert_int_equal(error, 0);
}

/* A number that the kernel lets nobody write, root included: the highest capability, some 40. */
#define READ_ONLY "/proc/sys/kernel/cap_last_cap"

static void test_flag(void **state)
{
	int error = -1;

	(void)state;
	assert_int_equal(alg_latency_lower(READ_ONLY, PORT, &error), 1);
	assert_int_equal(error, 0);
	assert_int_equal(set_calls, 1);
	assert_int_equal(port.flags, ASYNC_SPD_HI | ASYNC_LOW_LATENCY);
	assert_int_equal(port.custom_divisor, 7);
}

static void test_refused(void **state)
{
	int error = 0, ms;

	(void)state;
	set_error = EPERM;
	ms = alg_latency_lower(READ_ONLY, PORT, &error);
	assert_in_range(ms, 2, 255);
	assert_int_not_equal(error, 0);
	assert_int_equal(set_calls, 1);
	get_error = ENOTTY; /* what was not read is not written */
	assert_int_equal(alg_latency_lower(READ_ONLY, PORT, &error), ms);
	assert_int_equal(set_calls, 1);
	assert_int_equal(alg_latency_lower(READ_ONLY, -1, &error), ms);
	assert_int_not_equal(error, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_attribute, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nothing_to_do, setup, teardown),
		cmocka_unit_test_setup_teardown(test_flag, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
