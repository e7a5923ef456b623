/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * units.h - one table of the units gauges send: their text, and of forces the exact factor to newton.
 *
 * Standard gravity 9.80665 m/s2 and the international pound 0.45359237 kg are exact by definition
 * (3rd CGPM 1901; international yard and pound agreement 1959), so all factors are exact products.
 */
#ifndef ALG_BASE_UNITS_H
#define ALG_BASE_UNITS_H

#include <stddef.h>

enum alg_unit {
	ALG_UNIT_NONE, /* not known: no conversion */
	ALG_UNIT_N,
	ALG_UNIT_MILLI_N,
	ALG_UNIT_KN,
	ALG_UNIT_KGF,
	ALG_UNIT_GF,
	ALG_UNIT_MGF,
	ALG_UNIT_TF,
	ALG_UNIT_LBF,
	ALG_UNIT_KLBF,
	ALG_UNIT_OZF,
	ALG_UNIT_GRAIN,
	ALG_UNIT_PENNYWEIGHT,
	ALG_UNIT_TROY_OZ,
	ALG_UNIT_CARAT,
	ALG_UNIT_SHORT_TON,
	ALG_UNIT_KPA, /* of a cuff: no force, so it has no factor and no spelling that means it */
	ALG_UNIT_COUNT
};

#pragma GCC visibility push(default) /* a face of the shared library */
/* 1 unit in newton; NAN for ALG_UNIT_NONE, a pressure, and anything outside the table. */
double alg_unit_factor_n(enum alg_unit unit);
/* Canonical name: "N", "kgf", "lbf", ...; "" for ALG_UNIT_NONE. */
const char *alg_unit_name(enum alg_unit unit);
/*
 * Case-insensitive look-up of a name or a known spelling ("lbF", "kg", "K", "lbs", ...), len bytes
 * of text. ALG_UNIT_NONE when it is none of them. "mN" is millinewton here; a Mark-10 *command*
 * spells it MN, which is that family's business.
 */
enum alg_unit alg_unit_parse(const char *text, size_t len);

/* kPa of a force on a flat tip: 1 N/cm2 = 10 kPa. NAN unless area_cm2 > 0. */
double alg_pressure_kpa(double force_n, double area_cm2);
double alg_force_n(double pressure_kpa, double area_cm2);
#pragma GCC visibility pop

#endif
