/* SPDX-License-Identifier: GPL-3.0-or-later */
/* schema.c - the tables of the session file. What is written here is what docs/FORMAT.md says. */
#include "data/schema.h"

#include "base/bytes.h"
#include "base/text.h"

#include <math.h>
#include <string.h>

#define PLACE(row, member) #member, offsetof(struct row, member), sizeof(((struct row *)0)->member)
#define COLUMN_(since, type, name, offset, size, units, lo, hi, codes, text)                       \
	{name, type, offset, size, units, text, codes, lo, hi, false, since}
#define COLUMN(...) COLUMN_(0, __VA_ARGS__)
#define SINCE_1(...) COLUMN_(1, __VA_ARGS__) /* columns of format 1.1 */
#define F64(row, member, units, text)           COLUMN(SES_F64, PLACE(row, member), units, 0, 0, NULL, text)
#define I32(row, member, units, lo, hi, text)   COLUMN(SES_I32, PLACE(row, member), units, lo, hi, NULL, text)
#define CODE(row, member, lo, hi, codes, text)  COLUMN(SES_I32, PLACE(row, member), "1", lo, hi, codes, text)
#define BOOL(row, member, text)                 COLUMN(SES_BOOL, PLACE(row, member), "1", 0, 1, "0=no 1=yes", text)
#define ASCII(row, member, text)                COLUMN(SES_ASCII, PLACE(row, member), "text", 0, 0, NULL, text)
#define TEXT(row, member, text)                 COLUMN(SES_TEXT, PLACE(row, member), "text", 0, 0, NULL, text)
#define CHAR(row, member, codes, text)          COLUMN(SES_CHAR, PLACE(row, member), "text", 0, 0, codes, text)

#define LATE(member, text) {PLACE_(member), "text", text, NULL, 0, 0, true, 0}
#define PLACE_(member)                                                                             \
	#member, SES_TEXT, offsetof(struct ses_header, member), sizeof(((struct ses_header *)0)->member)

/* Enums and unsigned members are stored through the same four bytes. */
_Static_assert(sizeof(enum ses_role) == 4 && sizeof(int) == 4, "codes are 32 bits");
_Static_assert(sizeof(double) == 8, "float64");

