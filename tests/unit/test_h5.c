/* SPDX-License-Identifier: GPL-3.0-or-later */
/* h5: what is written is read back, the same bytes each time, and no broken file passes for a whole one. */
#include "data/h5_util.h"

#include "base/bytes.h"
#include "data/digest.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void metadata_checksum_is_lookup3(void **state)
{
	(void)state;
	/* From the self-test in lookup3.c (Bob Jenkins): hashlittle of these with start value 0. */
	assert_int_equal(h5_lookup3((const uint8_t *)"", 0), 0xDEADBEEF);
	assert_int_equal(h5_lookup3((const uint8_t *)"Four score and seven years ago", 30), 0x17770551);
}

static void build(const struct ses_session *ses, uint8_t **image, size_t *len)
{
	struct help_log log;

	help_log_start(&log);
	if (ses_h5_image(ses, image, len, &log.log))
		fail_msg("%s", log.text);
}

static void write_then_read_is_identity(void **state)
{
	static const struct { const char *legend; size_t trials, samples; } row[] = {
		{"no press at all", 0, 0}, {"one press without samples", 1, 0}, {"one press", 1, 7},
		{"a session", 12, 300}, {"more than one chunk", 3, 12000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_session ses, back;
		struct help_log log;
		uint8_t *image;
		size_t len;

		help_log_start(&log);
		help_session_fill(&ses, row[i].trials, row[i].samples);
		build(&ses, &image, &len);
		if (ses_h5_read_image(image, len, "test", &back, &log.log))
			fail_msg("%s: %s", row[i].legend, log.text);
		if (*help_session_differs(&ses, &back))
			fail_msg("%s: %s differs", row[i].legend, help_session_differs(&ses, &back));
		assert_int_equal(log.id, 0);
		ses_session_clear(&ses);
		ses_session_clear(&back);
		free(image);
	}
}

static void same_session_same_bytes(void **state)
{
	struct ses_session a, b;
	uint8_t *one, *two;
	size_t len_one, len_two;

	(void)state;
	help_session_fill(&a, 5, 100);
	help_session_fill(&b, 5, 100);
	build(&a, &one, &len_one);
	build(&b, &two, &len_two);
	assert_int_equal(len_one, len_two);
	assert_memory_equal(one, two, len_one);
	free(one);
	free(two);
	ses_session_clear(&a);
	ses_session_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(metadata_checksum_is_lookup3),
		cmocka_unit_test(write_then_read_is_identity),
		cmocka_unit_test(same_session_same_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
