/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report_method.c - how the numbers of a report came about: measuring, formulas, errors with their sources, files. */
#include "analysis/report_part.h"

#include "analysis/text.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- measuring ------------------------------------------------------------------------------------ */

/* Who marks the response, and what the threshold reads too high by for that. */
static void response(struct ana_html *html, const struct ses_header *h)
{
	enum ses_response mode = ses_response_from_word(h->response_mode);
	double low = 0.2 * h->target_rate_kpa_s, high = 0.4 * h->target_rate_kpa_s;
	bool examiner = mode == SES_RESPONSE_EXAMINER_KEY || mode == SES_RESPONSE_PEAK;
	const char *who = mode == SES_RESPONSE_BUTTON ? "the person's own button" : mode == SES_RESPONSE_EXAMINER_KEY
		? "the examiner's key on the person's word" : mode == SES_RESPONSE_PEAK ? "the peak before the examiner "
			"lifts on the person's word"
		: mode == SES_RESPONSE_GAUGE ? "the gauge's own button" : "a way that is not known";

	ana_html_put(html, "li", "Response (%s): %s. The pressure goes on rising while the person reacts (0.2 to 0.4 "
		"s)%s, so a threshold reads "
		"about %.0f to %.0f kPa too high at %g kPa/s; nothing is subtracted, and it cancels in a change where the "
		"mode is the same.",
		h->response_mode, who, examiner ? " and the examiner as well (as much again)" : "", examiner ? 2 * low : low,
		examiner ? 2 * high : high, h->target_rate_kpa_s);
}

static void measuring(struct ana_html *html, const struct ana_visit *visit)
{
	const struct ses_header *h = &visit->header;
	char rule[64];

	ana_rule_words(rule, sizeof(rule), visit->rule);
	ana_html_raw(html, "<ul>\n");
	ana_html_put(html, "li", "Procedure %s %s (SHA-256 %.16s): %d planned presses a point, %g s apart, at %g kPa/s "
		"\xc2\xb1 %g %%, tip %g cm\xc2\xb2.",
		h->procedure_id, h->procedure_version, *h->procedure_sha256 ? h->procedure_sha256 : "not known",
			(int)h->rounds, h->interval_s, h->target_rate_kpa_s,
		100 * h->corridor, h->tip_area_cm2);
	ana_html_put(html, "li", "Value of a point (%s): %s, over accepted and ceiling presses; rejected ones do not "
		"count. A mean with a ceiling press "
		"in it is \"more than\" its value.", visit->measure == SES_MEASURE_TOLERANCE ? "tolerance" : "threshold", rule);
	response(html, h);
	ana_html_raw(html, "</ul>\n");
}

/* ---- formulas ------------------------------------------------------------------------------------- */

static bool uses_log(const struct ana_course *c)
{
	for (size_t i = 0; i < c->basis.n_rows; i++)
		if (c->basis.row[i]->scale == SES_SCALE_LOG10)
			return true;
	return false;
}

