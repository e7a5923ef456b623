/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record_disk.c - a press is said to be saved when it is, and what the disk does is told once. */
#include "cli/record.h"

#include <math.h>
#include <string.h>

enum {
	ACKNOWLEDGE_MS = 50,    /* as a rule it takes less; a slow disk is waited for in the background */
	STEPPED_MS = 60 * 1000, /* a simulated world can stand still meanwhile */
};

static void say_saved(struct record *r, const struct ses_trial *t)
{
	const char *status = ses_status_word((enum ses_status)t->status);
	bool tell = acq_gate_may_tell(&r->gate);

	if (t->kind == SES_KIND_HOLD && t->status == SES_ACCEPTED && tell) /* held for less than a moment: the button came first */
		record_say(r, isfinite(t->hold_kpa) ? "saved: press %d, %s, %s, %.0f kPa held for %.1f s" : "saved: press %d, %s, %s",
			(int)t->trial, t->site_code, status, t->hold_kpa, t->hold_s);
	else if (t->status == SES_ACCEPTED && tell)
		record_say(r, "saved: press %d, %s, %s, %.0f kPa (rate %.0f kPa/s)", (int)t->trial, t->site_code, status,
			t->ppt_kpa, t->rate_kpa_s);
	else if (t->status == SES_CENSORED && tell)
		record_say(r, "saved: press %d, %s, %s, ceiling reached: more than %.0f kPa", (int)t->trial, t->site_code,
			status, t->ceiling_kpa);
	else
		record_say(r, "saved: press %d, %s, %s%s%s", (int)t->trial, t->site_code, status, t->reason ? ", " : "",
			t->reason ? ses_reason_word((enum ses_reason)t->reason) : "");
}

static void say_acknowledged(struct record *r, size_t acknowledged)
{
	int said = 0;

	while (said < r->n_waiting && (size_t)r->waiting[said].trial <= acknowledged)
		say_saved(r, &r->waiting[said++]);
	r->n_waiting -= said;
	memmove(r->waiting, r->waiting + said, (size_t)r->n_waiting * sizeof(r->waiting[0]));
}

int record_keep_press(struct record *r, const struct acq_press *press)
{
	struct ses_trial *t;
	struct acq_store_state disk;

	if (acq_store_press(r->store, press) < 0)
		return alg_fail(r->log, MSG_NOMEM, "a press");
	r->given++;
	if (r->n_waiting == RECORD_WAITING_MAX) { /* the oldest is saved without a word */
		memmove(r->waiting, r->waiting + 1, sizeof(r->waiting) - sizeof(r->waiting[0]));
		r->n_waiting--;
	}
	t = &r->waiting[r->n_waiting++];
	*t = press->trial;
	t->trial = (int32_t)r->given;
	acq_store_wait(r->store, r->given, r->stepped ? STEPPED_MS : ACKNOWLEDGE_MS);
	acq_store_state(r->store, &disk);
	say_acknowledged(r, disk.acknowledged);
	return 0;
}

static int note(struct record *r, const char *what, size_t waiting)
{
	return record_store_event(r, alg_clock_now_ns(&r->clock), "disk", (double)waiting, what);
}

int record_watch_disk(struct record *r)
{
	struct acq_store_state now, was = r->disk;
	int rc = 0;

	acq_store_state(r->store, &now);
	r->disk = now;
	say_acknowledged(r, now.acknowledged);
	size_t waiting = now.given - now.acknowledged;

	if (now.failing && !was.failing) {
		alg_warn(r->log, MSG_STORE_FAILING, r->journal, now.fault);
		rc = note(r, "presses are not being saved", waiting);
	}
	if (!now.failing && was.failing) {
		alg_note(r->log, MSG_STORE_BACK, r->journal);
		rc = note(r, "presses are saved again", waiting);
	}
	if (now.slow && !was.slow) {
		alg_warn(r->log, MSG_STORE_SLOW, waiting);
		rc = note(r, "slow", waiting);
	}
	if (!now.slow && was.slow && !now.failing)
		rc = note(r, "no longer slow", waiting);
	if (now.behind && !was.behind)
		alg_warn(r->log, MSG_STORE_BEHIND, r->file.path, now.behind_fault);
	if (!now.behind && was.behind)
		alg_note(r->log, MSG_STORE_BACK, r->file.path);
	if (now.rewrites > was.rewrites && rc >= 0)
		rc = note(r, "the journal was written anew", waiting);
	return rc;
}