const struct ses_column ses_header_columns[] = {
	TEXT(ses_header, uuid, "version-4 UUID of this session, made when it was started"),
	TEXT(ses_header, study, "id of the study"),
	TEXT(ses_header, centre, "id of the centre"),
	TEXT(ses_header, participant, "participant code, never a name"),
	I32(ses_header, session, "1", 0, INT32_MAX, "session number of this participant"),
	TEXT(ses_header, acq, "time point within the day: empty, pre or post"),
	I32(ses_header, run, "1", 0, INT32_MAX, "n-th recording of this time point"),
	TEXT(ses_header, started, "start, ISO 8601 with offset; t = 0 of every t_..._s column"),
	F64(ses_header, started_unix_s, "s", "the same as seconds since 1970-01-01T00:00:00Z"),
	TEXT(ses_header, time_zone, "IANA time zone"),
	TEXT(ses_header, visit_day, "local date of the visit"),
	TEXT(ses_header, examiner, "examiner code"),
	TEXT(ses_header, device_family, "family of the gauge (its protocol)"),
	TEXT(ses_header, device_model, "model of the gauge"),
	TEXT(ses_header, device_serial, "serial number of the gauge"),
	TEXT(ses_header, device_firmware, "firmware of the gauge"),
	TEXT(ses_header, device_address, "address that it was opened by, or where nothing has a serial number that of its place on USB"),
	TEXT(ses_header, device_polarity, "sign of pressing on the gauge: +, - or abs"),
	F64(ses_header, device_resolution_n, "N", "smallest step of the gauge"),
	F64(ses_header, device_capacity_n, "N", "capacity of the gauge"),
	F64(ses_header, device_rate_hz, "Hz", "reading rate measured at the start"),
	TEXT(ses_header, calibration, "id of the last check with weights; empty: none"),
	F64(ses_header, tip_area_cm2, "cm2", "area of the flat tip: pressure = 10 * force_n / tip_area_cm2"),
	TEXT(ses_header, tip_shape, "shape and material of the tip"),
	TEXT(ses_header, procedure_id, "id of the procedure"),
	TEXT(ses_header, procedure_version, "version of the procedure"),
	TEXT(ses_header, procedure_sha256, "SHA-256 of the procedure's file, lower-case hex"),
	F64(ses_header, target_rate_kpa_s, "kPa/s", "application rate to be kept"),
	F64(ses_header, corridor, "1", "tolerated fraction around it: 0.2 is +-20 %"),
	F64(ses_header, interval_s, "s", "least time between two presses at one point"),
	I32(ses_header, rounds, "1", 0, INT32_MAX, "planned presses at each point"),
	TEXT(ses_header, rule, "repeat rule: mean, drop-first, median or closest-two"),
	TEXT(ses_header, response_mode, "how the response was to be given"),
	TEXT(ses_header, program_version, "version of the program that wrote the file"),
	CODE(ses_header, simulated, 0, 1, "0=no 1=yes", "made by a simulation, not on a person"),
	TEXT(ses_header, simulation, "how it was simulated; empty when it was not"),
	CODE(ses_header, blinded, 0, 1, "0=no 1=yes", "no force and no result was shown"),
	I32(ses_header, order_seed, "1", INT32_MIN, INT32_MAX, "seed of the order of points"),
	SINCE_1(SES_I32, PLACE(ses_header, display_covered), "1", 0, 2, "0=not asked 1=yes 2=no",
		"blinded sessions: the gauge's own display was covered; when it was not, the examiner was not blinded"),
	SINCE_1(SES_TEXT, PLACE(ses_header, order_kind), "text", 0, 0, NULL, "how the order of points was made"),
	SINCE_1(SES_TEXT, PLACE(ses_header, order_source), "text", 0, 0, NULL,
		"file and line that the order was taken from; empty when the program made it"),
	{"complete", SES_I32, offsetof(struct ses_header, complete), 4, "1",
		"the plan was through; 0: ended early (an event `end` or `patient` says so), running, or cut off", "0=no 1=yes", 0, 1, true, 0},
	LATE(recovered, "how the file was put together from a journal; empty when it was not"),
	LATE(origin, "what the file was made from, when not by a measurement: deidentified, moved; else empty"),
	LATE(header_digest, "SHA-256 over the attributes known at the start, the long texts and /points"),
	LATE(seal, "SHA-256 over the last digest, the late attributes, /events, /ratings and /amendments"),
};
const size_t ses_header_n_columns = sizeof(ses_header_columns) / sizeof(ses_header_columns[0]);

const struct ses_long_text ses_long_texts[SES_LONG_TEXTS] = {
	{"procedure", offsetof(struct ses_header, procedure_text), "the procedure's file, whole", 0},
	{"instruction", offsetof(struct ses_header, instruction), "the instruction as shown to the participant", 0},
	{"check", offsetof(struct ses_header, check_text), "the gauge's last check with weights, its file whole; empty: none", 1},
};

#define REASONS                                                                                    \
	"0=none 1=examiner 2=rate 3=early 4=lost 5=stuck 6=gap 7=no-response 8=ceiling 9=skipped " \
	"10=ended 11=patient 12=limit 13=suspend 14=overload 15=interrupted\n16=wrong-site"
#define QUALITY_BITS                                                                               \
	"1=rate 2=rate-strong 4=corridor 8=gap 16=few 32=zero 64=peak-flag 128=dropped 256=clock "      \
	"512=low-battery\n1024=slow-gauge 2048=not-blinded"
#define FLAG_BITS                                                                                  \
	"1=unstable 2=overload 4=peak 8=low-battery 16=fault 32=unsolicited 64=gap 128=no-unit "   \
	"256=out-of-spec 512=dropped"

