/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cmd_check.c - what does the gauge read with known weights on it?
 *     check [--device ADDRESS] [--weights 0.5,1,2,5 ...]   leads through the weights, judges, stores
 *     check --list        check --show FILE
 * A check judges and never adjusts.
 */
#include "cli/check_run.h"
#include "cli/sessions.h"

#include "base/clock.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	OPT_DEVICE = 1, OPT_WEIGHTS, OPT_LOADINGS, OPT_GRAVITY, OPT_CLASS, OPT_UNCERTAINTY, OPT_TOLERANCE, OPT_EXAMINER,
	OPT_CAPACITY, OPT_TEMPERATURE, OPT_CLOCK, OPT_PLAIN, OPT_YES, OPT_LIST, OPT_SHOW,
};

/* ---- what is entered once ---------------------------------------------------------------------- */

static int set_tolerance(struct cli *cli, const char *text, struct ses_weights *w)
{
	size_t len = strcspn(text, ",");
	char reading[32];
	int rc;

	if (len >= sizeof(reading))
		return alg_fail(&cli->log, MSG_OPTION_VALUE, "--tolerance", text, "per cent of reading, or of reading,range: 1,0.5");
	snprintf(reading, sizeof(reading), "%.*s", (int)len, text);
	rc = cli_number(cli, "--tolerance", reading, 0, 50, &w->tolerance_percent_reading);
	if (!rc && text[len])
		rc = cli_number(cli, "--tolerance", text + len + 1, 0, 50, &w->tolerance_percent_range);
	return rc;
}

static int apply(struct cli *cli, const struct check_args *a, struct ses_weights *w)
{
	const char *why;

	if (a->weights && ses_weights_parse_list(w, a->weights, &why))
		return alg_fail(&cli->log, MSG_CHECK_LIST, a->weights, why);
	if (isfinite(a->local_g_m_s2))
		w->local_g_m_s2 = a->local_g_m_s2;
	if (isfinite(a->uncertainty_percent))
		w->uncertainty_percent = a->uncertainty_percent;
	if (a->class && (!alg_text_is_clean(a->class, strlen(a->class)) || !alg_text_copy(w->class, sizeof(w->class), a->class)))
		return alg_fail(&cli->log, MSG_CHECK_OPTION, "--class", a->class, "one line of up to 47 bytes is needed");
	return a->tolerance ? set_tolerance(cli, a->tolerance, w) : 0;
}

static bool entered(const struct check_args *a)
{
	return a->weights || a->class || a->tolerance || isfinite(a->local_g_m_s2) || isfinite(a->uncertainty_percent);
}

/* What the study has, with what was typed over it; kept when that is something new. */
static int settle_weights(struct cli *cli, const struct check_args *a, const struct ses_study *study, struct ses_weights *w)
{
	struct ses_weights before;
	int rc = ses_weights_load(&before, study, &cli->log);

	if (rc)
		return rc;
	*w = before;
	if ((rc = apply(cli, a, w)))
		return rc;
	if (!w->n)
		return alg_fail(&cli->log, MSG_CHECK_NO_WEIGHTS);
	if (!ses_weights_equal(&before, w) && (rc = ses_weights_save(w, study, &cli->log)))
		return rc;
	if (entered(a))
		alg_note(&cli->log, MSG_CHECK_SAVED, study->dir);
	if (w->local_g_m_s2 == SES_STANDARD_G_M_S2)
		alg_note(&cli->log, MSG_CHECK_GRAVITY);
	return 0;
}

/* ---- the three things it does ------------------------------------------------------------------ */

static int stop_or(struct cli *cli, int rc)
{
	return cli_stopped() ? 128 + cli_stopped() : cli_exit(cli, rc);
}

static int keep_and_tell(struct cli *cli, const struct ses_study *study, const struct ses_check *check)
{
	struct ses_check_result result;
	char path[PATH_MAX] = "";
	int stored = ses_check_store(check, study, path, &cli->log);
	int rc = check_tell(cli, check, stored ? "" : path);

	ses_check_evaluate(check, &result);
	if (result.near_limit)
		alg_note(&cli->log, MSG_CHECK_NEAR);
	if (!rc)
		rc = stored;
	if (!rc && !result.passed)
		rc = alg_fail(&cli->log, MSG_CHECK_FAILED, result.reason);
	return cli_exit(cli, rc);
}

static int measure(struct cli *cli, const struct check_args *a)
{
	struct ses_check check = {.capacity_n = NAN, .resolution_n = NAN, .temperature_c = NAN};
	struct ses_study study;
	int rc = ses_study_open(&study, cli->study, &cli->log);

	if (!rc)
		rc = ses_study_apply_zone(&study, &cli->log);
	if (!rc)
		rc = settle_weights(cli, a, &study, &check.weights);
	const char *address = a->device ? a->device : study.device, *examiner = a->examiner ? a->examiner : study.examiner;

	if (!rc && !address[0] && entered(a))
		return CLI_DONE; /* weights were entered, there is no gauge to check yet */
	if (!rc && !address[0])
		rc = alg_fail(&cli->log, MSG_NO_DEVICE, study.dir);
	if (!rc && *examiner && !alg_text_is_name(examiner, sizeof(check.examiner) - 1))
		rc = alg_fail(&cli->log, MSG_CHECK_OPTION, "--examiner", examiner, "a code of letters and digits is needed");
	if (rc)
		return cli_exit(cli, rc);
	alg_text_copy(check.examiner, sizeof(check.examiner), examiner);
	cli_watch_signals();
	rc = check_run(cli, a, address, &check, cli->json ? stderr : stdout);
	return rc ? stop_or(cli, rc) : keep_and_tell(cli, &study, &check);
}

