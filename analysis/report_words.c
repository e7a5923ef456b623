/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_words.c - the head of a report and its answer in plain sentences: falls are worded like rises. */
#include "analysis/report_part.h"

#include "analysis/course_page.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void ana_report_session(char *out, size_t cap, const struct ana_course *course, size_t visit, bool day)
{
	const struct ana_visit *v = &course->visit[visit].visit;
	char name[48];

	ana_visit_name(v, name, sizeof(name));
	if (day)
		snprintf(out, cap, "session %s (%s)", name, v->header.visit_day);
	else
		snprintf(out, cap, "session %s", name);
}

void ana_report_dates(char *out, size_t cap, const struct ana_course *course)
{
	const char *first = course->visit[0].visit.header.visit_day, *last = course->visit[course->n_visits - 1].visit.header.visit_day;

	snprintf(out, cap, "%s%s%s", first, strcmp(first, last) ? " to " : "", strcmp(first, last) ? last : "");
}

const char *ana_report_file(const struct ana_visit *visit)
{
	const char *slash = strrchr(visit->path, '/');

	return slash ? slash + 1 : visit->path;
}

const char *ana_report_next_line(char **rest)
{
	const char *line = *rest;
	char *end = *rest;

	for (; *end && !(*end == '\n' && end[1] != ' '); end++)
		if (*end == '\n')
			*end = ' ';
	if (*end)
		*end++ = '\0';
	*rest = end;
	return line;
}

void ana_report_lines(struct ana_html *html, char *text)
{
	while (*text)
		ana_html_put(html, "li", "%s", ana_report_next_line(&text));
}

/* ---- head ----------------------------------------------------------------------------------------- */

static void fact(struct ana_html *html, const char *name, const char *text)
{
	ana_html_put(html, "dt", "%s", name);
	ana_html_put(html, "dd", "%s", *text ? text : "not known");
}

/* The values that sessions have of one thing, each once: "EX1, EX2". */
static void distinct(char *out, size_t cap, const struct ana_course *c, void (*say)(char *, size_t, const struct ana_visit *))
{
	char one[400], earlier[400];

	out[0] = '\0';
	for (size_t v = 0; v < c->n_visits; v++) {
		bool seen = false;

		say(one, sizeof(one), &c->visit[v].visit);
		for (size_t k = 0; k < v && !seen; k++) {
			say(earlier, sizeof(earlier), &c->visit[k].visit);
			seen = strcmp(one, earlier) == 0;
		}
		if (!seen && *one)
			ana_join(out, cap, one, "; ");
	}
}

static void say_gauge(char *out, size_t cap, const struct ana_visit *visit)
{
	const struct ses_header *h = &visit->header;

	snprintf(out, cap, "%s %s%s%s, %s%s", h->device_family, *h->device_model ? h->device_model : "(model not known)",
		*h->device_serial ? " no. " : "", h->device_serial, *h->calibration ? "last check " : "no check on record", h->calibration);
}

static void say_tip(char *out, size_t cap, const struct ana_visit *visit)
{
	snprintf(out, cap, "%g cm\xc2\xb2%s%s", visit->header.tip_area_cm2, *visit->header.tip_shape ? ", " : "",
		visit->header.tip_shape);
}

static void say_rate(char *out, size_t cap, const struct ana_visit *visit)
{
	snprintf(out, cap, "%g kPa/s \xc2\xb1 %g %%", visit->header.target_rate_kpa_s, 100 * visit->header.corridor);
}

static void say_examiner(char *out, size_t cap, const struct ana_visit *visit)
{
	alg_text_copy(out, cap, visit->header.examiner);
}

static void say_study(char *out, size_t cap, const struct ana_visit *visit)
{
	const struct ses_header *h = &visit->header;

	snprintf(out, cap, "%s%s%s", h->study, *h->centre ? ", " : "", h->centre);
}

/* "dry-needling on 2026-01-26 (day 14)": what and when; where and how much stand in a table of their own. */
static void treated(char *out, size_t cap, const struct ana_course *c)
{
	char one[160];

	out[0] = '\0';
	for (size_t i = 0; i < c->n_treatments; i++) {
		const struct ana_treatment *t = &c->treatment[i];

		if (i && t->day == t[-1].day && strcmp(t->modality, t[-1].modality) == 0)
			continue;
		snprintf(one, sizeof(one), "%.100s on %s (day %d)", t->modality, t->date, (int)t->day);
		ana_join(out, cap, one, "; ");
	}
	if (!c->n_treatments)
		snprintf(out, cap, "nothing on record");
}

