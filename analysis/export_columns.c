/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export_columns.c - which columns the exported tables have, what they mean, and how a cell is made. */
#include "analysis/export.h"

#include "analysis/text.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define CELL(name) static void name(const struct ana_export_row *row, struct ana_export_cell *out)

static void put(struct ana_export_cell *out, const char *text)
{
	alg_text_clean(out->text, sizeof(out->text), text);
}

/* ---- cells that are made here ----------------------------------------------------------------------- */

static bool is_blinded(const struct ana_export_row *row)
{
	return !row->visit;
}

CELL(cell_days) { out->number = row->days; }
CELL(cell_seal) { snprintf(out->text, sizeof(out->text), "%.8s", row->ses->header.seal); }
CELL(cell_file) { put(out, row->file); }
CELL(cell_amendments) { out->number = (double)row->ses->n_amendments; }
CELL(cell_basis) { put(out, !row->ses->n_amendments ? "recorded" : row->original ? "original" : "amended"); }

CELL(cell_rule)
{
	put(out, row->visit ? ses_rule_word(row->visit->rule) : row->ses->header.rule);
}

CELL(cell_measure)
{
	put(out, row->visit ? ses_measure_word(row->visit->measure) : ses_measure_word(SES_MEASURE_THRESHOLD));
}

static bool is_threshold(const struct ses_trial *trial)
{
	return trial->kind != SES_KIND_HOLD;
}

/* As in ana_visit: the ceiling when that came first; what was planned and not made has none. */
static double press_value(const struct ana_export_row *row)
{
	const struct ses_trial *t = row->trial;

	if (!is_threshold(t) || t->status == SES_MISSING)
		return NAN;
	return t->status == SES_CENSORED ? t->ceiling_kpa : t->ppt_kpa;
}

CELL(cell_press_value) { out->number = press_value(row); }

CELL(cell_press_bound)
{
	out->number = isnan(press_value(row)) ? NAN : row->trial->status == SES_CENSORED;
}

CELL(cell_press_used) { out->number = row->press && row->press->used; }

CELL(cell_press_reason)
{
	if (is_blinded(row))
		put(out, "blinded");
	else if (row->trial->reason)
		put(out, ses_reason_word((enum ses_reason)row->trial->reason));
	if (!out->text[0] && isnan(press_value(row)))
		put(out, is_threshold(row->trial) ? "no-value" : "hold");
}

CELL(cell_press_quality) { ses_quality_words(out->text, sizeof(out->text), (uint32_t)row->trial->quality); }

CELL(cell_kpa) { (void)row; put(out, "kPa"); }

CELL(cell_measure_name) { put(out, row->measure->name); }
CELL(cell_measure_value) { out->number = row->measure_value; }
CELL(cell_measure_units) { put(out, row->measure_units); }

CELL(cell_measure_bound)
{
	const struct ses_trial *t = row->trial;

	if (!isnan(row->measure_value))
		out->number = strcmp(row->measure->name, "value") == 0 ? t->status == SES_CENSORED :
			strcmp(row->measure->name, "ptt_kpa") == 0 && t->tolerance == SES_TOLERANCE_CENSORED;
}

CELL(cell_measure_reason)
{
	if (!isnan(row->measure_value))
		return;
	if (is_blinded(row) || row->trial->status == SES_MISSING || strcmp(row->measure->name, "value") == 0)
		cell_press_reason(row, out);
	else
		put(out, "not-applicable");
}

CELL(cell_point_value) { out->number = row->point->value_kpa; }
CELL(cell_point_bound) { out->number = isnan(row->point->value_kpa) ? NAN : row->point->bound; }
CELL(cell_point_used) { out->number = row->point->n_used; }
CELL(cell_point_rejected) { out->number = row->point->n_rejected; }
CELL(cell_point_censored) { out->number = row->point->n_censored; }
CELL(cell_point_missing) { out->number = row->point->n_missing; }
CELL(cell_point_sd) { out->number = row->point->sd_kpa; }
CELL(cell_point_min) { out->number = row->point->min_kpa; }
CELL(cell_point_max) { out->number = row->point->max_kpa; }

