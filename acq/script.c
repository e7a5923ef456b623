/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "acq/script.h"

#include "base/file.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_MAX = 1 << 20, WORDS_MAX = 40, LINE_MAX_LEN = 512 };

#define LONGEST_S 1e6 /* eleven days: nobody sits that long, and nanoseconds still fit */

struct line {
	char text[LINE_MAX_LEN];
	char *word[WORDS_MAX];
	int n, at;
	const char *fault; /* the first thing that was wrong */
};

static const char *fail(struct line *line, const char *fault)
{
	if (!line->fault)
		line->fault = fault;
	return "";
}

static const char *take(struct line *line)
{
	return line->at < line->n ? line->word[line->at++] : fail(line, "something is missing at the end");
}

static bool next_is(const struct line *line, const char *word)
{
	return line->at < line->n && !strcmp(line->word[line->at], word);
}

static void expect_word(struct line *line, const char *word, const char *fault)
{
	if (strcmp(take(line), word))
		fail(line, fault);
}

static double take_number(struct line *line)
{
	double value = NAN;

	if (alg_text_to_double(take(line), &value))
		fail(line, "not a number (digits with a point, and the unit as a word of its own)");
	return value;
}

static double take_time(struct line *line)
{
	double value = take_number(line);

	if (!(value >= 0 && value <= LONGEST_S))
		fail(line, "seconds must be from 0 to 1000000");
	return value;
}

/* ---- one line ------------------------------------------------------------------------------------ */

static enum acq_key key_of(struct line *line, const char *word)
{
	static const char *const words[] = {"", "reject", "skip", "back", "pause", "end", "patient", "wrong-site", "rating"};

	for (int key = ACQ_KEY_REJECT; key <= ACQ_KEY_RATING; key++)
		if (!strcmp(word, words[key]))
			return (enum acq_key)key;
	fail(line, "unknown key (known: reject skip back pause end patient wrong-site rating)");
	return ACQ_KEY_REJECT;
}