static const struct ses_column result_columns[] = {
	I32(ses_trial, trial, "1", 1, INT32_MAX, "number of the press, from 1"),
	I32(ses_trial, point, "1", 0, INT32_MAX, "row of /points, from 0"),
	ASCII(ses_trial, site_code, "code of the site"),
	ASCII(ses_trial, side, "the participant's L (left), R (right) or M (midline)"),
	I32(ses_trial, series, "1", 0, INT32_MAX, "series of the point: a moved point starts a new one"),
	I32(ses_trial, round, "1", 0, INT32_MAX, "planned repetition, from 1"),
	I32(ses_trial, press, "1", 0, INT32_MAX, "n-th press at this point, rejected ones counted; 0 when missing"),
	CODE(ses_trial, status, 1, 4, "1=accepted 2=rejected 3=censored 4=missing", "what became of the press"),
	CODE(ses_trial, reason, 0, 16, REASONS, "why it is not accepted"),
	CODE(ses_trial, response, 0, 4, "0=none 1=button 2=examiner-key 3=verbal-peak 4=gauge",
		"how the instant of the response was known"),
	F64(ses_trial, ppt_kpa, "kPa", "pressure pain threshold: pressure at the response; NaN when there was none"),
	F64(ses_trial, ppt_n, "N", "the same as force, zero subtracted"),
	F64(ses_trial, peak_kpa, "kPa", "largest pressure of the press"),
	F64(ses_trial, overshoot_kpa, "kPa", "peak minus threshold"),
	F64(ses_trial, ceiling_kpa, "kPa", "ceiling that held; a censored threshold is more than this"),
	F64(ses_trial, rate_kpa_s, "kPa/s", "application rate, least squares from 20 % to 90 % of the pressure at the response"),
	F64(ses_trial, rate_sd_kpa_s, "kPa/s", "SD of the sliding slope over the ramp"),
	F64(ses_trial, rate_response_kpa_s, "kPa/s", "sliding slope at the response"),
	F64(ses_trial, corridor_share, "1", "share of the ramp's time inside the corridor"),
	F64(ses_trial, zero_n, "N", "mean at rest before contact, to be subtracted from every force_n"),
	F64(ses_trial, contact_n, "N", "force above zero that counted as contact"),
	F64(ses_trial, interval_s, "s", "time since the last release at this point; NaN for the first"),
	F64(ses_trial, t_contact_s, "s", "contact, since the start"),
	F64(ses_trial, t_response_s, "s", "response, since the start; NaN when there was none"),
	F64(ses_trial, t_peak_s, "s", "largest force, since the start"),
	F64(ses_trial, t_release_s, "s", "release, since the start"),
	ASCII(ses_trial, contact_time, "wall time of contact, ISO 8601 with offset"),
	I32(ses_trial, n_ramp, "1", 0, INT32_MAX, "samples from contact to response"),
	I32(ses_trial, n_gaps, "1", 0, INT32_MAX, "gaps between samples"),
	CODE(ses_trial, quality, 0, INT32_MAX, QUALITY_BITS, "sum of what was out of order"),
	I32(ses_trial, first_sample, "1", 0, INT32_MAX, "first row of /samples of this press, from 0"),
	I32(ses_trial, n_samples, "1", 0, INT32_MAX, "number of its rows"),
	SINCE_1(SES_I32, PLACE(ses_trial, kind), "1", 1, 4, "1=threshold 2=familiarisation 3=extra 4=hold", "what the press was for"),
	SINCE_1(SES_I32, PLACE(ses_trial, tolerance), "1", 0, 3, "0=not asked 1=taken 2=censored 3=none",
		"whether the tolerance was reached"),
	SINCE_1(SES_F64, PLACE(ses_trial, ptt_kpa), "kPa", 0, 0, NULL,
		"pressure pain tolerance: pressure at the second response; more than this when censored"),
	SINCE_1(SES_F64, PLACE(ses_trial, t_tolerance_s), "s", 0, 0, NULL, "second response, since the start"),
	SINCE_1(SES_F64, PLACE(ses_trial, hold_kpa), "kPa", 0, 0, NULL, "mean pressure while it was held; NaN when it was not"),
	SINCE_1(SES_F64, PLACE(ses_trial, hold_s), "s", 0, 0, NULL, "how long it was held inside its band"),
	SINCE_1(SES_F64, PLACE(ses_trial, rating), "1", 0, 0, NULL, "pain of the hold, 0 to 10; NaN when not asked"),
	SINCE_1(SES_F64, PLACE(ses_trial, uncertainty_kpa), "kPa", 0, 0, NULL,
		"uncertainty of the instrument at the threshold, k = 2: not the precision of a threshold"),
	ASCII(ses_trial, digest, "SHA-256 over the digest before it, this row and its samples"),
};

