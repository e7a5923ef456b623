/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include "base/status.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* cJSON's own printing takes 15 digits when they are nearly the number; here it must be the number. */
static cJSON *number_or_null(double value)
{
	char text[ALG_NUMBER_TEXT_MAX];
	cJSON *item;

	alg_text_number(text, value);
	item = text[0] ? cJSON_CreateRaw(text) : cJSON_CreateNull();
	if (item)
		item->valuedouble = value; /* for who looks at it without printing */
	return item;
}

void alg_json_number(cJSON *object, const char *key, double value)
{
	cJSON_AddItemToObject(object, key, number_or_null(value));
}

void alg_json_add_number(cJSON *array, double value)
{
	cJSON_AddItemToArray(array, number_or_null(value));
}

void alg_json_string(cJSON *object, const char *key, const char *text)
{
	char clean[4096];

	if (!text) {
		cJSON_AddNullToObject(object, key);
	} else if (alg_text_is_utf8(text, strlen(text))) {
		cJSON_AddStringToObject(object, key, text);
	} else {
		alg_text_clean(clean, sizeof(clean), text);
		cJSON_AddStringToObject(object, key, clean);
	}
}

void alg_json_write_string(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c < 0x20)
			fprintf(out, "\\u%04X", c);
		else if (c == '"' || c == '\\')
			fprintf(out, "\\%c", c);
		else
			fputc(c, out);
	}
	fputc('"', out);
}

int alg_json_print(cJSON *json, int pretty, FILE *out)
{
	char *text = pretty ? cJSON_Print(json) : cJSON_PrintUnformatted(json);
	int rc = 0;

	cJSON_Delete(json);
	if (!text)
		return ALG_ERR_NOMEM;
	if (fputs(text, out) < 0 || fputc('\n', out) < 0 || fflush(out))
		rc = ALG_ERR_IO;
	cJSON_free(text);
	return rc;
}
