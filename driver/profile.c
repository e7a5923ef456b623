/* SPDX-License-Identifier: GPL-3.0-or-later */
/* profile.c - what those who write and load profiles of gauges ask of the library. */
#include "driver/algometer.h"
#include "driver/frame/pattern.h"

#include "base/text.h"

#include <stdio.h>
#include <string.h>

bool alg_profile_pattern_check(const char *pattern, size_t *at, char *why, size_t cap)
{
	const char *what = NULL;
	bool is = alg_pattern_check(pattern, at, &what);

	alg_text_copy(why, cap, is ? "" : what);
	return is;
}

/* "{{unit}" is a brace and a word, no field. */
bool alg_profile_pattern_has(const char *pattern, const char *field)
{
	size_t len = strlen(field);

	for (; *pattern; pattern++) {
		if (pattern[0] == '{' && pattern[1] == '{')
			pattern++;
		else if (strncmp(pattern, field, len) == 0)
			return true;
	}
	return false;
}

void alg_recording_profile(const char *path, char *out, size_t cap)
{
	static const char key[] = "# profile: ";
	FILE *file = fopen(path, "re");
	char line[256];

	*out = '\0';
	while (file && fgets(line, sizeof(line), file) && line[0] == '#') {
		line[strcspn(line, "\r\n")] = '\0';
		if (strncmp(line, key, sizeof(key) - 1) == 0 && !alg_text_copy(out, cap, line + sizeof(key) - 1))
			*out = '\0';
	}
	if (file)
		fclose(file);
}