void ana_report_head(struct ana_html *html, const struct ana_report *report)
{
	const struct ana_course *c = report->course;
	char text[1200], name[64];

	if (c->simulated)
		ana_html_raw(html, "<p class=\"simulated\"><strong>SIMULATED DATA.</strong> These numbers come from a "
			"simulation, not from a person.</p>\n");
	ana_html_raw(html, "<main>\n<header>\n");
	ana_html_put(html, "h1", "%s: %s", c->participant, ana_measure_name(c->visit[0].visit.measure));
	ana_report_session(name, sizeof(name), c, c->n_visits - 1, false);
	ana_report_dates(text, sizeof(text), c);
	ana_html_put(html, "p class=\"sub\"", "%s, %zu session%s, up to %s (%d day%s)", text, c->n_visits,
		c->n_visits == 1 ? "" : "s",
		name, (int)c->visit[c->n_visits - 1].day, c->visit[c->n_visits - 1].day == 1 ? "" : "s");
	ana_html_raw(html, "<dl class=\"facts\">\n");
	distinct(text, sizeof(text), c, say_study);
	fact(html, "Study", text);
	distinct(text, sizeof(text), c, say_examiner);
	fact(html, "Examiner", text);
	distinct(text, sizeof(text), c, say_gauge);
	fact(html, "Gauge", text);
	distinct(text, sizeof(text), c, say_tip);
	fact(html, "Tip", text);
	distinct(text, sizeof(text), c, say_rate);
	fact(html, "Rate", text);
	treated(text, sizeof(text), c);
	fact(html, "Treated", text);
	ana_html_raw(html, "</dl>\n</header>\n");
}

/* ---- one change in words -------------------------------------------------------------------------- */

/* "152 kPa (+70 %)", "at least 85 kPa (+20 %)": without its sign where the verb tells it. */
static void amount(char *out, size_t cap, const struct ana_change *change, bool bare)
{
	char number[96], kpa[32];

	if (!isfinite(change->kpa) && isfinite(change->percent)) { /* a ratio: the net change on the log10 scale */
		double v = ana_bound_rounded(change->kind, change->percent);

		ana_signed_text(kpa, sizeof(kpa), bare ? fabs(v) : v, 0);
		snprintf(out, cap, "%s%s %%", ana_bound_word(change->kind), kpa + (bare && kpa[0] == '+'));
		return;
	}
	double whole = ana_bound_rounded(change->kind, change->kpa);

	ana_change_number(number, sizeof(number), change);
	ana_signed_text(kpa, sizeof(kpa), whole, 0);
	char *at = bare && isfinite(whole) ? strstr(number, kpa) : NULL;

	if (at) /* +152 -> 152; a fall by "at most -85" is one by at least 85 */
		snprintf(out, cap, "%s%.0f%s", change->kind == ANA_CHANGE_EXACT ? "" : "at least ", fabs(whole),
			at + strlen(kpa));
	else
		snprintf(out, cap, "%s", number);
}

static void interval(char *out, size_t cap, const struct ana_change *change)
{
	bool kpa = isfinite(change->ci_low_kpa);
	char low[32], high[32];

	ana_signed_text(low, sizeof(low), kpa ? change->ci_low_kpa : change->ci_low_percent, 0);
	ana_signed_text(high, sizeof(high), kpa ? change->ci_high_kpa : change->ci_high_percent, 0);
	if (!kpa && !isfinite(change->ci_low_percent))
		out[0] = '\0';
	else
		snprintf(out, cap, "; 95 %% interval %s to %s %s", low, high, kpa ? "kPa" : "%");
}