static uint32_t flag_of(struct line *line, const char *word)
{
	static const struct { const char *word; uint32_t flag; } table[] = {
		{"overload", SES_SAMPLE_OVERLOAD}, {"peak", SES_SAMPLE_PEAK}, {"fault", SES_SAMPLE_FAULT},
		{"gap", SES_SAMPLE_GAP}, {"dropped", SES_SAMPLE_DROPPED}, {"low-battery", SES_SAMPLE_LOW_BATTERY},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (!strcmp(word, table[i].word))
			return table[i].flag;
	fail(line, "unknown flag (known: overload peak fault gap dropped low-battery)");
	return 0;
}

static void read_sample(struct line *line, struct acq_script_step *step)
{
	if (next_is(line, "none")) {
		line->at++;
		step->to_n = NAN;
	} else {
		step->to_n = take_number(line);
		expect_word(line, "N", "the unit N must follow the force");
	}
	while (line->at < line->n)
		step->flags |= flag_of(line, take(line));
}

static void read_ramp(struct line *line, struct acq_script_step *step)
{
	step->from_n = take_number(line);
	expect_word(line, "to", "a ramp is: ramp 0 to 40 N in 4 s at 100 Hz");
	step->to_n = take_number(line);
	expect_word(line, "N", "the unit N must follow the force");
	expect_word(line, "in", "a ramp is: ramp 0 to 40 N in 4 s at 100 Hz");
	step->duration_s = take_time(line);
	expect_word(line, "s", "the unit s must follow the time");
	if (next_is(line, "at")) {
		line->at++;
		step->rate_hz = take_number(line);
		expect_word(line, "Hz", "the unit Hz must follow the rate");
		if (!(step->rate_hz >= 0.1 && step->rate_hz <= 10000))
			fail(line, "the rate must be from 0.1 to 10000 Hz");
	}
}

static void join_rest(struct line *line, char *out, size_t cap)
{
	size_t len = 0;

	out[0] = '\0';
	for (int i = line->at; i < line->n; i++) {
		if (len + strlen(line->word[i]) + 2 > cap) {
			fail(line, "the line is too long");
			return;
		}
		if (len)
			out[len++] = ' ';
		alg_text_copy(out + len, cap - len, line->word[i]);
		len += strlen(line->word[i]);
	}
	line->at = line->n;
}

static void read_line(struct line *line, struct acq_script_step *step, bool operator_only)
{
	const char *word;

	if (!strncmp(line->word[0], "t=", 2)) {
		if (alg_text_to_double(line->word[0] + 2, &step->t_s) || !(step->t_s >= 0 && step->t_s <= LONGEST_S))
			fail(line, "t= must be seconds from 0 to 1000000");
		line->at = 1;
	}
	word = take(line);
	if (!strcmp(word, "button")) {
		step->kind = ACQ_SCRIPT_BUTTON;
	} else if (!strcmp(word, "key")) {
		step->kind = ACQ_SCRIPT_KEY;
		step->key = key_of(line, take(line));
		if (step->key == ACQ_KEY_RATING)
			step->to_n = take_number(line);
	} else if (operator_only) {
		fail(line, "a script of the operator has only: t=SECONDS button, t=SECONDS key NAME");
	} else if (!strcmp(word, "sample")) {
		step->kind = ACQ_SCRIPT_SAMPLE;
		read_sample(line, step);
	} else if (!strcmp(word, "ramp")) {
		step->kind = ACQ_SCRIPT_RAMP;
		read_ramp(line, step);
	} else if (!strcmp(word, "silence")) {
		step->kind = ACQ_SCRIPT_SILENCE;
		step->duration_s = take_time(line);
		expect_word(line, "s", "the unit s must follow the time");
	} else if (!strcmp(word, "suspend")) {
		step->kind = ACQ_SCRIPT_SUSPEND;
	} else if (!strcmp(word, "restart")) {
		step->kind = ACQ_SCRIPT_RESTART;
	} else {
		step->kind = !strcmp(word, "expect") ? ACQ_SCRIPT_EXPECT : ACQ_SCRIPT_HEADER;
		if (step->kind == ACQ_SCRIPT_HEADER) {
			line->at = 0;
			if (!isnan(step->t_s))
				fail(line, "unknown step (known: sample ramp silence suspend restart button key expect)");
		}
		join_rest(line, step->text, sizeof(step->text));
	}
	if (line->at < line->n)
		fail(line, "there is more on the line than belongs there");
	if (isnan(step->t_s) && step->kind != ACQ_SCRIPT_HEADER && step->kind != ACQ_SCRIPT_EXPECT)
		fail(line, "the step must begin with its time, t=SECONDS");
}

/* ---- the file --------------------------------------------------------------------------------------- */

/* Words of one line into line->word; the comment is cut off. */
static void split(struct line *line, const char *text, size_t len)
{
	char *save = NULL;

	memset(line, 0, sizeof(*line));
	if (len >= sizeof(line->text)) {
		fail(line, "the line is too long");
		return;
	}
	if (memchr(text, '\0', len))
		fail(line, "not a text file");
	memcpy(line->text, text, len);
	line->text[strcspn(line->text, "#")] = '\0';
	for (char *w = strtok_r(line->text, " \t\r", &save); w; w = strtok_r(NULL, " \t\r", &save)) {
		if (line->n == WORDS_MAX) {
			fail(line, "the line has too many words");
			return;
		}
		line->word[line->n++] = w;
	}
}

static int append(struct acq_script *script, const struct acq_script_step *step)
{
	struct acq_script_step *more;

	/* the array doubles whenever its length is a power of two */
	if ((script->n & (script->n - 1)) == 0) {
		more = realloc(script->step, (script->n ? 2 * script->n : 1) * sizeof(*more));
		if (!more)
			return ALG_ERR_NOMEM;
		script->step = more;
	}
	script->step[script->n++] = *step;
	return 0;
}

int acq_script_parse(struct acq_script *out, const char *text, size_t len, const char *name, bool operator_only,
	struct alg_log *log)
{
	const char *end = text + len;
	double last_s = 0;
	int number = 0;

	*out = (struct acq_script){.step = NULL};
	while (text < end) {
		const char *stop = memchr(text, '\n', (size_t)(end - text));
		struct acq_script_step step = {.t_s = NAN, .rate_hz = NAN, .from_n = NAN, .to_n = NAN};
		struct line line;

		number++;
		if (!stop)
			stop = end;
		split(&line, text, (size_t)(stop - text));
		text = stop + (stop < end);
		if (line.n && !line.fault)
			read_line(&line, &step, operator_only);
		if (!line.fault && step.t_s < last_s)
			fail(&line, "the time goes back");
		if (line.fault)
			return alg_fail(log, MSG_SCRIPT, name, number, line.fault);
		if (!line.n)
			continue;
		step.line = number;
		if (!isnan(step.t_s))
			last_s = step.t_s;
		if (append(out, &step))
			return alg_fail(log, MSG_NOMEM, name);
	}
	return 0;
}

int acq_script_load(struct acq_script *out, const char *path, bool operator_only, struct alg_log *log)
{
	char *text = NULL;
	size_t len = 0;
	int rc;

	*out = (struct acq_script){.step = NULL};
	rc = alg_file_read(path, FILE_MAX, &text, &len, log);
	if (rc == 0)
		rc = acq_script_parse(out, text, len, path, operator_only, log);
	free(text);
	return rc;
}

void acq_script_free(struct acq_script *script)
{
	free(script->step);
	*script = (struct acq_script){.step = NULL};
}
