/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * weights.h - the check weights of a place, entered once: STUDY/calibration/weights.yaml.
 *
 *   algometer: weights 1
 *   local_g_m_s2: 9.81553         what a kilogram weighs here; standard gravity is up to 0.3 % off
 *   class: 'M1'                   as the weights' certificate says; '' when there is none
 *   uncertainty_percent: 0.005    of a weight's mass, expanded (k = 2); absent: not known
 *   masses_kg: [0.5, 1, 2, 5]     upwards
 *   tolerance_percent_reading: 1  an error is allowed up to the larger of the two
 *   tolerance_percent_range: 0.5
 *   repeatability_percent_range: 0.5
 */
#ifndef SES_WEIGHTS_H
#define SES_WEIGHTS_H

#include "data/study.h"
#include "data/yaml.h"

#include <stdbool.h>
#include <stdio.h>

enum { SES_WEIGHTS_MIN = 3, SES_WEIGHTS_MAX = 8 };
#define SES_STANDARD_G_M_S2 9.80665

struct ses_weights {
	double local_g_m_s2;
	char class[48];
	double uncertainty_percent; /* k = 2, of the mass; NAN: not known */
	double mass_kg[SES_WEIGHTS_MAX];
	int n;                      /* 0: none entered yet */
	double tolerance_percent_reading, tolerance_percent_range, repeatability_percent_range;
};

/* Standard gravity, 1 % of reading or 0.5 % of range, repeatability 0.5 % of range; no masses. */
void ses_weights_defaults(struct ses_weights *weights);
/* "0.5,1,2,5" into mass_kg and n, sorted upwards; ALG_ERR_ARG and a reason in *why, *weights being untouched then. */
int ses_weights_parse_list(struct ses_weights *weights, const char *text, const char **why);
/* The study's; the defaults when there is no such file. Says MSG_YAML_* and MSG_FILE_*. */
int ses_weights_load(struct ses_weights *weights, const struct ses_study *study, struct alg_log *log);
/* Makes or replaces the study's file. */
int ses_weights_save(const struct ses_weights *weights, const struct ses_study *study, struct alg_log *log);
bool ses_weights_equal(const struct ses_weights *a, const struct ses_weights *b);

/* For check_file.c, whose files hold the same keys with the check. */
#define SES_WEIGHTS_KEYS                                                                           \
	"local_g_m_s2", "class", "uncertainty_percent", "masses_kg", "tolerance_percent_reading",  \
		"tolerance_percent_range", "repeatability_percent_range"
int ses_weights_read(struct ses_weights *weights, struct ses_yaml_node map);
void ses_weights_write(const struct ses_weights *weights, FILE *out);
/* "key: value" lines: a number so that the same one is read back, nothing when it is NAN; a text in single quotes. */
void ses_yaml_put_number(FILE *out, const char *key, double value);
void ses_yaml_put_text(FILE *out, const char *key, const char *text);

#endif
