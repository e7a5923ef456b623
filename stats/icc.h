/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * icc.h - intraclass correlation, the six forms of Shrout & Fleiss 1979, Psychol Bull 86:420.
 *
 *   (1,1) (MSR-MSW)/(MSR+(k-1)MSW)                        (1,k) (MSR-MSW)/MSR
 *   (2,1) (MSR-MSE)/(MSR+(k-1)MSE+k(MSC-MSE)/n)           (2,k) (MSR-MSE)/(MSR+(MSC-MSE)/n)
 *   (3,1) (MSR-MSE)/(MSR+(k-1)MSE)                        (3,k) (MSR-MSE)/MSR
 *
 * 1: columns are exchangeable; 2: agreement, columns a sample of examiners or sessions; 3: consistency,
 * these columns only. Intervals: McGraw & Wong 1996, Psychol Methods 1:30 (2: Satterthwaite's v, a real
 * number). F and p: no agreement beyond chance. The table's n_missing says how many rows were left out.
 *
 * A negative value is printed as it is, never as 0. No error at all (MSE or MSW 0): the value is exact,
 * no F, p or interval. No spread at all, or fewer than two rows or columns: all NaN.
 */
#ifndef ST_ICC_H
#define ST_ICC_H

#include "stats/anova.h"

enum st_icc_form { ST_ICC_1_1, ST_ICC_2_1, ST_ICC_3_1, ST_ICC_1_K, ST_ICC_2_K, ST_ICC_3_K, ST_ICC_FORMS };

struct st_icc {
	enum st_icc_form form;
	double value;
	struct st_interval ci;
	double f, df1, df2, p;
};
struct st_icc st_icc_of(const struct st_two_way *table, enum st_icc_form form, double level);
const char *st_icc_name(enum st_icc_form form); /* "ICC(2,1)"; "ICC(?)" for no form */

#endif
