/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/units.h"

#include <math.h>

#define G_N   9.80665
#define LB_KG 0.45359237

static const struct {
	const char *name;
	double factor_n;
	const char *spellings; /* space-separated, compared without case */
} table[ALG_UNIT_COUNT] = {
	[ALG_UNIT_NONE] = {"", NAN, ""},
	[ALG_UNIT_N] = {"N", 1.0, "n newton"},
	[ALG_UNIT_MILLI_N] = {"mN", 0.001, "mn"},
	[ALG_UNIT_KN] = {"kN", 1000.0, "kn"},
	[ALG_UNIT_KGF] = {"kgf", G_N, "kgf kg k"},
	[ALG_UNIT_GF] = {"gf", G_N / 1000.0, "gf g"},
	[ALG_UNIT_MGF] = {"mgf", G_N / 1e6, "mgf mg"},
	[ALG_UNIT_TF] = {"tf", G_N * 1000.0, "tf t"},
	[ALG_UNIT_LBF] = {"lbf", LB_KG * G_N, "lbf lb lbs"},
	[ALG_UNIT_KLBF] = {"klbf", LB_KG * G_N * 1000.0, "klbf"},
	[ALG_UNIT_OZF] = {"ozf", LB_KG * G_N / 16.0, "ozf oz"},
	[ALG_UNIT_GRAIN] = {"gr", LB_KG * G_N / 7000.0, "gr gn"},
	[ALG_UNIT_PENNYWEIGHT] = {"dwt", LB_KG * G_N * 24.0 / 7000.0, "dwt"},
	[ALG_UNIT_TROY_OZ] = {"ozt", LB_KG * G_N * 480.0 / 7000.0, "ozt"},
	[ALG_UNIT_CARAT] = {"ct", 0.0002 * G_N, "ct"},
	[ALG_UNIT_SHORT_TON] = {"ton", LB_KG * G_N * 2000.0, "ton"},
	[ALG_UNIT_KPA] = {"kPa", NAN, ""},
};

double alg_unit_factor_n(enum alg_unit unit)
{
	return unit > ALG_UNIT_NONE && unit < ALG_UNIT_COUNT ? table[unit].factor_n : NAN;
}

const char *alg_unit_name(enum alg_unit unit)
{
	return unit >= ALG_UNIT_NONE && unit < ALG_UNIT_COUNT ? table[unit].name : "";
}

/* Whether text is one of the lower-case words of list. Every reading comes through here: no calls inside. */
static int spelled(const char *list, const char *text, size_t len)
{
	while (*list) {
		size_t i = 0;

		while (i < len && list[i] > ' ' && list[i] == (text[i] | 0x20)) /* only letters become letters */
			i++;
		if (i == len && list[i] <= ' ')
			return 1;
		while (*list > ' ')
			list++;
		while (*list == ' ')
			list++;
	}
	return 0;
}

enum alg_unit alg_unit_parse(const char *text, size_t len)
{
	if (len == 0)
		return ALG_UNIT_NONE;
	for (int u = ALG_UNIT_N; u < ALG_UNIT_COUNT; u++)
		if (spelled(table[u].spellings, text, len))
			return (enum alg_unit)u;
	return ALG_UNIT_NONE;
}

double alg_pressure_kpa(double force_n, double area_cm2)
{
	return area_cm2 > 0 ? 10.0 * force_n / area_cm2 : NAN;
}

double alg_force_n(double pressure_kpa, double area_cm2)
{
	return area_cm2 > 0 ? pressure_kpa * area_cm2 / 10.0 : NAN;
}
