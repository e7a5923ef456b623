/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check_run.c - zero, then each weight up and down: asks for it, waits until the reading is at rest, takes its mean. */
#include "cli/check_run.h"

#include "base/clock.h"
#include "base/text.h"
#include "cli/open_device.h"
#include "sim/world.h"
#include "ui/keys.h"

#include <math.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { READ_MS = 100, WINDOW_READINGS_MIN = 5, SIM_PACE_US = 50000 };
static const int64_t SETTLE_NS = 300 * ALG_NS_PER_MS; /* after Enter, a hand may still be near */
static const int64_t WINDOW_NS = ALG_NS_PER_S;
static const int64_t DRAW_NS = 200 * ALG_NS_PER_MS;
static const double REST_S = 20, SD_MIN_N = 0.05;

enum answer { GO = 1, SKIP, STOP };

struct run {
	struct cli *cli;
	const struct check_args *args;
	struct ses_check *check;
	struct alg_device *dev;
	struct sim_world *world;
	struct ui_keys keys;
	FILE *say;
	int64_t start_ns, drawn_ns;
	bool live;
};

/* Mean and sum of squares as readings come (Welford). */
struct window {
	int64_t from_ns;
	int n;
	double mean_n, square_n2;
};

static double sd_of(const struct window *w)
{
	return w->n > 1 ? sqrt(w->square_n2 / (w->n - 1)) : 0;
}

/* ---- the examiner ------------------------------------------------------------------------------ */

static void draw(struct run *r, const struct alg_reading *reading)
{
	if (!r->live || reading->t_ns - r->drawn_ns < DRAW_NS)
		return;
	r->drawn_ns = reading->t_ns;
	fprintf(r->say, "\r\033[K    %s", reading->shown);
	fflush(r->say);
}

static void end_line(struct run *r)
{
	if (r->live)
		fputs("\r\033[K", r->say);
}

/* 0 while nothing was typed. Lines where there is no terminal; the end of the input stops. */
static int typed(struct run *r)
{
	struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
	char line[64];
	int c;

	if (r->args->unattended)
		return GO;
	if (r->keys.raw) {
		c = ui_keys_get(&r->keys);
		return c == '\r' || c == '\n' ? GO : c == 's' ? SKIP : c == 'q' || c < 0 ? STOP : 0;
	}
	if (poll(&p, 1, 0) <= 0)
		return 0;
	if (!fgets(line, sizeof(line), stdin) || line[0] == 'q')
		return STOP;
	return line[0] == 's' ? SKIP : GO;
}

/* Waits for a key while readings go by, so that none of before the key is left over. Negative: the gauge is gone. */
static int ask(struct run *r)
{
	struct alg_reading reading;
	int answer, rc;

	while ((answer = typed(r)) == 0) {
		if (cli_stopped())
			return STOP;
		if ((rc = alg_device_read(r->dev, &reading, READ_MS)) < 0)
			return rc;
		if (rc > 0)
			draw(r, &reading);
		if (r->world)
			usleep(SIM_PACE_US); /* its clock runs as fast as it is read */
	}
	end_line(r);
	return answer;
}

/* ---- the gauge --------------------------------------------------------------------------------- */

static int add(struct run *r, struct window *w, const struct alg_reading *reading)
{
	int rc = cli_check_unit(&r->cli->log, r->dev, reading);

	if (rc < 0)
		return rc;
	if (reading->flags & ALG_READING_PEAK)
		return alg_fail(&r->cli->log, MSG_DEV_PEAK, alg_device_info(r->dev)->address);
	if (!isfinite(reading->force_n) || reading->flags & (ALG_READING_OVERLOAD | ALG_READING_FAULT)) {
		w->n = 0;
		return 0;
	}
	if (w->n == 0)
		*w = (struct window){.from_ns = reading->t_ns};
	double off_n = reading->force_n - w->mean_n;

	w->n++;
	w->mean_n += off_n / w->n;
	w->square_n2 += off_n * (reading->force_n - w->mean_n);
	alg_text_copy(r->check->unit, sizeof(r->check->unit), alg_unit_name(reading->unit));
	return 0;
}

static double sd_limit_n(const struct run *r)
{
	double resolution_n = alg_device_info(r->dev)->resolution_n;

	return fmax(SD_MIN_N, isfinite(resolution_n) ? 2 * resolution_n : 0);
}