static void formulas(struct ana_html *html, const struct ana_course *c)
{
	bool log_scale = uses_log(c);

	ana_html_raw(html, "<h3>Formulas</h3>\n<ul>\n");
	ana_html_put(html, "li", "Change = value \xe2\x88\x92 first value of that point, in kPa; %% = 100 \xc3\x97 "
		"change / first value. Of a mean over points: "
		"change of the means.");
	if (c->baseline > 1)
		ana_html_put(html, "li", "First value here: the baseline, which is the %smean of the first %d usable values of a "
			"point; its SEM is that of one value / \xe2\x88\x9a%d.", log_scale ? "geometric " : "", c->baseline, c->baseline);
	ana_html_put(html, "li", "SEM: standard deviation of repeated values of one stable person. Standard error of a "
		"change "
		"SE = \xe2\x88\x9a(SEM\xc2\xb2 + SEM\xc2\xb2) of its two values.");
	ana_html_put(html, "li", "95 %% interval = change \xc2\xb1 t \xc3\x97 SE, t of the SEM's degrees of freedom "
		"(df); 1.96 where df is not known. Minimal "
		"detectable change MDC%g = t \xc3\x97 SE: of points with no true change, %g %% pass it by chance.",
		100 * c->errors.level,
		100 * (1 - c->errors.level));
	if (log_scale)
		ana_html_put(html, "li", "The errors of this study are on the log10 scale: SE is that of log10(value / first "
			"value), limits are ratios "
			"10^(\xc2\xb1 t \xc3\x97 SE) of the first value, and the interval is given in %%.");
	ana_html_put(html, "li", "Net change = mean change of the targets \xe2\x88\x92 mean change of the controls, over "
		"points with a value both times%s; its error is "
		"that of net changes of stable people, never put together from single points.",
		log_scale ? "; on the log10 scale of log changes, so a ratio" : "");
	ana_html_put(html, "li", "Side ratio = value at the target point / value at the same place on the other side, "
		"same session.");
	ana_html_put(html, "li", "With a value \"more than\": a change is at least (\xe2\x89\xa5) or at most "
		"(\xe2\x89\xa4) what is given; with two, nothing can be said.");
	ana_html_raw(html, "</ul>\n");
}

/* ---- errors --------------------------------------------------------------------------------------- */

static void limits_cell(struct ana_html *html, double low, double high, const char *fmt) __attribute__((format(printf, 4, 0)));
static void limits_cell(struct ana_html *html, double low, double high, const char *fmt)
{
	char a[32], b[32];

	snprintf(a, sizeof(a), fmt, low);
	snprintf(b, sizeof(b), fmt, high);
	if (isfinite(low) && isfinite(high))
		ana_html_number(html, "td class=\"n\"", strcmp(a, b) ? "%s to %s" : "%s", a, b);
	else
		ana_html_number(html, "td class=\"n\"", "-");
}

static void count_cell(struct ana_html *html, double n)
{
	if (isfinite(n) && n > 0)
		ana_html_number(html, "td class=\"n\"", "%.4g", n);
	else
		ana_html_number(html, "td class=\"n\"", "-");
}

static void sem_row(struct ana_html *html, const struct ses_sem *sem, double level)
{
	char words[32], mdc[32];
	bool log_scale = sem->scale == SES_SCALE_LOG10;

	ana_sem_text(words, sizeof(words), sem->scale, sem->sem);
	ana_mdc_text(mdc, sizeof(mdc), sem->scale, ana_sem_mdc(sem, level));
	ana_html_raw(html, "<tr>");
	ana_html_put(html, "th scope=\"row\" class=\"n\"", "%zu", sem->line);
	ana_html_put(html, "td", "%s", sem->site);
	ana_html_put(html, "td", "%s", ses_sem_kind_word(sem->kind));
	if (log_scale)
		ana_html_number(html, "td class=\"n\"", "%.4f (%s)", sem->sem, words);
	else
		ana_html_number(html, "td class=\"n\"", "%s", words);
	limits_cell(html, sem->low, sem->high, log_scale ? "%.4f" : "%.1f");
	ana_html_number(html, "td class=\"n\"", "%s", mdc);
	count_cell(html, sem->df);
	count_cell(html, sem->participants);
	limits_cell(html, sem->days_min, sem->days_max, "%.0f");
	ana_html_put(html, "td class=\"t\"", "%s of %d, %g cm\xc2\xb2, %g kPa/s, %s", ses_rule_word(sem->rule), sem->presses, sem->tip_area_cm2,
		sem->rate_kpa_s, sem->response_mode);
	ana_html_put(html, "td class=\"t\"", "%s: %s (%s, %.10s)", ses_sem_basis_word(sem->basis), sem->source,
		sem->who, sem->made);
	ana_html_raw(html, "</tr>\n");
}