static int list(struct cli *cli)
{
	struct ses_check *check = NULL;
	struct ses_study study;
	size_t n = 0, n_bad = 0;
	int rc = ses_study_open(&study, cli->study, &cli->log);

	if (!rc)
		rc = ses_checks_load(&study, &check, &n, &n_bad, &cli->log);
	if (!rc && !n && !n_bad && !cli->json)
		rc = alg_fail(&cli->log, MSG_CHECK_NONE, study.dir, "");
	if (!rc)
		rc = check_tell_list(cli, check, n);
	free(check);
	return rc >= 0 && n_bad ? CLI_FAILED : cli_exit(cli, rc);
}

static int show(struct cli *cli, const char *file)
{
	struct ses_check *check = calloc(1, sizeof(*check));
	struct ses_study study;
	char path[PATH_MAX];
	int rc = check ? 0 : alg_fail(&cli->log, MSG_NOMEM, "a check"), n;

	if (!rc && strchr(file, '/')) {
		n = snprintf(path, sizeof(path), "%s", file);
	} else {
		rc = rc ? rc : ses_study_open(&study, cli->study, &cli->log);
		n = rc ? 0 : snprintf(path, sizeof(path), "%s/calibration/%s%s", study.dir, file,
			alg_text_ends_with(file, ".yaml") ? "" : ".yaml");
	}
	if (!rc && (n < 0 || (size_t)n >= sizeof(path)))
		rc = alg_fail(&cli->log, MSG_FILE_OPEN, file, "the name is too long");
	if (!rc)
		rc = ses_check_read(check, path, &cli->log);
	if (!rc)
		rc = check_tell(cli, check, path);
	free(check);
	return cli_exit(cli, rc);
}

/* ---- options ----------------------------------------------------------------------------------- */

static int clock_option(struct cli *cli, const char *text, int64_t *wall_ns)
{
	if (alg_time_parse(text, wall_ns) == 0)
		return 0;
	return alg_fail(&cli->log, MSG_OPTION_VALUE, "--clock", text, "a time like 2026-03-02T09:30:00+01:00");
}

static int take(struct cli *cli, struct check_args *a, int option, const char *value)
{
	switch (option) {
	case OPT_DEVICE: a->device = value; return 0;
	case OPT_WEIGHTS: a->weights = value; return 0;
	case OPT_LOADINGS: return cli_integer(cli, "--loadings", value, 1, SES_CHECK_LOADINGS_MAX, &a->loadings);
	case OPT_GRAVITY: return cli_number(cli, "--gravity", value, 9.7, 9.9, &a->local_g_m_s2);
	case OPT_CLASS: a->class = value; return 0;
	case OPT_UNCERTAINTY: return cli_number(cli, "--uncertainty", value, 0, 10, &a->uncertainty_percent);
	case OPT_TOLERANCE: a->tolerance = value; return 0;
	case OPT_EXAMINER: a->examiner = value; return 0;
	case OPT_CAPACITY: return cli_number(cli, "--capacity", value, 0.01, 1e6, &a->capacity_n);
	case OPT_TEMPERATURE: return cli_number(cli, "--temperature", value, -50, 100, &a->temperature_c);
	case OPT_CLOCK: return clock_option(cli, value, &a->wall_ns);
	case OPT_PLAIN: a->plain = true; return 0;
	case OPT_YES: a->unattended = true; return 0;
	case OPT_LIST: a->list = true; return 0;
	case OPT_SHOW: a->show = value; return 0;
	default: return ALG_ERR_ARG;
	}
}

int cmd_check(struct cli *cli, int argc, char **argv)
{
	static const struct cli_option options[] = {
		{"device", OPT_DEVICE, true}, {"weights", OPT_WEIGHTS, true}, {"loadings", OPT_LOADINGS, true},
		{"gravity", OPT_GRAVITY, true}, {"class", OPT_CLASS, true}, {"uncertainty", OPT_UNCERTAINTY, true},
		{"tolerance", OPT_TOLERANCE, true}, {"examiner", OPT_EXAMINER, true}, {"capacity", OPT_CAPACITY, true},
		{"temperature", OPT_TEMPERATURE, true}, {"clock", OPT_CLOCK, true}, {"plain", OPT_PLAIN, false},
		{"yes", OPT_YES, false}, {"list", OPT_LIST, false}, {"show", OPT_SHOW, true}, {NULL, 0, false},
	};
	struct check_args a = {.local_g_m_s2 = NAN, .uncertainty_percent = NAN, .capacity_n = NAN, .temperature_c = NAN,
		.loadings = 1};
	struct cli_args args;
	const char *value;
	int c, rc = 0;

	cli_args_start(&args, argc, argv);
	while (rc == 0 && (c = cli_option(cli, &args, options, &value)) != 0)
		rc = take(cli, &a, c, value);
	if (rc == 0 && args.n_words)
		rc = alg_fail(&cli->log, MSG_USAGE, "check takes options only", "check");
	if (rc)
		return CLI_USAGE;
	return a.list ? list(cli) : a.show ? show(cli, a.show) : measure(cli, &a);
}