static const struct ses_column sample_columns[] = {
	I32(ses_sample_row, trial, "1", 1, INT32_MAX, "number of the press"),
	F64(ses_sample_row, t_s, "s", "when the force was there, since the start, rounded to 2^-20 s"),
	F64(ses_sample_row, t_arrival_s, "s", "when the bytes arrived"),
	F64(ses_sample_row, force_n, "N", "force as read, zero not subtracted, pressing positive; NaN when there was none"),
	ASCII(ses_sample_row, shown, "the number as the gauge shows it"),
	CODE(ses_sample_row, flags, INT32_MIN, INT32_MAX, FLAG_BITS, "sum of the sample's flags"),
	I32(ses_sample_row, counter, "1", INT32_MIN, INT32_MAX, "the gauge's own counter (low 32 bits), 0 when it has none"),
};

static const struct ses_column event_columns[] = {
	F64(ses_event, t_s, "s", "when, since the start"),
	ASCII(ses_event, time, "wall time, ISO 8601 with offset"),
	ASCII(ses_event, kind, "what: button, alarm, lost, back, reject, pause, ..."),
	I32(ses_event, trial, "1", 0, INT32_MAX, "number of the press; 0: none"),
	F64(ses_event, value, "1", "a number that belongs to it; NaN: none"),
	ASCII(ses_event, note, "remark, \\uXXXX-escaped"),
};

static const struct ses_column rating_columns[] = {
	ASCII(ses_rating, item, "question: pain-now, pain-average-7d, pain-worst-7d, activity-1, sleep, ..."),
	F64(ses_rating, value, "1", "answer on its scale; NaN when skipped"),
	ASCII(ses_rating, scale, "scale: NRS 0-10, days, 1-7"),
	ASCII(ses_rating, skipped, "why it was skipped; empty when answered"),
	F64(ses_rating, t_s, "s", "when, since the start"),
};

static const struct ses_column amendment_columns[] = {
	ASCII(ses_amendment, time, "when, ISO 8601 with offset"),
	ASCII(ses_amendment, who, "code of who amended"),
	I32(ses_amendment, trial, "1", 0, INT32_MAX, "number of the press; 0: the whole session"),
	ASCII(ses_amendment, field, "what: see the table of amendments"),
	ASCII(ses_amendment, old_value, "value before"),
	ASCII(ses_amendment, new_value, "value from now on"),
	ASCII(ses_amendment, reason, "why, \\uXXXX-escaped"),
	ASCII(ses_amendment, seal_before, "seal of the session before this row; empty when made during the session"),
};

static const struct ses_column point_columns[] = {
	ASCII(ses_point, site_code, "code of the site"),
	CHAR(ses_point, side, "L=left R=right M=midline", "the participant's side"),
	I32(ses_point, series, "1", 0, INT32_MAX, "series: a moved point starts a new one"),
	CODE(ses_point, role, 1, 4, "1=target 2=contralateral 3=control\n4=practice", "role of the point"),
	BOOL(ses_point, primary, "named as primary before the first visit"),
	F64(ses_point, along_mm, "mm", "offset from the landmark along the fibres; NaN when not given"),
	F64(ses_point, across_mm, "mm", "offset across the fibres; NaN when not given"),
	ASCII(ses_point, posture, "posture"),
	CHAR(ses_point, finding_taut_band, "y=yes n=no", "taut band; empty: not looked at"),
	CHAR(ses_point, finding_referred, "y=yes n=no", "referred pain; empty: not looked at"),
	CHAR(ses_point, finding_twitch, "y=yes n=no", "local twitch response; empty: not looked at"),
	CHAR(ses_point, finding_familiar, "y=yes n=no", "familiar pain; empty: not looked at"),
	CHAR(ses_point, finding_activity, "a=active l=latent", "active or latent; empty: not judged"),
	SINCE_1(SES_TEXT, PLACE(ses_point, referred_where), "text", 0, 0, NULL, "where the pain was referred to"),
	ASCII(ses_point, since, "date of first use"),
	TEXT(ses_point, label, "name of the site"),
	TEXT(ses_point, muscle, "muscle"),
	TEXT(ses_point, landmark, "how to find it"),
	TEXT(ses_point, caution, "what to be careful of; empty: nothing"),
	ASCII(ses_point, view, "picture it is drawn on: anterior, posterior or lateral"),
	F64(ses_point, x, "1", "place on that picture from the left, 0 to 1"),
	F64(ses_point, y, "1", "place on that picture from the top, 0 to 1"),
	F64(ses_point, ceiling_kpa, "kPa", "press no further here"),
};

