/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * needling.h - needles shortly before a session: dry needling and injections leave a place sore for two or
 * three days, so that a threshold falls for a reason of its own.
 */
#ifndef ANA_NEEDLING_H
#define ANA_NEEDLING_H

#include "analysis/ppt.h"
#include "data/treatment.h"

enum { ANA_NEEDLING_HOURS = 72 };

/*
 * The last needling less than 72 h before the visit, in words; false when there is none. A treatment without
 * a time of day counts until the end of the third day after it; on the day itself before a post session only.
 */
bool ana_needling_words(const struct ses_treatments *list, const struct ana_visit *visit, char *out, size_t cap);

#endif