/* "rose by 152 kPa (+70 %); 95 % interval +97 to +207 kPa: more than measurement error, less tender" */
static void change_sentence(char *out, size_t cap, const struct ana_change *change)
{
	bool beyond = change->verdict == ANA_VERDICT_RISE || change->verdict == ANA_VERDICT_FALL;
	char by[128], ci[96];

	amount(by, sizeof(by), change, beyond);
	interval(ci, sizeof(ci), change);
	switch (change->verdict) {
	case ANA_VERDICT_RISE:
		snprintf(out, cap, "rose by %s%s: more than measurement error (less tender)", by, ci);
		break;
	case ANA_VERDICT_FALL:
		snprintf(out, cap, "fell by %s%s: more than measurement error (more tender)", by, ci);
		break;
	case ANA_VERDICT_WITHIN:
		snprintf(out, cap, "changed by %s%s: not distinguishable from measurement error", by, ci);
		break;
	case ANA_VERDICT_OPEN:
		snprintf(out, cap, "cannot be judged: the ceiling hides how far it went");
		break;
	default:
		if (change->kind == ANA_CHANGE_OPEN)
			snprintf(out, cap, "cannot be told: the ceiling was reached both times");
		else
			snprintf(out, cap, "changed by %s; %s", by, change->error.why[0] ? change->error.why : "no error of "
				"measuring is known here");
	}
}

/* "session 1", of several "the mean of sessions 1 to 3". */
static void baseline_words(char *out, size_t cap, const struct ana_course *c, const struct ana_row *row)
{
	char first[48], last[48];

	ana_visit_name(&c->visit[row->baseline_first].visit, first, sizeof(first));
	ana_visit_name(&c->visit[row->baseline].visit, last, sizeof(last));
	if (row->baseline_n > 1)
		snprintf(out, cap, "the %d sessions %s to %s", row->baseline_n, first, last);
	else
		snprintf(out, cap, "session %s", first);
}

static void row_sentence(struct ana_html *html, const struct ana_course *c, const struct ana_row *row)
{
	char label[160], words[600], a[ANA_NUMBER_MAX], b[ANA_NUMBER_MAX], from[128], to[80];

	ana_point_label(&row->point, label, sizeof(label));
	ana_html_raw(html, "<li>");
	ana_html_put(html, "strong", "%s", label);
	if (row->baseline < 0) {
		ana_html_textf(html, " has no value in any session.");
	} else if (row->latest <= row->baseline) {
		ana_kpa_text(a, row->base_kpa, row->base_bound);
		baseline_words(from, sizeof(from), c, row);
		ana_html_textf(html, " has no later value than %s kPa in %s: there is no change to report.", a, from);
	} else {
		const struct ana_cell *cell = &row->cell[row->latest];
		const char *seen = ana_seen_text(cell->seen);

		ana_kpa_text(a, row->base_kpa, row->base_bound);
		ana_kpa_text(b, cell->value_kpa, cell->bound);
		baseline_words(from, sizeof(from), c, row);
		ana_report_session(to, sizeof(to), c, (size_t)row->latest, false);
		change_sentence(words, sizeof(words), &cell->change);
		ana_html_textf(html, " %s%s%s. From %s kPa in %s to %s kPa in %s.", words, *seen ? "; " : "", seen, a, from,
			b, to);
	}
	ana_html_raw(html, "</li>\n");
}

static bool moved(const struct ana_row *row)
{
	enum ana_verdict v = row->latest > row->baseline && row->baseline >= 0 ? row->cell[row->latest].change.verdict : 0;

	return v == ANA_VERDICT_RISE || v == ANA_VERDICT_FALL;
}

/* Sentences of the primary points, or of the others that moved; returns how many. */
static size_t sentences(struct ana_html *html, const struct ana_course *c, bool primary)
{
	size_t n = 0;

	for (size_t r = 0; r < c->n_rows; r++) {
		const struct ana_row *row = &c->row[r];

		if (row->point.primary != primary || (!primary && !moved(row)))
			continue;
		if (n++ == 0) {
			ana_html_put(html, "h3", "%s", primary ? "Primary points, named before the first session"
				: "Other points that moved by more than measurement error");
			ana_html_raw(html, "<ul>\n");
		}
		row_sentence(html, c, row);
	}
	if (n)
		ana_html_raw(html, "</ul>\n");
	return n;
}

/* ---- the answer ----------------------------------------------------------------------------------- */

