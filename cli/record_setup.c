/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record_setup.c - from a participant's code to a gauge that talks and a session that is planned. */
#include "cli/record.h"

#include "acq/order.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/open_device.h"
#include "data/check.h"
#include "data/orders.h"
#include "data/schema.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SLOW_KPA 4.0 /* between two readings, as the engine has it */

static int open_study(struct record *r)
{
	const struct record_args *a = r->args;
	char path[PATH_MAX];
	struct ses_points own = {0};
	int rc;

	if ((rc = ses_study_open(&r->study, r->cli->study, r->log)) < 0 ||
		(rc = ses_study_check_code(&r->study, a->code, r->log)) < 0)
		return rc;
	r->blinded = a->blinded || r->study.blinded;
	if (r->study.time_zone[0]) {
		setenv("TZ", r->study.time_zone, 1);
		tzset();
	}
	if ((rc = ses_study_sites(&r->study, &r->sites, r->log)) < 0)
		return rc;
	rc = ses_study_procedure(
		&r->study, a->procedure ? a->procedure : r->study.procedure, &r->sites, &r->proc, r->log);
	if (rc < 0)
		return rc;
	if ((rc = ses_study_points_path(&r->study, a->code, path, sizeof(path))) < 0)
		return rc;
	if ((rc = ses_points_load(&own, path, &r->sites, r->log)) >= 0)
		rc = ses_procedure_points(&r->proc, &r->sites, &own, &r->points, r->log);
	ses_points_free(&own);
	return rc;
}

static int choose(struct record *r)
{
	const struct record_args *a = r->args;
	const char *device = a->device ? a->device : r->study.device;
	bool sim = strncmp(device, "sim:", 4) == 0;
	const char *button = a->button ? a->button : sim ? "sim" : r->study.button;

	r->area_cm2 = isfinite(a->tip_area_cm2) ? a->tip_area_cm2
		: r->study.tip_area_cm2 > 0     ? r->study.tip_area_cm2
						: r->proc.tip_area_cm2;
	if (fabs(r->area_cm2 - r->proc.tip_area_cm2) > 0.005 * r->proc.tip_area_cm2)
		return alg_fail(r->log, MSG_TIP_DIFFERS, r->proc.tip_area_cm2, r->area_cm2, r->proc.tip_area_cm2);
	if (!device[0])
		return alg_fail(r->log, MSG_NO_DEVICE, r->study.dir);
	alg_text_copy(r->address, sizeof(r->address), device);
	if (!button[0])
		button = "peak";
	if (!a->button && strcmp(button, "peak") == 0 && r->proc.tolerance)
		button = "key"; /* two responses in one ramp: a peak is only one */
	if (strcmp(button, "sim") == 0 && !sim)
		return alg_fail(r->log, MSG_NEEDS_SIM, "--button sim");
	if (a->wall_ns && !sim)
		return alg_fail(r->log, MSG_CLOCK_REAL, device);
	if (a->reject) {
		int rc = ui_button_open(&r->pedal, a->reject, r->log);

		if (rc < 0)
			return rc;
		if (r->pedal.fd < 0)
			return alg_fail(r->log, MSG_OPTION_VALUE, "--reject", a->reject, "a pedal: evdev:PATH, line:cts@PORT or fifo:PATH");
		r->has_pedal = true;
	}
	int rc = ui_button_open(&r->button, button, r->log);

	if (rc >= 0 && r->proc.tolerance && ui_button_response(&r->button) == SES_RESPONSE_PEAK)
		return alg_fail(r->log, MSG_OPTION_VALUE, "--button", button,
			"a button, or key: threshold and tolerance are two responses in one ramp, a peak is only one");
	return rc;
}

/* The side that begins changes from session to session, and half of the participants begin on either. */
static uint32_t balance_seed(const char *code, int session)
{
	uint32_t seed = (uint32_t)session;

	for (const char *p = code; *p; p++) /* letters count, too: codes without digits must differ as well */
		seed += (unsigned char)*p;
	return seed & 1;
}

/* The list of orders lies beside the procedure: of the study, else the shipped one; its place is never typed. */
static int take_order(struct record *r)
{
	struct ses_header *h = &r->session.header;
	char path[PATH_MAX], shipped[PATH_MAX], name[96];

	if (snprintf(path, sizeof(path), "%s/procedures/%s", r->study.dir, r->proc.order_file) >= (int)sizeof(path))
		return alg_fail(r->log, MSG_FILE_OPEN, r->study.dir, "the name is too long");
	snprintf(name, sizeof(name), "procedures/%s", r->proc.order_file);
	if (access(path, F_OK)) {
		if (ses_data_path(name, shipped, sizeof(shipped)) || access(shipped, F_OK))
			return alg_fail(r->log, MSG_FILE_OPEN, path, strerror(ENOENT)); /* where it is to be put */
		memcpy(path, shipped, sizeof(path));
	}
	return ses_orders_take(path, r->args->code, r->file.session, &r->proc, &r->sites, &r->points, r->order, r->n_order, &r->n_order,
		h->order_source, sizeof(h->order_source), r->log);
}