static void errors(struct ana_html *html, const struct ana_course *c)
{
	static const char *const heads[] = {"Line", "Site", "Kind", "SEM", "95 % interval", "MDC", "df", "n",
		"Days between", "Of", "Source", NULL};
	char words[ANA_BASIS_TEXT_MAX];

	ana_html_raw(html, "<h3>What changes were held against</h3>\n");
	ana_basis_words(words, sizeof(words), &c->errors, &c->basis);
	ana_html_put(html, "p", "%s", words);
	if (c->basis.n_rows == 0)
		return;
	ana_html_table(html, "wide sems", "SEMs used, by their line in the study's reliability.tsv. MDC%g of two single visits; on the log10 scale "
		"in %% of the first value, upwards and downwards.", 100 * c->errors.level);
	ana_html_head(html, "rllrrrrrrll", heads);
	ana_html_raw(html, "<tbody>\n");
	for (size_t i = 0; i < c->basis.n_rows; i++)
		sem_row(html, c->basis.row[i], c->errors.level);
	ana_html_raw(html, "</tbody>\n");
	ana_html_table_end(html);
}

/* ---- files ---------------------------------------------------------------------------------------- */

static void file_row(struct ana_html *html, const struct ana_course *c, size_t v)
{
	const struct ana_visit *visit = &c->visit[v].visit;
	const struct ses_header *h = &visit->header;
	char name[48];

	ana_visit_name(visit, name, sizeof(name));
	ana_html_raw(html, "<tr>");
	ana_html_put(html, "th scope=\"row\" class=\"s\"", "%s", name);
	ana_html_put(html, "td class=\"t\"", "%s", ana_report_file(visit));
	ana_html_put(html, "td", "%.10s %.5s", h->started, strlen(h->started) > 11 ? h->started + 11 : "");
	ana_html_put(html, "td", "%.8s", *h->seal ? h->seal : "none");
	ana_html_put(html, "td class=\"t\"", "%s %s, %.*s", h->procedure_id, h->procedure_version,
		*h->procedure_sha256 ? 8 : 9,
		*h->procedure_sha256 ? h->procedure_sha256 : "not known");
	ana_html_put(html, "td", "%s", h->program_version);
	ana_html_put(html, "td class=\"t\"", "%s%s%s%s%s", h->complete ? "complete" : "not complete",
		*h->recovered ? "; recovered " : "", h->recovered,
		*h->origin ? "; origin: " : "", h->origin);
	ana_html_raw(html, "</tr>\n");
}

static void files(struct ana_html *html, const struct ana_course *c)
{
	static const char *const heads[] = {"Session", "File", "Started", "Seal", "Procedure, SHA-256", "Program",
		"State", NULL};
	const struct ana_visit *last = &c->visit[c->n_visits - 1].visit;

	ana_html_raw(html, "<h3>Files</h3>\n");
	ana_html_table(html, "wide", "The session files that this report was made from, with the first 8 digits of their "
		"seals (SHA-256).");
	ana_html_head(html, "lllllll", heads);
	ana_html_raw(html, "<tbody>\n");
	for (size_t v = 0; v < c->n_visits; v++)
		file_row(html, c, v);
	ana_html_raw(html, "</tbody>\n");
	ana_html_table_end(html);
	ana_html_put(html, "p class=\"small\"", "A seal shows that a file is as it was when it was sealed. It cannot "
		"show who measured, that the gauge was on "
		"this person, or that nobody who can write the file changed it and sealed it anew; seals noted elsewhere can.");
	ana_html_put(html, "p class=\"small\"", "Made by Algometer %s from files up to %s, started %s. No clock enters: "
		"the same files and options give the "
		"same bytes. Not a diagnosis.", ALG_VERSION, ana_report_file(last), last->header.started);
}

void ana_report_method(struct ana_html *html, const struct ana_report *report)
{
	const struct ana_course *c = report->course;

	ana_html_raw(html, "<section>\n<h2>Method</h2>\n");
	measuring(html, &c->visit[c->n_visits - 1].visit);
	formulas(html, c);
	errors(html, c);
	files(html, c);
	ana_html_raw(html, "</section>\n");
}
