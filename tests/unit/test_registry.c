/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_registry.c - no dead rows: every family that a table names is there, every USB identity stands once; and what
 * each family may send, written down anew from the protocols: every byte string, and which of its bytes are free.
 */
#include "assert_close.h"

#include "driver/driver.h"
#include "driver/probe.h"

#include <string.h>

static void test_models(void **state)
{
	int unknown = 0;

	(void)state;
	for (size_t i = 0; alg_model_at(i); i++) {
		const struct alg_model *model = alg_model_at(i);

		assert_non_null(model->name);
		assert_true(*model->name && !strpbrk(model->name, "\"\\\n"));
		assert_ptr_equal(alg_model_find(model->vid, model->pid), model); /* the first of its id: there is no second */
		assert_true(model->family || !model->kernel_driver); /* nothing is done to a generic adapter */
		if (model->family && *model->family && !alg_driver_find(model->family)) {
			print_error("%04x:%04x: family '%s' is not in the registry\n", model->vid, model->pid, model->family);
			unknown++;
		}
	}
	assert_int_equal(unknown, 0);
}

static void test_probes(void **state)
{
	int unknown = 0;

	(void)state;
	for (size_t i = 0; i < alg_probe_count; i++) {
		const char *at = alg_probes[i].families;

		assert_true(*at);
		while (*at) {
			char name[24] = "";
			size_t n = strcspn(at, " ");

			assert_in_range(n, 1, sizeof(name) - 1);
			memcpy(name, at, n);
			at += n + (at[n] == ' ');
			const struct alg_driver *driver = alg_driver_find(name);

			if (driver)
				assert_null(driver->usb); /* it is on a line */
			else
				print_error("row %zu of driver/probe.c: family '%s' is not in the registry\n", i, name);
			unknown += !driver;
		}
	}
	assert_int_equal(unknown, 0);
}

/* ---- what may be sent -------------------------------------------------------------------------------- */

#define ONE(family_, text_) {family_, (text_), sizeof(text_) - 1, ""}
#define GOLINK(text_)       {"golink", (text_), 8, ""}
#define GODIRECT(text_, free_) {"godirect", (text_), sizeof(text_) - 1, (free_)}