#define TABLE(group, columns, row, rows, count, max, text)                                         \
	{group, text, columns, sizeof(columns) / sizeof(columns[0]), sizeof(struct row),           \
		offsetof(struct ses_session, rows), offsetof(struct ses_session, count), max}

const struct ses_table ses_tables[SES_TABLES] = {
	TABLE("results", result_columns, ses_trial, trials, n_trials, 10000, "one row a press"),
	TABLE("samples", sample_columns, ses_sample_row, samples, n_samples, 1 << 23,
		"one row a force value, from 1 s before contact to 1 s after release"),
	TABLE("events", event_columns, ses_event, events, n_events, 1 << 20, "what happened, in order of time"),
	TABLE("ratings", rating_columns, ses_rating, ratings, n_ratings, 10000, "answers of the pain journal"),
	TABLE("amendments", amendment_columns, ses_amendment, amendments, n_amendments, 10000,
		"later corrections, to be applied in this order"),
	TABLE("points", point_columns, ses_point, points, n_points, 10000, "the points as they stood at this session"),
};

void ses_column_codes(const struct ses_column *column, int minor, char *out)
{
	const char *codes = column->codes ? column->codes : "";
	char *later;

	alg_text_copy(out, SES_CODES_MAX, codes);
	later = strchr(out, '\n');
	if (later)
		*later = minor < 1 ? '\0' : ' ';
}

const struct ses_table *ses_table_find(const char *name)
{
	for (size_t i = 0; i < SES_TABLES; i++)
		if (strcmp(ses_tables[i].name, name) == 0)
			return &ses_tables[i];
	return NULL;
}

const struct ses_column *ses_column_find(const struct ses_table *table, const char *name)
{
	for (size_t i = 0; i < table->n_columns; i++)
		if (strcmp(table->column[i].name, name) == 0)
			return &table->column[i];
	return NULL;
}

/* The array pointers have different types, so they are moved as bytes. */
void *ses_table_rows(const struct ses_table *table, const struct ses_session *ses, size_t *n)
{
	void *rows;

	memcpy(&rows, (const char *)ses + table->rows_offset, sizeof(rows));
	memcpy(n, (const char *)ses + table->count_offset, sizeof(*n));
	return rows;
}

void ses_table_set_rows(const struct ses_table *table, struct ses_session *ses, void *rows, size_t n)
{
	memcpy((char *)ses + table->rows_offset, &rows, sizeof(rows));
	memcpy((char *)ses + table->count_offset, &n, sizeof(n));
}

/* A byte may become six (\u000A), so that any content of the member fits. */
size_t ses_column_width(const struct ses_column *column)
{
	switch (column->type) {
	case SES_F64:
		return 8;
	case SES_I32:
	case SES_BOOL:
		return 4;
	case SES_CHAR:
		return 2;
	case SES_TEXT:
		return 6 * (column->size - 1) + 1;
	case SES_ASCII:
		break;
	}
	return column->size;
}

static bool printable(const char *text)
{
	for (; *text; text++)
		if (*text < 0x20 || *text > 0x7E)
			return false;
	return true;
}

/*
 * The text of an ASCII member should be ASCII already. Should it not be, then what is not becomes
 * escapes rather than an error: a press must not be lost for a letter.
 */