static int plan_order(struct record *r)
{
	struct ses_header *h = &r->session.header;
	uint32_t seed = r->args->seed;

	if (!r->args->seed_given && r->proc.order == SES_ORDER_RANDOM_POSTURE)
		seed = (uint32_t)alg_clock_wall_ns(alg_clock_system()) & 0x7FFFFFFF;
	if (!r->args->seed_given && r->proc.order == SES_ORDER_COUNTERBALANCED)
		seed = balance_seed(r->args->code, r->file.session);
	h->order_seed = (int32_t)seed;
	alg_text_copy(h->order_kind, sizeof(h->order_kind), ses_order_word(r->proc.order));
	r->n_order = (r->points.n - (ses_procedure_practice(&r->proc, &r->points) >= 0)) * (size_t)r->proc.rounds;
	r->order = calloc(r->points.n * (size_t)r->proc.rounds + 1, sizeof(*r->order));
	if (!r->order)
		return alg_fail(r->log, MSG_NOMEM, "the plan");
	if (r->proc.order == SES_ORDER_FILE)
		return take_order(r);
	return acq_order_make(&r->proc, &r->points, seed, r->order, r->points.n * (size_t)r->proc.rounds);
}

static int header_texts(struct ses_header *h, const struct record *r)
{
	h->procedure_text = strdup(r->proc.text ? r->proc.text : "");
	h->instruction = strdup(r->proc.instruction ? r->proc.instruction : "");
	return h->procedure_text && h->instruction ? 0 : alg_fail(r->log, MSG_NOMEM, "the session's header");
}

static int fill_header(struct record *r)
{
	struct ses_header *h = &r->session.header;
	const struct ses_procedure *p = &r->proc;
	int rc;

	h->minor = SES_FORMAT_MINOR;
	ses_uuid_make(h->uuid);
	alg_text_copy(h->study, sizeof(h->study), r->study.id);
	alg_text_copy(h->centre, sizeof(h->centre), r->study.centre);
	alg_text_copy(h->participant, sizeof(h->participant), r->args->code);
	h->session = r->file.session;
	alg_text_copy(h->acq, sizeof(h->acq), r->file.acq);
	h->run = r->file.run;
	h->started_unix_s = (double)(r->wall_start_ns / ALG_NS_PER_MS) / 1e3;
	alg_time_format(h->started, sizeof(h->started), r->wall_start_ns);
	alg_time_zone_name(h->time_zone, sizeof(h->time_zone));
	alg_time_date(h->visit_day, sizeof(h->visit_day), r->wall_start_ns);
	alg_text_copy(h->examiner, sizeof(h->examiner), r->args->examiner ? r->args->examiner : r->study.examiner);
	record_header_gauge(h, r);
	h->tip_area_cm2 = r->area_cm2;
	alg_text_copy(h->tip_shape, sizeof(h->tip_shape), r->study.tip_shape);
	alg_text_copy(h->procedure_id, sizeof(h->procedure_id), p->id);
	alg_text_copy(h->procedure_version, sizeof(h->procedure_version), p->version);
	alg_text_copy(h->procedure_sha256, sizeof(h->procedure_sha256), p->sha256);
	h->target_rate_kpa_s = p->rate_kpa_s;
	h->corridor = p->corridor;
	h->interval_s = p->interval_s;
	h->rounds = p->rounds;
	alg_text_copy(h->rule, sizeof(h->rule), ses_rule_word(p->rule));
	alg_text_copy(h->response_mode, sizeof(h->response_mode), ses_response_word(ui_button_response(&r->button)));
	alg_text_copy(h->program_version, sizeof(h->program_version), alg_version());
	h->blinded = r->blinded;
	if ((rc = record_header_check(h, r)) < 0)
		return rc;
	return header_texts(h, r);
}

static int make_engine(struct record *r)
{
	const struct alg_device_info *info = acq_reader_info(r->reader);
	struct acq_config config = {
		.proc = &r->proc,
		.points = &r->points,
		.order = r->order,
		.n_order = r->n_order,
		.area_cm2 = r->area_cm2,
		.resolution_n = info->resolution_n,
		.capacity_n = r->resuming ? r->before.session.header.device_capacity_n : r->session.header.device_capacity_n,
		.response = ui_button_response(&r->button),
		.accuracy = r->accuracy,
	};

	r->gate.blinded = r->blinded;
	r->shown = calloc(r->points.n, sizeof(*r->shown));
	if (!r->shown)
		return alg_fail(r->log, MSG_NOMEM, "the points");
	if (r->world)
		sim_world_task(r->world, r->proc.tolerance, r->proc.hold_kpa, r->proc.hold_s);
	return acq_engine_new(&r->engine, &config, r->start_ns);
}