/* free: the places of bytes that may be any ('0' the first, then 'a' for 10 and so on). */
static const struct sent {
	const char *family, *bytes;
	size_t len;
	const char *free;
} sent[] = {
	ONE("wagner", "?\r\n"),
	ONE("wagner-fdix", "F\r"), ONE("wagner-fdix", "C20\r"), ONE("wagner-fdix", "CA\r"), ONE("wagner-fdix", "CB\r"),
	ONE("wagner-fdix", "CE\r"),
	ONE("mark10", "?\r"), ONE("mark10", "LIST\r"), ONE("mark10", "RM\r"), ONE("mark10", "RS\r"), ONE("mark10", "CUR\r"),
	ONE("mark10", "Z\r"), ONE("mark10", "AOUT0\r"), ONE("mark10", "AOUT50\r"), ONE("mark10", "AOUT125\r"),
	ONE("imada", "D\r"), ONE("imada", "Z\r"), ONE("imada", "T\r"),
	ONE("imada-zt", "XAR\r"), ONE("imada-zt", "XFC\r"), ONE("imada-zt", "XAS\r"),
	ONE("shimpo", "?"), ONE("shimpo", "PZ\0"), ONE("shimpo", "?C\x04"), ONE("shimpo", "?C\x05"), ONE("shimpo", "?C\xFF"),
	ONE("cpar", "\xFF\xF1\x01\0\0\xFF\xF2"),
	ONE("sauter", "9"),
	ONE("loadstar", "\r"), ONE("loadstar", "W\r"), ONE("loadstar", "O0W0\r"), ONE("loadstar", "SLC\r"), ONE("loadstar", "SS0\r"),
	ONE("loadstar", "SS1\r"), ONE("loadstar", "CT0\r"),
	ONE("kcp", "SI\r\n"), ONE("kcp", "SIR\r\n"), ONE("kcp", "@\r\n"), ONE("kcp", "ZI\r\n"), ONE("kcp", "I2\r\n"),
	ONE("kcp", "I3\r\n"), ONE("kcp", "I4\r\n"),
	ONE("kern-scale", "O1\r\n"),
	ONE("hid-scale", "\x02\x02"), ONE("hid-scale", "\x02\x01"), ONE("hid-scale", "\x04\x01"),
	/* length, 58, length, counter, checksum, command, parameters; the rest of the 64 is zeros */
	GODIRECT("\x19\x58\x19\0\0\x1A\xA5\x4A\x06\x49\x07\x48\x08\x47\x09\x46\x0A\x45\x0B\x44\x0C\x43\x0D\x42\x0E\x41", "34"),
	GODIRECT("\x05\x58\x05\0\0\x10", "34"), GODIRECT("\x05\x58\x05\0\0\x55", "34"), GODIRECT("\x05\x58\x05\0\0\x51", "34"),
	GODIRECT("\x06\x58\x06\0\0\x50", "346"), GODIRECT("\x0F\x58\x0F\0\0\x1B\xFF", "3489ab"),
	GODIRECT("\x13\x58\x13\0\0\x18\xFF\x01", "3489ab"), GODIRECT("\x0B\x58\x0B\0\0\x19\xFF\0\xFF\xFF\xFF\xFF", "34"),
	GODIRECT("\x05\x58\x05\0\0\x54", "34"),
	GOLINK("\x1A\x01\0\0\0\0\0\0"), GOLINK("\x10\0\0\0\0\0\0\0"), GOLINK("\x17\0\x18\0\0\0\0\0"),
	GOLINK("\x28\0\0\0\0\0\0\0"), GOLINK("\x27\0\x80\0\0\0\0\0"), GOLINK("\x29\x01\0\0\0\0\0\0"),
	GOLINK("\x29\x02\0\0\0\0\0\0"), GOLINK("\x1B\x0A\0\0\0\0\0\0"), GOLINK("\x18\0\0\0\0\0\0\0"),
	GOLINK("\x19\0\0\0\0\0\0\0"),
	ONE("phidget", "\x01\x70\0\x01\0"), ONE("phidget", "\x02\x07\0\x01\0"), ONE("phidget", "\x04\0\x70\x01\0"),
	ONE("phidget", "\x08\0\x07\x01\0"), ONE("phidget", "\0\0\0\x01\0"),
};
enum { N_SENT = sizeof(sent) / sizeof(sent[0]), REPORT = 64 };

static bool is_free(const struct sent *row, size_t at)
{
	static const char places[] = "0123456789abcdef";

	return at < sizeof(places) - 1 && strchr(row->free, places[at]) != NULL;
}

/* Whether a family's request is just this row: its length, its bytes, its free bytes. */
static bool is_row(const struct sent *row, const char *family, const struct alg_request *request)
{
	size_t len = strcmp(family, "godirect") == 0 ? REPORT : row->len;

	if (strcmp(row->family, family) != 0 || request->len != len || (request->same && strlen(request->same) < len))
		return false;
	for (size_t i = 0; i < len; i++) {
		bool any = request->same && request->same[i] != '=';

		if (any != is_free(row, i) || (!any && request->bytes[i] != (i < row->len ? row->bytes[i] : 0)))
			return false;
	}
	return true;
}

static void test_requests(void **state)
{
	size_t rows_met = 0;

	(void)state;
	for (size_t d = 0; alg_drivers[d]; d++) {
		const struct alg_driver *driver = alg_drivers[d];

		for (const struct alg_request *r = driver->requests; r && r->bytes; r++) {
			size_t met = 0;

			for (size_t i = 0; i < N_SENT; i++)
				met += is_row(&sent[i], driver->info.name, r);
			if (met != 1)
				fail_msg("%s: request %zu stands %zu times in the list of what may be sent", driver->info.name,
					(size_t)(r - driver->requests), met);
			rows_met++;
		}
	}
	assert_int_equal(rows_met, N_SENT); /* none was forgotten: a request that is gone is gone from the list */
}

