/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz_yaml.c - any bytes as YAML: read generally, as a procedure and as a check of a gauge. Never a crash, a leak or a hang. */
#include "data/check.h"
#include "data/procedure.h"
#include "data/yaml.h"

#include <stdint.h>
#include <stdlib.h>

/* Walks what can be walked from a node, with the typed readers as well. */
static void walk(struct ses_yaml_node node, int depth)
{
	char text[40];
	double number = 0;
	bool yes = false;
	int i = 0;

	ses_yaml_scalar(node);
	ses_yaml_text(node, "id", true, text, sizeof(text));
	ses_yaml_number(node, "rate_kpa_s", false, 0, 10, &number);
	ses_yaml_int(node, "rounds", false, 0, 10, &i);
	ses_yaml_bool(node, "journal", false, &yes);
	for (size_t k = 0; depth && k <= ses_yaml_length(node); k++)
		walk(ses_yaml_at(node, k), depth - 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ses_site site[] = {{.code = "TA_R", .side = 'R'}, {.code = "TA_L", .side = 'L'}};
	struct ses_sites sites = {site, 2};
	struct ses_procedure proc;
	struct ses_check check;
	struct ses_yaml *doc;
	int version;

	if (ses_yaml_parse((const char *)data, size, "fuzz", &doc, NULL) == 0) {
		ses_yaml_kind(doc, "procedure", 1, &version);
		walk(ses_yaml_root(doc), 3);
		ses_yaml_free(doc);
	}
	ses_procedure_parse(&proc, (const char *)data, size, "fuzz", &sites, NULL);
	ses_procedure_free(&proc);
	ses_check_parse(&check, (const char *)data, size, "fuzz", NULL);
	return 0;
}