/* A session that was named and is there is not measured again by mistake; --again makes another run of it. */
static int refuse_existing(struct record *r)
{
	char name[96];

	if (!r->args->session || r->args->again || r->file.run < 2)
		return 0;
	snprintf(name, sizeof(name), "%s session %d%s%s", r->args->code, r->file.session, *r->file.acq ? " " : "", r->file.acq);
	return alg_fail(r->log, MSG_FILE_EXISTS, name,
		"leave out --session for the next one, or add --again to keep a second run beside it");
}

/* Time zero is taken here; the store publishes the empty session before the first press. */
static int begin_new(struct record *r)
{
	char day[12];
	int rc;

	r->start_ns = alg_clock_now_ns(&r->clock);
	r->wall_start_ns = alg_clock_wall_ns(&r->clock);
	alg_time_date(day, sizeof(day), r->wall_start_ns);
	rc = ses_study_new_file_on(&r->study, r->args->code, r->args->session, r->args->acq, day, &r->file, r->log);
	if (rc >= 0)
		rc = refuse_existing(r);
	if (rc < 0 || (rc = plan_order(r)) < 0 || (rc = fill_header(r)) < 0)
		return rc;
	if ((rc = ses_session_add_points(&r->session, &r->points)) < 0)
		return rc;
	r->sum.file = r->file;
	return 0;
}

/* Where the journal lies, and that there is room for the worst case of this session, twice: journal and file. */
static int prepare_disk(struct record *r)
{
	char folder[PATH_MAX];
	bool network;

	alg_text_copy(folder, sizeof(folder), r->file.path);
	*strrchr(folder, '/') = '\0';
	network = ses_journal_network(folder);
	if (!r->resuming && !ses_journal_path(r->file.path, network, r->journal, sizeof(r->journal)))
		return alg_fail(r->log, MSG_FILE_WRITE, r->file.path, "no place for its journal: HOME is not set");
	if (alg_file_room(folder) < r->reserve_bytes * 2)
		return alg_fail(r->log, MSG_STORE_SPACE, folder, (unsigned long long)(r->reserve_bytes >> 19) + 1, "the disk is nearly full");
	if (!network)
		return 0;
	alg_text_copy(folder, sizeof(folder), r->journal);
	*strrchr(folder, '/') = '\0';
	return alg_dir_make(folder, r->log);
}

/* Half as many presses again as planned, 20 s each, every sample in some 50 bytes. */
static uint64_t worst_case_bytes(const struct record *r)
{
	double rate_hz = r->session.header.device_rate_hz;

	return (uint64_t)((double)r->n_order * 1.5 * 20 * (isfinite(rate_hz) && rate_hz > 10 ? rate_hz : 100) * 50) + (1 << 20);
}

static int begin(struct record *r)
{
	int rc = r->resuming ? record_go_on(r) : begin_new(r);

	if (rc < 0 || (rc = make_engine(r)) < 0 || (r->resuming && (rc = record_go_on_engine(r)) < 0))
		return rc;
	r->reserve_bytes = worst_case_bytes(r);
	return prepare_disk(r);
}

/* What does not forbid the session, but should be known before it begins. */
static void say_warnings(struct record *r)
{
	double rate_hz = r->session.header.device_rate_hz;
	bool there_and_back;
	int changes = ses_procedure_posture_changes(&r->proc, &r->points, &there_and_back);

	if (changes > r->proc.max_posture_changes && !r->args->quiet)
		alg_warn(r->log, MSG_POSTURE_CHANGES, changes, r->proc.max_posture_changes);
	if (rate_hz > 0 && r->proc.rate_kpa_s / rate_hz > SLOW_KPA && !r->blinded)
		alg_warn(r->log, MSG_GAUGE_SLOW, rate_hz, r->proc.rate_kpa_s, r->proc.rate_kpa_s / rate_hz);
}

int record_setup(struct record *r)
{
	int rc;

	if ((rc = open_study(r)) < 0 || (rc = choose(r)) < 0)
		return rc;
	if ((rc = record_look_back(r)) < 0)
		return rc;
	if (r->args->script && (rc = acq_script_load(&r->timed, r->args->script, true, r->log)) < 0)
		return rc;
	if ((rc = record_open_gauge(r)) < 0 || (rc = begin(r)) < 0)
		return rc;
	say_warnings(r);
	return 0;
}

void record_teardown(struct record *r)
{
	int gauge = acq_reader_free(r->reader);

	if (!r->gauge_status && gauge < 0 && gauge != ALG_ERR_NODEV)
		r->gauge_status = gauge;
	acq_engine_free(r->engine);
	acq_script_free(&r->timed);
	sim_world_free(r->world);
	ui_button_close(&r->button);
	ui_button_close(&r->pedal);
	ui_sound_close(r->sound);
	if (r->bell_fd >= 0)
		close(r->bell_fd);
	ses_session_clear(&r->session);
	ses_points_free(&r->points);
	ses_procedure_free(&r->proc);
	ses_sites_free(&r->sites);
	ses_replay_free(&r->before);
	free(r->order);
	free(r->shown);
}