/* A person can try again: to him it is a warning. sd_n NAN: there was no second of readings at all. */
static int no_rest(struct run *r, double sd_n)
{
	struct alg_log *log = &r->cli->log;

	if (r->args->unattended)
		return isfinite(sd_n) ? alg_fail(log, MSG_CHECK_UNSTEADY, REST_S, sd_n, sd_limit_n(r))
			: alg_fail(log, MSG_CHECK_SILENT, REST_S);
	if (isfinite(sd_n))
		alg_warn(log, MSG_CHECK_UNSTEADY, REST_S, sd_n, sd_limit_n(r));
	else
		alg_warn(log, MSG_CHECK_SILENT, REST_S);
	fprintf(r->say, "    then Enter to try again (s leaves it out, q ends)\n");
	fflush(r->say);
	return ALG_ERR_TIMEOUT;
}

/* A second at rest, or ALG_ERR_TIMEOUT (said) when there was none in REST_S. */
static int measure(struct run *r, struct ses_check_row *row)
{
	int64_t start_ns = alg_device_now_ns(r->dev);
	struct window w = {.n = 0};
	struct alg_reading reading;
	double sd_n = NAN;

	while (alg_ns_to_s(alg_device_now_ns(r->dev) - start_ns) < REST_S) {
		int rc = cli_stopped() ? ALG_ERR_CANCELLED : alg_device_read(r->dev, &reading, READ_MS);

		if (rc < 0)
			return rc;
		if (rc == 0 || reading.t_ns < start_ns + SETTLE_NS)
			continue;
		draw(r, &reading);
		if ((rc = add(r, &w, &reading)) < 0)
			return rc;
		if (w.n < WINDOW_READINGS_MIN || reading.t_ns - w.from_ns < WINDOW_NS)
			continue;
		if ((sd_n = sd_of(&w)) <= sd_limit_n(r)) {
			row->force_read_n = w.mean_n;
			row->sd_n = sd_n;
			row->n = w.n;
			row->t_s = alg_ns_to_s(reading.t_ns - r->start_ns);
			end_line(r);
			return 0;
		}
		w.n = 0;
	}
	end_line(r);
	return no_rest(r, sd_n);
}

/* ---- the order of weights ---------------------------------------------------------------------- */

static void tell_row(struct run *r, const struct ses_check_row *row, double zero_n)
{
	fprintf(r->say, "    reads %.3f N", row->force_read_n);
	if (row->direction != SES_CHECK_ZERO)
		fprintf(r->say, ", error %+.3f N", row->force_read_n - zero_n - row->force_true_n);
	fputc('\n', r->say);
}

/* One row: asked for, measured, kept. A person is asked again when the gauge was not at rest. */
static int one(struct run *r, struct ses_check_row row, double zero_n)
{
	struct ses_check *c = r->check;
	int answer, rc;

	row.force_true_n = row.mass_kg * c->weights.local_g_m_s2;
	if (row.direction == SES_CHECK_ZERO)
		fprintf(r->say, "Loading %d: take everything off the gauge, then Enter (q ends)\n", row.loading);
	else
		fprintf(r->say, "Loading %d, %s: put on %g kg (%.2f N), then Enter (s leaves it out, q ends)\n",
			row.loading, ses_check_direction_word(row.direction), row.mass_kg, row.force_true_n);
	fflush(r->say);
	if (r->world)
		sim_world_load(r->world, row.force_true_n);
	do {
		answer = ask(r);
		if (answer < 0 || answer == STOP || (answer == SKIP && row.direction != SES_CHECK_ZERO))
			return answer;
		rc = measure(r, &row);
	} while (rc == ALG_ERR_TIMEOUT && !r->args->unattended);
	if (rc < 0)
		return rc;
	if (row.direction != SES_CHECK_ZERO && row.force_read_n - zero_n < -0.5 * row.force_true_n)
		return alg_fail(&r->cli->log, MSG_CHECK_NEGATIVE, row.force_read_n, row.mass_kg,
			alg_device_info(r->dev)->polarity == ALG_POLARITY_MINUS ? '+' : '-');
	tell_row(r, &row, zero_n);
	c->row[c->n_rows++] = row;
	return GO;
}