/* Only a CPAR has more, and whatever its state holds, these are a stop of its own generation. */
static void test_more(void **state)
{
	static const char *const stops[] = {"\xFF\xF1\x04\0\0\xFF\xF2", "\xFF\xF1\x14\0\0\xFF\xF2", "\xFF\xF1\x13\0\0\xFF\xF2"};
	int lists = 0;

	(void)state;
	for (size_t d = 0; alg_drivers[d]; d++) {
		const struct alg_driver *driver = alg_drivers[d];

		assert_int_equal(driver->more != NULL, strcmp(driver->info.name, "cpar") == 0);
		for (size_t at = 0; driver->more && at < driver->state_size; at += sizeof(int)) {
			for (int generation = 0; generation <= 3; generation++) {
				_Alignas(16) char block[ALG_DRIVER_STATE_MAX] = {0};

				memcpy(block + at, &generation, sizeof(generation));
				const struct alg_request *list = driver->more(block);

				if (!list)
					continue;
				assert_in_range(generation, 1, 3);
				assert_int_equal(list[0].len, 7);
				assert_null(list[0].same);
				assert_memory_equal(list[0].bytes, stops[generation - 1], 7);
				assert_null(list[1].bytes);
				lists++;
			}
		}
	}
	assert_int_equal(lists, 3);
}

/* The second lock lets all of the list pass, and nothing of what the makers warn of. */
static void test_harm(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
	} harmful[] = {
		{"SAVE\r", 5}, {"save\r\n", 6}, {" SAVE", 5}, {"CLRMEM\r", 7}, {"SET_SAVE\r\n", 10}, {"OM\r", 3}, {"OC0\r", 4}, {"OC1\r", 4},
		{"Q\r", 2}, {"Q", 1}, {"E00100020\r", 10}, {"E+1.0\r", 6}, {"CX\r", 3}, {"?\rSAVE\r", 7}, {"D\r\nQ\r", 5}, {"I4 A \"1\"\r\n", 10},
		{"\x11\0\x04\1\2\3\4\0", 8}, {"\x16\0\0\0\0\0\0\0", 8}, {"\x21\0\0\0\0\0\0\0", 8}, {"\x26\0\0\0\0\0\0\0", 8},
		{"\xFF\xF1\x02\0\0\xFF\xF2", 7}, {"\xFF\xF1\x03\0\0\xFF\xF2", 7}, {"\xFF\xF1\x05\0\0\xFF\xF2", 7},
		{"\xFF\xF1\x08\0\0\xFF\xF2", 7}, {"\xFF\xF1\x0A\0\0\xFF\xF2", 7}, {"\xFF\xF1\x10\0\0\xFF\xF2", 7},
		{"\xFF\xF1\x11\0\0\xFF\xF2", 7}, {"\xFF\xF1\x12\0\0\xFF\xF2", 7}, {"\xFF\xF1\x1A\0\0\xFF\xF2", 7},
	};

	(void)state;
	for (size_t i = 0; i < N_SENT; i++)
		if (alg_request_harm(sent[i].bytes, sent[i].len))
			fail_msg("%s: row %zu does harm", sent[i].family, i);
	for (size_t i = 0; i < alg_probe_count; i++)
		assert_true(!alg_probes[i].bytes || !alg_request_harm(alg_probes[i].bytes, alg_probes[i].len));
	for (size_t i = 0; i < sizeof(harmful) / sizeof(harmful[0]); i++)
		if (!alg_request_harm(harmful[i].bytes, harmful[i].len))
			fail_msg("row %zu of the harmful is let pass", i);
	assert_null(alg_request_harm("E", 1));
	assert_null(alg_request_harm("", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_models),
		cmocka_unit_test(test_probes),
		cmocka_unit_test(test_requests),
		cmocka_unit_test(test_more),
		cmocka_unit_test(test_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
