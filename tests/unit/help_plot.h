/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * help_plot.h - sessions of an invented course for the tests of pictures: 12 points, 3 rounds,
 * 7 time points over 5 weeks (pre and post on one day), the same at every run.
 *
 * What happens: UTRAP_R rises by far, LEV_R keeps its level, ISP_R rises late, RHOM_R falls, SUBO_R
 * rises; the other sides and THEN_R keep theirs; TA_R is above the ceiling from the fourth session
 * on; LEV_L is missing at the third (the patient asked to stop), THEN_R at the fifth (skipped); one
 * press at ISP_R is rejected. The journal falls from 7 to 1.
 */
#ifndef TEST_HELP_PLOT_H
#define TEST_HELP_PLOT_H

#include "data/session.h"

enum { HELP_PLOT_SESSIONS = 7, HELP_PLOT_POINTS = 12 };

/* index 0..HELP_PLOT_SESSIONS-1. Cleared with ses_session_clear or help_plot_free. */
void help_plot_session(struct ses_session *ses, int index);
/* Frees without the data room's own function. */
void help_plot_free(struct ses_session *ses);

#endif