static void encode_ascii(char *out, size_t cap, const char *in)
{
	char escaped[SES_WIDTH_MAX];
	size_t used = 0;

	if (printable(in)) {
		alg_text_copy(out, cap, in);
		return;
	}
	alg_text_ascii(escaped, sizeof(escaped), in);
	for (const char *p = escaped; *p && used + 1 < cap;) {
		bool backslash = strncmp(p, "\\u005C", 6) == 0;
		size_t n = *p != '\\' || backslash ? 1 : 6;

		if (used + n >= cap)
			break;
		memcpy(out + used, backslash ? "\\" : p, n);
		used += n;
		p += backslash ? 6 : n;
	}
	out[used] = '\0';
}

void ses_cell_encode(const struct ses_column *column, const void *row, uint8_t *out)
{
	const char *member = (const char *)row + column->offset;
	size_t width = ses_column_width(column);
	char text[SES_WIDTH_MAX];
	double number;
	int32_t whole;

	switch (column->type) {
	case SES_F64:
		memcpy(&number, member, sizeof(number));
		if (isnan(number))
			alg_put_le64(out, UINT64_C(0x7FF8000000000000));
		else
			alg_put_lef64(out, number);
		return;
	case SES_I32:
		memcpy(&whole, member, sizeof(whole));
		alg_put_le32(out, (uint32_t)whole);
		return;
	case SES_BOOL:
		alg_put_le32(out, *(const bool *)member);
		return;
	case SES_CHAR:
		out[0] = *member >= 0x20 && *member < 0x7F ? (uint8_t)*member : 0;
		out[1] = 0;
		return;
	case SES_ASCII:
	case SES_TEXT:
		break;
	}
	memset(out, 0, width);
	memcpy(text, member, column->size);
	text[column->size - 1] = '\0';
	if (column->type == SES_TEXT)
		alg_text_ascii((char *)out, width, text);
	else
		encode_ascii((char *)out, width, text);
}

void ses_cell_absent(const struct ses_column *column, void *row)
{
	char *member = (char *)row + column->offset;
	double none = NAN;
	int32_t whole = column->lo > 0 ? column->lo : column->hi < 0 ? column->hi : 0;

	memset(member, 0, column->size);
	if (column->type == SES_F64)
		memcpy(member, &none, sizeof(none));
	else if (column->type == SES_I32)
		memcpy(member, &whole, sizeof(whole));
}

static int decode_text(const struct ses_column *column, const uint8_t *in, size_t in_width, char *member)
{
	char text[SES_WIDTH_MAX];
	char plain[SES_WIDTH_MAX];

	if (in_width >= sizeof(text))
		return ALG_ERR_DATA;
	memcpy(text, in, in_width);
	text[in_width] = '\0';
	if (!printable(text))
		return ALG_ERR_DATA;
	memset(member, 0, column->size);
	if (column->type == SES_CHAR) {
		*member = text[0];
		return text[0] && text[1] ? ALG_ERR_DATA : 0;
	}
	if (column->type == SES_ASCII)
		return alg_text_copy(member, column->size, text) ? 0 : ALG_ERR_DATA;
	if (alg_text_unascii(plain, sizeof(plain), text))
		return ALG_ERR_DATA;
	return alg_text_copy(member, column->size, plain) ? 0 : ALG_ERR_DATA;
}

int ses_cell_decode(const struct ses_column *column, const uint8_t *in, size_t in_width, void *row)
{
	char *member = (char *)row + column->offset;
	uint64_t bits;
	int32_t whole;

	switch (column->type) {
	case SES_F64:
		bits = (uint64_t)alg_le32(in) | (uint64_t)alg_le32(in + 4) << 32;
		memcpy(member, &bits, sizeof(bits));
		return 0;
	case SES_I32:
	case SES_BOOL:
		whole = (int32_t)alg_le32(in);
		if (whole < column->lo || whole > column->hi)
			return ALG_ERR_DATA;
		if (column->type == SES_BOOL)
			*(bool *)member = whole != 0;
		else
			memcpy(member, &whole, sizeof(whole));
		return 0;
	case SES_ASCII:
	case SES_TEXT:
	case SES_CHAR:
		break;
	}
	return decode_text(column, in, in_width, member);
}