CELL(cell_point_reason)
{
	if (is_blinded(row))
		put(out, "blinded");
	else if (!isnan(row->point->value_kpa))
		return;
	else if (row->point->reason)
		put(out, ses_reason_word(row->point->reason));
	else
		put(out, "not-measured");
}

CELL(cell_rating_reason) { put(out, is_blinded(row) ? "blinded" : row->rating->skipped); }
CELL(cell_blinded_reason) { put(out, is_blinded(row) ? "blinded" : ""); }

/* docs/FORMAT.md, table of events: what the number of an event is. */
CELL(cell_event_units)
{
	static const struct { const char *kind, *units; } units[] = {{"zero", "N"}, {"early", "s"}, {"touch", "kPa"},
		{"slow-gauge", "1/s"}, {"negative", "N"}};

	if (isnan(row->event->value))
		return;
	put(out, "1");
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strcmp(row->event->kind, units[i].kind) == 0)
			put(out, units[i].units);
}

CELL(cell_event_trial) { out->number = row->event->trial > 0 ? row->event->trial : NAN; }

CELL(cell_event_note)
{
	char plain[ANA_EXPORT_TEXT_MAX];

	ana_plain_text(plain, sizeof(plain), row->event->note);
	put(out, plain);
}

/* ---- the columns ------------------------------------------------------------------------------------ */

/* The file's own, under its own name: type, units, codes and text come from data/schema.c. */
#define OWN(file_group, file_name) .name = file_name, .group = file_group, .column = file_name
#define PLAIN(file_group, file_name) {OWN(file_group, file_name)}
#define FROM(file_group, file_name, ...) {OWN(file_group, file_name), __VA_ARGS__}
#define HEADER(file_name) FROM("header", file_name, .open = true)
#define RESULT(file_name) PLAIN("results", file_name)
#define MEASURE(file_name) FROM("results", file_name, .measure = true)
/* The text, and what else there is to say. */
#define MADE(column_name, column_type, column_units, how, ...)                                     \
	{.name = column_name, .type = column_type, .units = column_units, .cell = how, .text = __VA_ARGS__}

#define REASON_WORDS                                                                               \
	"examiner=rejected by the examiner; rate=rejected: too far off the target rate; "          \
	"early=rejected: begun before the interval was over; lost=the gauge's signal was lost; "   \
	"stuck=the gauge repeated one value; gap=no samples around the response; "                 \
	"no-response=released without a response; ceiling=censored: the ceiling came first; "      \
	"skipped=missing: skipped by the examiner; ended=missing: the session was ended before; "  \
	"patient=the patient asked to stop; limit=missing: the limit of presses was reached; "     \
	"suspend=the machine slept; overload=the gauge was over its limit; "                       \
	"interrupted=the program ended during the press; wrong-site=another place than prompted"
#define QUALITY_WORDS                                                                              \
	"rate=mean rate outside the corridor; rate-strong=more than 50 % off the target rate; "    \
	"corridor=less than half of the ramp inside the corridor; gap=gaps between samples; "      \
	"few=fewer than 5 samples in the ramp; zero=zero drifted; peak-flag=the gauge was in peak mode; " \
	"dropped=the program lost samples; clock=wall clock stepped; low-battery=of the gauge; "   \
	"slow-gauge=fewer readings a second than the rate needs; not-blinded=the gauge showed its numbers"
#define BLINDED_WORD "; blinded=recorded blinded and not unblinded"
#define STATUS_WORDS                                                                               \
	"accepted=has a threshold; rejected=does not count; censored=the ceiling came before the response: more than value; " \
	"missing=planned and not made"
#define KIND_WORDS                                                                                 \
	"threshold=planned press; familiarisation=practice, enters no value; extra=one more because the others spread; " \
	"hold=a pressure held and rated, no threshold"
