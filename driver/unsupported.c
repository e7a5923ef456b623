/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * unsupported.c - instruments that people ask for and that cannot be read, each with the reason. Saying so
 * by name is better than "unknown family": the owner then knows that it is not a matter of spelling, and
 * what would change it. Nothing here was found in makers' manuals, open source or reports of owners.
 */
#include "driver/algometer.h"

#include <string.h>
#include <strings.h>

#define UNDOCUMENTED "nobody documented what it sends"
#define CAPTURE      "its protocol from the maker, or bytes: 'algometer monitor --bytes --device serial:PORT --capture FILE' " \
		     "while it sends, with what its display showed"

static const struct alg_unsupported table[] = {
	{"chatillon", "dfe dfs-ii dfsii dfx df-ii", "Chatillon DFE, DFS-II, DFX, DF-II", UNDOCUMENTED, CAPTURE},
	{"somedic", "sensebox somedic-algometer", "Somedic algometer, SenseBox", UNDOCUMENTED, CAPTURE},
	{"algomed", "medoc", "Medoc AlgoMed",
		"its manual describes triggers and rates, not the protocol", CAPTURE},
	{"jtech", "commander jtech-commander", "JTECH Commander, Echo", UNDOCUMENTED, CAPTURE},
	{"microfet", "hoggan microfet2 microfet3", "Hoggan microFET", UNDOCUMENTED, CAPTURE},
	{"cpar+", "cparplus cpar-plus", "Nocitech CPAR+",
		"its protocol is inside a closed library; the older CPAR is another instrument", CAPTURE},
	{"dolocuff", "", "DoloCuff", UNDOCUMENTED, CAPTURE},
	{"alluris", "", "Alluris", UNDOCUMENTED, CAPTURE},
	{"tronix", "", "Tronix", UNDOCUMENTED, CAPTURE},
	{"hp-500", "hp500 sf-500 sf500 hf-500 hf500", "HP-500, SF-500, HF-500 and gauges alike",
		UNDOCUMENTED, CAPTURE},
	{"tecsis", "", "Tecsis", UNDOCUMENTED, CAPTURE},
	{"wagner-dial", "fpk fpn wagner-fpk wagner-fpn", "Wagner FPK, FPN",
		"they are dial gauges without electronics", "a gauge with an output; Wagner FPX and FDX are family wagner"},
	{"tindeq", "progressor tindeq-progressor", "Tindeq Progressor",
		"it speaks Bluetooth LE only, which this program does not", "a radio link is not planned: its delay is not bounded"},
};

const struct alg_unsupported *alg_unsupported_at(size_t index)
{
	return index < sizeof(table) / sizeof(table[0]) ? &table[index] : NULL;
}

/* Whether word is one of the words of list. */
static bool among(const char *list, const char *word)
{
	size_t len = strlen(word);

	while (*list) {
		size_t n = strcspn(list, " ");

		if (n == len && strncasecmp(list, word, n) == 0)
			return true;
		list += n + (list[n] == ' ');
	}
	return false;
}

const struct alg_unsupported *alg_unsupported_find(const char *word)
{
	for (size_t i = 0; *word && i < sizeof(table) / sizeof(table[0]); i++)
		if (strcasecmp(table[i].name, word) == 0 || among(table[i].aliases, word))
			return &table[i];
	return NULL;
}