/* Zero, upwards to the largest, down again without it, zero. */
static int loading(struct run *r, int number)
{
	struct ses_check *c = r->check;
	int first = c->n_rows, rc = one(r, (struct ses_check_row){.loading = number, .direction = SES_CHECK_ZERO}, 0);
	bool skipped[SES_WEIGHTS_MAX] = {false};

	for (int i = 0; i < 2 * c->weights.n - 1 && rc >= 0 && rc != STOP; i++) {
		bool up = i < c->weights.n;
		int k = up ? i : 2 * c->weights.n - 2 - i;

		if (skipped[k])
			continue;
		rc = one(r, (struct ses_check_row){.loading = number, .direction = up ? SES_CHECK_UP : SES_CHECK_DOWN,
			.mass_kg = c->weights.mass_kg[k]}, c->row[first].force_read_n);
		skipped[k] = rc == SKIP && up;
	}
	if (rc >= 0 && rc != STOP)
		rc = one(r, (struct ses_check_row){.loading = number, .direction = SES_CHECK_ZERO}, 0);
	return rc;
}

/* Weights that were left out are no part of the check. */
static int keep_measured(struct run *r)
{
	struct ses_check *c = r->check;
	int n = 0;

	for (int k = 0; k < c->weights.n; k++) {
		bool measured = false;

		for (int i = 0; i < c->n_rows; i++)
			measured |= c->row[i].direction != SES_CHECK_ZERO && c->row[i].mass_kg == c->weights.mass_kg[k];
		if (measured)
			c->weights.mass_kg[n++] = c->weights.mass_kg[k];
	}
	c->weights.n = n;
	return n < SES_WEIGHTS_MIN ? alg_fail(&r->cli->log, MSG_CHECK_FEW, n, SES_WEIGHTS_MIN) : 0;
}

static int all_loadings(struct run *r)
{
	int rc = GO;

	if (!r->args->unattended) {
		setvbuf(stdin, NULL, _IONBF, 0); /* what is typed is polled for */
		if (r->live)
			ui_keys_open(&r->keys, STDIN_FILENO);
	}
	for (int i = 1; i <= r->args->loadings && rc >= 0 && rc != STOP; i++)
		rc = loading(r, i);
	ui_keys_close(&r->keys);
	if (rc >= 0 && cli_stopped())
		rc = ALG_ERR_CANCELLED;
	return rc < 0 ? rc : keep_measured(r);
}

static int describe(struct run *r)
{
	const struct alg_device_info *info = alg_device_info(r->dev);
	struct ses_check *c = r->check;
	double heaviest_n = c->weights.mass_kg[c->weights.n - 1] * c->weights.local_g_m_s2;
	int64_t wall_ns = r->args->wall_ns ? r->args->wall_ns : alg_clock_wall_ns(alg_clock_system());

	alg_text_copy(c->family, sizeof(c->family), info->family);
	alg_text_copy(c->model, sizeof(c->model), info->model);
	alg_text_copy(c->serial, sizeof(c->serial), info->serial);
	alg_text_copy(c->firmware, sizeof(c->firmware), info->firmware);
	alg_text_copy(c->address, sizeof(c->address), info->address);
	c->simulated = info->simulated;
	c->capacity_n = isfinite(r->args->capacity_n) ? r->args->capacity_n : info->capacity_n;
	c->temperature_c = r->args->temperature_c;
	if (r->args->wall_ns && !r->world)
		return alg_fail(&r->cli->log, MSG_CLOCK_REAL, info->address);
	if (r->args->unattended && !r->world)
		return alg_fail(&r->cli->log, MSG_NEEDS_SIM, "check --yes");
	if (heaviest_n > c->capacity_n)
		return alg_fail(&r->cli->log, MSG_CHECK_CAPACITY, c->weights.mass_kg[c->weights.n - 1], heaviest_n, c->capacity_n);
	if (alg_time_format(c->date, sizeof(c->date), wall_ns) || ses_check_name(c))
		return alg_fail(&r->cli->log, MSG_BUG, "the time of day");
	return 0;
}

int check_run(struct cli *cli, const struct check_args *args, const char *address, struct ses_check *check, FILE *say)
{
	struct run r = {.cli = cli, .args = args, .check = check, .say = say};
	int rc = cli_open_device(cli, address, NULL, &r.dev, &r.world), closed;

	if (rc < 0)
		return rc;
	r.live = !args->plain && !args->unattended && isatty(STDIN_FILENO) && isatty(fileno(say));
	r.start_ns = alg_device_now_ns(r.dev);
	if ((rc = describe(&r)) == 0)
		rc = all_loadings(&r);
	check->resolution_n = alg_device_info(r.dev)->resolution_n;
	closed = alg_device_close(r.dev);
	sim_world_free(r.world);
	return rc ? rc : closed;
}