static void targets_sentence(struct ana_html *html, const struct ana_course *c)
{
	const struct ana_pair_mean *mean = &c->visit[c->latest].targets_change;
	char a[ANA_NUMBER_MAX], b[ANA_NUMBER_MAX], number[96];

	if (mean->n == 0)
		return;
	ana_kpa_text(a, mean->a_kpa, mean->a_bound);
	ana_kpa_text(b, mean->b_kpa, mean->b_bound);
	ana_change_number(number, sizeof(number), &mean->change);
	char which[64] = "The one target point";

	if (mean->n > 1)
		snprintf(which, sizeof(which), "Mean of the %zu target points", mean->n);
	ana_html_put(html, "p", "%s measured both times: from %s to %s kPa, %s (change of the means).", which, a, b,
		mean->change.kind == ANA_CHANGE_OPEN ? "above the ceiling" : number);
}

static void net_sentence(struct ana_html *html, const struct ana_report *report)
{
	const struct ana_net *net = &report->compare.net;
	char words[600];

	if (!report->compared || net->change.kind == ANA_CHANGE_NONE)
		return;
	change_sentence(words, sizeof(words), &net->change);
	ana_html_put(html, "p", "Net change (mean change of %zu target%s minus mean change of %zu control%s): %s.",
		net->n_targets,
		net->n_targets == 1 ? "" : "s", net->n_controls, net->n_controls == 1 ? "" : "s", words);
}

void ana_report_answer(struct ana_html *html, const struct ana_report *report)
{
	const struct ana_course *c = report->course;
	char first[80], latest[80], text[400];

	ana_html_raw(html, "<section class=\"answer\">\n<h2>What changed</h2>\n");
	if (c->latest <= c->first) {
		ana_html_put(html, "p", "One session so far: there is no change to report.");
	} else if (!c->visit[c->latest].alike) {
		ana_report_session(first, sizeof(first), c, c->first, true);
		ana_report_session(latest, sizeof(latest), c, c->latest, true);
		ana_html_put(html, "p", "The latest, %s, is not alike with %s: no change between them is reported. Why "
			"stands below.", latest, first);
	}
	if (c->latest > c->first)
		sentences(html, c, true);
	if (c->tally_primary.n && c->tally_primary.n < c->tally.n) {
		ana_tally_text(text, sizeof(text), &c->tally_primary);
		ana_html_put(html, "p class=\"tally\"", "Primary: %s", text);
	}
	if (c->tally.n) {
		ana_tally_text(text, sizeof(text), &c->tally);
		ana_html_put(html, "p class=\"tally\"", "%s to latest session, all points: %s", c->baseline > 1 ? "Baseline" : "First", text);
	} else if (c->latest > c->first && !ana_course_has_change(c)) {
		ana_html_put(html, "p class=\"tally\"", "No point has a value after its baseline: there is no change to report.");
	} else if (c->latest > c->first) {
		ana_html_put(html, "p class=\"tally\"", "No error of measuring is known here, so changes stand alone: what "
			"part of them "
			"is measurement error cannot be told.");
	}
	ana_again_text(text, sizeof(text), &c->again);
	if (*text && c->tally.n)
		ana_html_put(html, "p", "Seen again: %s", text);
	if (c->latest > c->first) {
		sentences(html, c, false);
		targets_sentence(html, c);
		net_sentence(html, report);
	}
	ana_html_put(html, "p class=\"small\"", "A higher %s is less tender. More than measurement error is not the same as "
		"important: it may not matter to the person, and a change within error may. This is not a diagnosis.",
		ana_measure_name(c->visit[0].visit.measure));
	ana_html_raw(html, "</section>\n");
}

/* ---- what is missing ------------------------------------------------------------------------------ */

/* The notes of the course's own page. */
void ana_report_missing(struct ana_html *html, const struct ana_report *report)
{
	struct ana_text text = {0};

	ana_course_notes(&text, report->course);
	html->failed |= text.failed;
	ana_html_raw(html, "<section>\n<h2>What is missing, and what to know</h2>\n");
	if (text.data && !text.failed) {
		ana_html_raw(html, "<ul>\n");
		ana_report_lines(html, text.data);
		ana_html_raw(html, "</ul>\n");
	} else {
		ana_html_put(html, "p", "Nothing is missing, and the sessions were made alike.");
	}
	ana_html_raw(html, "</section>\n");
	ana_text_free(&text);
}
