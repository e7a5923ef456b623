/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * point.h - a participant's own points: a site, an offset from its landmark, posture, role,
 * findings. Kept in STUDY/sub-CODE/points.tsv, one row a point and series; a moved point is a new
 * row with the next series number and the old row stays.
 */
#ifndef SES_POINT_H
#define SES_POINT_H

#include "data/site.h"

#include <stdbool.h>
#include <stdint.h>

enum ses_role {
	SES_ROLE_TARGET = 1,        /* treated or complained of */
	SES_ROLE_CONTRALATERAL = 2, /* the same place on the other side */
	SES_ROLE_CONTROL = 3,       /* remote, not treated */
	SES_ROLE_PRACTICE = 4,      /* familiarisation: never analysed; the procedure names it, not points.tsv */
};

struct ses_point {
	char site_code[16];
	char side;
	int series;            /* 1, 2, ... */
	enum ses_role role;
	bool primary;          /* named as primary before the first visit */
	double along_mm;       /* from the landmark along the muscle's fibres, + away from the head or trunk; NAN: not given */
	double across_mm;      /* across the fibres, + away from the midline; the same numbers mirror on the other side */
	char posture[24];
	char finding_taut_band;   /* 'y' 'n' or '\0' not looked at */
	char finding_referred;    /* referred pain */
	char finding_twitch;
	char finding_familiar;
	char finding_activity;    /* 'a' active, 'l' latent, '\0' */
	char referred_where[64];  /* in the participant's words: "temple"; "" */
	char since[12];        /* "2026-03-02": first used */
	/* Filled from the site table by ses_points_load, copied into every session file: */
	char label[96];
	char muscle[96];
	char landmark[200];
	char caution[160];
	char view[12];
	double x, y;
	double ceiling_kpa;    /* of the site */
};

/* An offset is within -300..300 mm: more is another site. */
enum { SES_POINT_OFFSET_MAX_MM = 300 };

struct ses_points {
	struct ses_point *point;
	size_t n;
};

/* Reads points.tsv; sites must know every code. An absent file is zero points, not an error. */
int ses_points_load(
	struct ses_points *points, const char *path, const struct ses_sites *sites, struct alg_log *log);
/* Writes the whole file anew, atomically. */
int ses_points_save(const struct ses_points *points, const char *path, struct alg_log *log);
/* A point made from a site with defaults; role and the rest are the caller's. */
void ses_point_from_site(struct ses_point *point, const struct ses_site *site, enum ses_role role);
/* Appends a copy. ALG_ERR_NOMEM. */
int ses_points_add(struct ses_points *points, const struct ses_point *point);
void ses_points_free(struct ses_points *points);
/* The newest series of the site; NULL when the participant has no point there. */
const struct ses_point *ses_points_find(const struct ses_points *points, const char *code);
/*
 * Highest series of each site only: the ones to measure now, in the order in which the sites were
 * first named. Fills index[] (cap >= points->n).
 */
size_t ses_points_current(const struct ses_points *points, size_t *index);
/* "taut band, refers pain (temple), active"; "" when nothing was found or looked for. */
void ses_point_findings(const struct ses_point *point, char *out, size_t cap);
const char *ses_role_word(enum ses_role role);
enum ses_role ses_role_from_word(const char *word); /* 0 when none */

#endif
