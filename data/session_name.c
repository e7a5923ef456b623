/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/session_name.h"

#include "base/status.h"
#include "base/text.h"
#include "data/study.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* A number without sign and without leading zeros, so that a session has one name; where it ends, or NULL. */
static const char *number(const char *text, int max, int *out)
{
	size_t len = strspn(text, "0123456789");
	char digits[8];
	int64_t value;

	if (len == 0 || len >= sizeof(digits) || text[0] == '0')
		return NULL;
	memcpy(digits, text, len);
	digits[len] = '\0';
	if (alg_text_to_int(digits, 1, max, &value))
		return NULL;
	*out = (int)value;
	return text + len;
}

int ses_session_name_parse(const char *text, struct ses_session_name *out)
{
	struct ses_session_name name = {.acq = ""};
	const char *at = number(text, SES_SESSION_MAX, &name.session);

	if (at && strncmp(at, "-pre", 4) == 0 && (at[4] == '\0' || at[4] == '-')) {
		strcpy(name.acq, "pre");
		at += 4;
	} else if (at && strncmp(at, "-post", 5) == 0 && (at[5] == '\0' || at[5] == '-')) {
		strcpy(name.acq, "post");
		at += 5;
	}
	if (at && strncmp(at, "-run", 4) == 0)
		at = number(at + 4, SES_SESSION_MAX, &name.run);
	if (!at || *at)
		return ALG_ERR_ARG;
	*out = name;
	return 0;
}

void ses_session_name_text(char out[SES_SESSION_NAME_MAX], const struct ses_session_name *name)
{
	int used = snprintf(out, SES_SESSION_NAME_MAX, "%d%s%s", name->session, *name->acq ? "-" : "", name->acq);

	if (name->run)
		snprintf(out + used, SES_SESSION_NAME_MAX - (size_t)used, "-run%d", name->run);
}
