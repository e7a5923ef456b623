/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_registry.c - no dead rows: every family that a table names is there, every USB identity stands once. */
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_models),
		cmocka_unit_test(test_probes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