#define ROLE_WORDS                                                                                 \
	"target=treated or complained of; contralateral=the same place on the other side; control=remote, not treated; " \
	"practice=familiarisation"
#define RULE_WORDS                                                                                 \
	"mean=of all; drop-first=mean of all but the first; median=middle value; closest-two=mean of the two nearest ones"

#define WHO                                                                                        \
	HEADER("participant"), HEADER("session"), HEADER("acq"), HEADER("run"), HEADER("visit_day"), \
	MADE("days_since_first", ANA_TYPE_INTEGER, "d", cell_days,                                 \
		"days since the participant's first session; empty when that was not looked for or cannot be read", .open = true), \
	HEADER("examiner")
#define TRACE                                                                                      \
	HEADER("simulated"), HEADER("blinded"),                                                    \
	MADE("amendments", ANA_TYPE_INTEGER, "1", cell_amendments, "corrections in the file", .open = true), \
	MADE("basis", ANA_TYPE_WORD, "", cell_basis, "which data the row shows", .open = true,     \
		.codes = "recorded=there are no corrections; amended=corrections applied; original=as measured, corrections left out"), \
	MADE("file", ANA_TYPE_TEXT, "", cell_file, "session file, from the study's folder", .open = true), \
	MADE("seal", ANA_TYPE_TEXT, "", cell_seal, "first 8 digits of the file's seal", .open = true)
#define PLACE                                                                                      \
	FROM("points", "label", .open = true), FROM("points", "role", .open = true, .codes = ROLE_WORDS), \
	FROM("points", "primary", .open = true)
#define UNITS_KPA MADE("units", ANA_TYPE_WORD, "", cell_kpa, "units of value", .open = true, .codes = "kPa=kilopascal")
#define CORRIDOR FROM("header", "corridor", .text = "tolerated fraction around target_rate_kpa_s: 0.2 is +-20 %")
#define STATUS FROM("results", "status", .open = true, .codes = STATUS_WORDS)
#define KIND FROM("results", "kind", .open = true, .codes = KIND_WORDS)

static const struct ana_export_column presses[] = {
	WHO,
	FROM("results", "site_code", .open = true), FROM("results", "side", .open = true, .type = ANA_TYPE_WORD,
		.codes = "L=left; R=right; M=midline"), FROM("results", "series", .open = true),
	PLACE,
	FROM("results", "trial", .open = true), FROM("results", "round", .open = true), FROM("results", "press", .open = true),
	KIND, STATUS,
	MADE("value", ANA_TYPE_NUMBER, "kPa", cell_press_value,
		"pressure pain threshold; the ceiling when bound is 1; empty for a hold", .measure = true),
	UNITS_KPA,
	MADE("bound", ANA_TYPE_FLAG, "1", cell_press_bound, "1: the threshold is more than value", .codes = "0=no; 1=yes"),
	MADE("used", ANA_TYPE_FLAG, "1", cell_press_used, "entered the value of its point by the repeat rule",
		.codes = "0=no; 1=yes"),
	MADE("reason", ANA_TYPE_WORD, "", cell_press_reason, "why the press is not accepted, or why there is no value",
		.open = true, .codes = REASON_WORDS "; no-value=the file has none; hold=see hold_kpa and rating" BLINDED_WORD),
	FROM("results", "response", .codes = "button=the patient's own; examiner-key=the examiner's, on the patient's word; "
		"verbal-peak=the peak before the fall; gauge=the gauge's own event"),
	HEADER("response_mode"),
	FROM("results", "ppt_n", .measure = true, .text = "threshold as force, zero subtracted"), MEASURE("peak_kpa"), MEASURE("overshoot_kpa"), MEASURE("ceiling_kpa"),
	FROM("results", "tolerance", .codes = "not asked=threshold only; taken=reached; "
		"censored=the ceiling came first: more than ptt_kpa; none=not reached"),
	MEASURE("ptt_kpa"), MEASURE("hold_kpa"), MEASURE("hold_s"), MEASURE("rating"), MEASURE("rate_kpa_s"),
	PLAIN("header", "target_rate_kpa_s"), MEASURE("rate_sd_kpa_s"), MEASURE("rate_response_kpa_s"), CORRIDOR,
	MEASURE("corridor_share"), MEASURE("interval_s"), MEASURE("uncertainty_kpa"),
	MADE("quality", ANA_TYPE_TEXT, "", cell_press_quality, "what was out of order: one word or several with blanks between; "
		"empty: nothing", .codes = QUALITY_WORDS),
	RESULT("contact_time"), RESULT("t_contact_s"), RESULT("t_response_s"), RESULT("t_peak_s"), RESULT("t_release_s"),
	RESULT("n_ramp"), RESULT("n_gaps"),
	HEADER("tip_area_cm2"), HEADER("tip_shape"), HEADER("procedure_id"), HEADER("procedure_version"),
	HEADER("device_family"), HEADER("device_model"), HEADER("device_serial"), HEADER("calibration"),
	TRACE,
};

static const struct ana_export_column measures[] = {
	WHO,
	FROM("results", "site_code", .open = true), FROM("results", "side", .open = true, .type = ANA_TYPE_WORD,
		.codes = "L=left; R=right; M=midline"), FROM("results", "series", .open = true),
	PLACE,
	FROM("results", "trial", .open = true), KIND, STATUS,
	MADE("variable", ANA_TYPE_TEXT, "", cell_measure_name, "which number: a column of presses, explained there", .open = true),
	MADE("value", ANA_TYPE_NUMBER, "as in units", cell_measure_value, "the number"),
	MADE("units", ANA_TYPE_TEXT, "", cell_measure_units, "units of value; 1: a pure number", .open = true),
	MADE("bound", ANA_TYPE_FLAG, "1", cell_measure_bound, "1: more than value", .codes = "0=no; 1=yes"),
	MADE("reason", ANA_TYPE_WORD, "", cell_measure_reason, "why there is no value", .open = true,
		.codes = REASON_WORDS "; no-value=the file has none; hold=a hold has no threshold; "
			"not-applicable=there is no such number for this press" BLINDED_WORD),
	TRACE,
};

static const struct ana_export_column points[] = {
	WHO,
	FROM("points", "site_code", .open = true), FROM("points", "side", .open = true, .codes = "L=left; R=right; M=midline"),
	FROM("points", "series", .open = true),
	PLACE,
	FROM("points", "along_mm", .open = true), FROM("points", "across_mm", .open = true), FROM("points", "posture", .open = true),
	MADE("value", ANA_TYPE_NUMBER, "kPa", cell_point_value, "pressure-pain threshold (or tolerance) of the point by the repeat rule"),
	UNITS_KPA,
	MADE("bound", ANA_TYPE_FLAG, "1", cell_point_bound, "1: the threshold is more than value", .codes = "0=no; 1=yes"),
	MADE("rule", ANA_TYPE_WORD, "", cell_rule, "repeat rule that made value", .open = true, .codes = RULE_WORDS),
	MADE("measure", ANA_TYPE_WORD, "", cell_measure, "of what value is", .open = true,
		.codes = "threshold=first response; tolerance=second response"),
	MADE("n_used", ANA_TYPE_INTEGER, "1", cell_point_used, "presses that entered value, censored ones included"),
	MADE("n_rejected", ANA_TYPE_INTEGER, "1", cell_point_rejected, "presses that do not count"),
	MADE("n_censored", ANA_TYPE_INTEGER, "1", cell_point_censored, "presses that reached the ceiling first"),
	MADE("n_missing", ANA_TYPE_INTEGER, "1", cell_point_missing, "presses planned and not made"),
	MADE("sd_kpa", ANA_TYPE_NUMBER, "kPa", cell_point_sd, "SD (n - 1) of the accepted presses; empty under two"),
	MADE("min_kpa", ANA_TYPE_NUMBER, "kPa", cell_point_min, "least of the accepted presses"),
	MADE("max_kpa", ANA_TYPE_NUMBER, "kPa", cell_point_max, "greatest of the accepted presses"),
	MADE("reason", ANA_TYPE_WORD, "", cell_point_reason, "why there is no value", .open = true,
		.codes = REASON_WORDS "; not-measured=no press was planned or made" BLINDED_WORD),
	HEADER("tip_area_cm2"), PLAIN("header", "target_rate_kpa_s"), HEADER("response_mode"),
	HEADER("procedure_id"), HEADER("procedure_version"),
	TRACE,
};

static const struct ana_export_column ratings[] = {
	WHO,
	FROM("ratings", "item", .open = true),
	{.name = "value", .group = "ratings", .column = "value", .units = "as in units"},
	{.name = "units", .group = "ratings", .column = "scale", .open = true},
	MADE("reason", ANA_TYPE_TEXT, "", cell_rating_reason, "why there is no value: why it was skipped, or blinded", .open = true),
	PLAIN("ratings", "t_s"),
	TRACE,
};

static const struct ana_export_column events[] = {
	WHO,
	PLAIN("events", "t_s"), PLAIN("events", "time"), PLAIN("events", "kind"),
	MADE("trial", ANA_TYPE_INTEGER, "1", cell_event_trial, "number of the press; empty: none"),
	{.name = "value", .group = "events", .column = "value", .units = "as in units"},
	MADE("units", ANA_TYPE_TEXT, "", cell_event_units, "units of value; empty without one"),
	MADE("note", ANA_TYPE_TEXT, "", cell_event_note, "remark"),
	MADE("reason", ANA_TYPE_WORD, "", cell_blinded_reason, "blinded: one row stands for all events of the session", .open = true,
		.codes = "blinded=recorded blinded and not unblinded"),
	TRACE,
};

static const struct ana_export_column sessions[] = {
	WHO,
	HEADER("uuid"), HEADER("study"), HEADER("centre"), HEADER("started"), HEADER("time_zone"),
	HEADER("device_family"), HEADER("device_model"), HEADER("device_serial"), HEADER("device_firmware"),
	HEADER("device_resolution_n"), HEADER("device_capacity_n"), HEADER("device_rate_hz"), HEADER("calibration"),
	HEADER("tip_area_cm2"), HEADER("tip_shape"), HEADER("procedure_id"), HEADER("procedure_version"), HEADER("procedure_sha256"),
	PLAIN("header", "target_rate_kpa_s"), CORRIDOR, HEADER("interval_s"), HEADER("rounds"), HEADER("rule"),
	HEADER("response_mode"), FROM("header", "display_covered", .open = true, .codes = "not asked; yes; no"),
	HEADER("order_kind"), HEADER("order_seed"), HEADER("complete"), HEADER("recovered"), HEADER("origin"),
	HEADER("program_version"), HEADER("simulation"),
	MADE("reason", ANA_TYPE_WORD, "", cell_blinded_reason, "why numbers are left out", .open = true,
		.codes = "blinded=recorded blinded and not unblinded"),
	TRACE,
};

#define TABLE(array, text) {#array, text, array, sizeof(array) / sizeof(array[0])}
const struct ana_export_table ana_export_tables[ANA_EXPORT_KINDS] = {
	[ANA_EXPORT_PRESSES] = TABLE(presses, "one row a press, planned ones that were not made included"),
	[ANA_EXPORT_MEASURES] = TABLE(measures, "one row a press and variable, each number with its units"),
	[ANA_EXPORT_POINTS] = TABLE(points, "one row a point and session: the value by the repeat rule"),
	[ANA_EXPORT_RATINGS] = TABLE(ratings, "one row an answer of the pain journal"),
	[ANA_EXPORT_EVENTS] = TABLE(events, "one row an event of a session"),
	[ANA_EXPORT_SESSIONS] = TABLE(sessions, "one row a session: what it was made with"),
};
