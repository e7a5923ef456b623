/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/procedure.h"

#include "base/file.h"
#include "base/text.h"
#include "data/digest.h"
#include "data/yaml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_VERSION = 1, FILE_BYTES_MAX = 256 * 1024 };

static const char *const keys[] = {
	"algometer", "id", "version", "name", "rate_kpa_s", "corridor_percent", "tip_area_cm2", "rounds", "plan",
	"order", "interval_s", "rule", "max_presses", "ceiling_kpa", "force_cap_n", "reject_rate_percent", "response",
	"points", "instruction", "source", "journal", "order_file", "max_posture_changes", "tolerance", "measure", "hold_kpa",
	"hold_s", "hold_band_percent", "familiarisation_presses", "familiarisation_site", "extra_press_range_percent", NULL,
};
static const char *const keys_participant[] = {"from", "targets", "contralateral", "control", NULL};
static const char *const keys_list[] = {"from", "sites", "control", NULL};

static const struct ses_procedure defaults = {
	.corridor = 0.2, .tip_area_cm2 = 1.0, .plan = SES_PLAN_ROUNDS, .order = SES_ORDER_FIXED, .interval_s = 20,
	.rule = SES_RULE_MEAN, .max_presses = 5, .force_cap_n = NAN, .reject_rate = NAN,
	.response = SES_RESPONSE_BUTTON, .journal = true, .hold_kpa = NAN, .hold_band = 0.1, .extra_range = NAN,
	.max_posture_changes = 1,
};

static const char *const order_words[] = {"fixed", "random-within-posture", "blocked-by-side", "counterbalanced", "file", NULL};

const char *ses_order_word(enum ses_order order)
{
	return order >= SES_ORDER_FIXED && order <= SES_ORDER_FILE ? order_words[order - SES_ORDER_FIXED] : "?";
}

static int read_names(struct ses_procedure *proc, struct ses_yaml_node root, const char *expected_id)
{
	int rc = ses_yaml_text(root, "id", true, proc->id, sizeof(proc->id));

	if (rc)
		return rc;
	if (!alg_text_is_name(proc->id, sizeof(proc->id) - 1))
		return ses_yaml_error(ses_yaml_get(root, "id"), "id: '%s' - letters, digits, '-' and '_' only", proc->id);
	if (expected_id && strcmp(expected_id, proc->id) != 0)
		return ses_yaml_error(ses_yaml_get(root, "id"), "id: '%s' is not the file's name (%.60s)", proc->id, expected_id);
	rc = ses_yaml_text(root, "version", true, proc->version, sizeof(proc->version));
	if (!rc)
		rc = ses_yaml_text(root, "name", true, proc->name, sizeof(proc->name));
	return rc;
}

static int read_texts(struct ses_procedure *proc, struct ses_yaml_node root)
{
	int rc = ses_yaml_text_dup(root, "instruction", true, &proc->instruction);

	return rc ? rc : ses_yaml_text_dup(root, "source", true, &proc->source);
}

/* "none" (or nothing: NAN) or a number of percent, stored as a fraction. */
static int read_percent(struct ses_yaml_node root, const char *key, double low, double *fraction)
{
	const char *text = ses_yaml_scalar(ses_yaml_get(root, key));
	double percent = NAN;
	int rc;

	*fraction = NAN;
	if (text && strcmp(text, "none") == 0)
		return 0;
	rc = ses_yaml_number(root, key, false, low, 500, &percent);
	*fraction = percent / 100;
	return rc;
}

/* A pressure that is held and rated instead of a threshold. */
static int read_hold(struct ses_procedure *proc, struct ses_yaml_node root)
{
	static const char *const measures[] = {"threshold", "hold", NULL}, *const only[] = {"hold_kpa", "hold_s", "hold_band_percent"};
	double percent = proc->hold_band * 100;
	int hold = 0, rc = ses_yaml_choice(root, "measure", false, measures, &hold);

	if (rc)
		return rc;
	for (int i = 0; i < 3 && !hold; i++)
		if (ses_yaml_is(ses_yaml_get(root, only[i])))
			return ses_yaml_error(ses_yaml_get(root, only[i]), "%s: only with 'measure: hold'", only[i]);
	if (!hold)
		return 0;
	rc = ses_yaml_number(root, "hold_kpa", true, 20, 1500, &proc->hold_kpa);
	if (!rc)
		rc = ses_yaml_number(root, "hold_s", true, 1, 30, &proc->hold_s);
	if (!rc)
		rc = ses_yaml_number(root, "hold_band_percent", false, 2, 30, &percent);
	proc->hold_band = percent / 100;
	if (!rc && proc->hold_kpa * (1 + proc->hold_band) >= proc->ceiling_kpa)
		return ses_yaml_error(ses_yaml_get(root, "hold_kpa"),
			"hold_kpa: %g +- %g %% is not below the ceiling_kpa of %g: raise the ceiling or hold less", proc->hold_kpa, percent,
			proc->ceiling_kpa);
	return rc;
}

/* What the response can mean: a second one, or an extra press for a spread that the clinic knows. */
static int read_response(struct ses_procedure *proc, struct ses_yaml_node root)
{
	int rc = ses_yaml_bool(root, "tolerance", false, &proc->tolerance);

	if (!rc)
		rc = read_percent(root, "extra_press_range_percent", 1, &proc->extra_range);
	if (rc)
		return rc;
	if (proc->tolerance && proc->response == SES_RESPONSE_PEAK)
		return ses_yaml_error(ses_yaml_get(root, "tolerance"),
			"tolerance: two responses need 'response: button' or 'examiner-key', a peak is only one");
	if (proc->tolerance && !isnan(proc->hold_kpa))
		return ses_yaml_error(ses_yaml_get(root, "tolerance"), "tolerance: not with 'measure: hold'");
	if (!isnan(proc->extra_range) && (!isnan(proc->hold_kpa) || proc->rounds < 2))
		return ses_yaml_error(ses_yaml_get(root, "extra_press_range_percent"),
			"extra_press_range_percent: a range needs two thresholds: 'rounds: 2' or more and no hold");
	return 0;
}

static int read_familiarisation(struct ses_procedure *proc, struct ses_yaml_node root, const struct ses_sites *sites)
{
	struct ses_yaml_node site = ses_yaml_get(root, "familiarisation_site");
	int rc = ses_yaml_int(root, "familiarisation_presses", false, 0, 5, &proc->familiarisation);

	if (rc)
		return rc;
	if (proc->familiarisation > proc->max_presses)
		return ses_yaml_error(ses_yaml_get(root, "familiarisation_presses"),
			"familiarisation_presses: %d is more than max_presses (%d)", proc->familiarisation, proc->max_presses);
	if (!proc->familiarisation)
		return ses_yaml_is(site) ? ses_yaml_error(site, "familiarisation_site: say how many: familiarisation_presses: 2") : 0;
	rc = ses_yaml_text(root, "familiarisation_site", true, proc->familiarisation_site, sizeof(proc->familiarisation_site));
	if (!rc && !ses_site_find(sites, proc->familiarisation_site))
		return ses_yaml_error(site, "familiarisation_site: unknown site '%.15s' (see 'algometer points --sites')",
			proc->familiarisation_site);
	for (int i = 0; !rc && i < proc->n_sites + proc->n_control; i++)
		if (strcmp(i < proc->n_sites ? proc->sites[i] : proc->control[i - proc->n_sites], proc->familiarisation_site) == 0)
			return ses_yaml_error(site, "familiarisation_site: %s is measured, too: practise where nothing is measured",
				proc->familiarisation_site);
	return rc;
}

static int read_order(struct ses_procedure *proc, struct ses_yaml_node root)
{
	struct ses_yaml_node file = ses_yaml_get(root, "order_file");
	int rc = ses_yaml_int(root, "max_posture_changes", false, 0, 50, &proc->max_posture_changes);

	if (rc)
		return rc;
	if (proc->order != SES_ORDER_FILE)
		return ses_yaml_is(file) ? ses_yaml_error(file, "order_file: only with 'order: file'") : 0;
	rc = ses_yaml_text(root, "order_file", true, proc->order_file, sizeof(proc->order_file));
	if (!rc && (strchr(proc->order_file, '/') || proc->order_file[0] == '.'))
		return ses_yaml_error(file, "order_file: '%.60s' - the name of a file beside the procedure, without '/'", proc->order_file);
	return rc;
}

static int read_pressing(struct ses_procedure *proc, struct ses_yaml_node root)
{
	double percent = proc->corridor * 100;
	int rc = ses_yaml_number(root, "rate_kpa_s", true, 1, 500, &proc->rate_kpa_s);

	if (!rc)
		rc = ses_yaml_number(root, "corridor_percent", false, 1, 100, &percent);
	proc->corridor = percent / 100;
	if (!rc)
		rc = ses_yaml_number(root, "tip_area_cm2", false, 0.05, 10, &proc->tip_area_cm2);
	if (!rc)
		rc = ses_yaml_number(root, "ceiling_kpa", true, 50, 2000, &proc->ceiling_kpa);
	if (!rc)
		rc = ses_yaml_number(root, "force_cap_n", false, 1, 500, &proc->force_cap_n);
	return rc ? rc : read_percent(root, "reject_rate_percent", 1, &proc->reject_rate);
}

static int read_repeats(struct ses_procedure *proc, struct ses_yaml_node root)
{
	int rc = ses_yaml_int(root, "rounds", true, 1, 5, &proc->rounds);

	if (!rc)
		rc = ses_yaml_number(root, "interval_s", false, 0, 600, &proc->interval_s);
	if (!rc)
		rc = ses_yaml_int(root, "max_presses", false, 1, 5, &proc->max_presses);
	if (rc)
		return rc;
	if (proc->max_presses < proc->rounds)
		return ses_yaml_error(ses_yaml_get(root, "max_presses"), "max_presses: %d is less than the %d rounds",
			proc->max_presses, proc->rounds);
	return 0;
}

static int read_words(struct ses_procedure *proc, struct ses_yaml_node root)
{
	static const char *const plans[] = {"rounds", "point-by-point", NULL};
	static const char *const rules[] = {"mean", "drop-first", "median", "closest-two", NULL};
	static const char *const responses[] = {"button", "verbal-peak", "examiner-key", NULL};
	int plan = 0, order = 0, rule = 0, response = 0;
	int rc = ses_yaml_choice(root, "plan", false, plans, &plan);

	if (!rc)
		rc = ses_yaml_choice(root, "order", false, order_words, &order);
	if (!rc)
		rc = ses_yaml_choice(root, "rule", false, rules, &rule);
	if (!rc)
		rc = ses_yaml_choice(root, "response", false, responses, &response);
	if (!rc)
		rc = ses_yaml_bool(root, "journal", false, &proc->journal);
	proc->plan = plan ? SES_PLAN_POINT_BY_POINT : SES_PLAN_ROUNDS;
	proc->order = (enum ses_order)(SES_ORDER_FIXED + order);
	proc->rule = ses_rule_from_word(rules[rule]);
	proc->response = ses_response_from_word(responses[response]);
	return rc;
}

/* A list of site codes, each known and named once. */
static int read_sites(struct ses_yaml_node points, const char *key, const struct ses_sites *sites,
	char out[][16], int *n)
{
	struct ses_yaml_node list = ses_yaml_get(points, key);
	size_t len = ses_yaml_length(list);

	*n = 0;
	if (ses_yaml_is(list) && ses_yaml_scalar(list))
		return ses_yaml_error(list, "%s: a list is expected, such as [UTRAP_L, UTRAP_R]", key);
	if (len > SES_PROCEDURE_SITES_MAX)
		return ses_yaml_error(list, "%s: more than %d sites", key, SES_PROCEDURE_SITES_MAX);
	for (size_t i = 0; i < len; i++) {
		struct ses_yaml_node item = ses_yaml_at(list, i);
		const char *code = ses_yaml_scalar(item);
		char near[80];

		if (!code)
			return ses_yaml_error(item, "%s: a site code is expected", key);
		for (int j = 0; j < *n; j++)
			if (strcmp(out[j], code) == 0)
				return ses_yaml_error(item, "%s: %s is there twice", key, code);
		if (!ses_site_find(sites, code)) {
			if (ses_site_suggest(sites, code, near, sizeof(near)))
				return ses_yaml_error(item, "%s: unknown site '%.40s' (near: %s)", key, code, near);
			return ses_yaml_error(item, "%s: unknown site '%.40s' (see 'algometer points --sites')", key, code);
		}
		strcpy(out[(*n)++], code);
	}
	return 0;
}

static int read_points(struct ses_procedure *proc, struct ses_yaml_node root, const struct ses_sites *sites)
{
	static const char *const froms[] = {"list", "participant", NULL};
	struct ses_yaml_node points = ses_yaml_get(root, "points");
	int from = 0, rc;

	if (!ses_yaml_is(points))
		return ses_yaml_error(root, "key 'points' is missing");
	rc = ses_yaml_choice(points, "from", true, froms, &from);
	if (rc)
		return rc;
	proc->points_from_participant = from;
	rc = ses_yaml_known_keys(points, from ? keys_participant : keys_list);
	if (!rc)
		rc = ses_yaml_int(points, "targets", false, 0, SES_PROCEDURE_SITES_MAX, &proc->n_targets);
	if (!rc)
		rc = ses_yaml_bool(points, "contralateral", false, &proc->contralateral);
	if (!rc)
		rc = read_sites(points, "control", sites, proc->control, &proc->n_control);
	if (!rc)
		rc = read_sites(points, "sites", sites, proc->sites, &proc->n_sites);
	if (rc || from)
		return rc;
	if (proc->n_sites == 0)
		return ses_yaml_error(points, "sites: no site is listed");
	for (int i = 0; i < proc->n_control; i++)
		for (int j = 0; j < proc->n_sites; j++)
			if (strcmp(proc->control[i], proc->sites[j]) == 0)
				return ses_yaml_error(ses_yaml_get(points, "control"), "control: %s is among the sites too",
					proc->control[i]);
	return 0;
}

static int keep_text(struct ses_procedure *proc, const char *text, size_t len, const char *name, struct alg_log *log)
{
	proc->text = malloc(len + 1);
	if (!proc->text)
		return alg_fail(log, MSG_NOMEM, name);
	memcpy(proc->text, text, len);
	proc->text[len] = '\0';
	ses_digest_of(text, len, proc->sha256);
	return 0;
}

static int parse(struct ses_procedure *out, const char *text, size_t len, const char *name, const char *expected_id,
	const struct ses_sites *sites, struct alg_log *log)
{
	struct ses_yaml *doc = NULL;
	struct ses_yaml_node root;
	int version, rc;

	*out = defaults;
	rc = ses_yaml_parse(text, len, name, &doc, log);
	if (rc)
		return rc;
	root = ses_yaml_root(doc);
	rc = ses_yaml_kind(doc, "procedure", FORMAT_VERSION, &version);
	if (!rc)
		rc = ses_yaml_known_keys(root, keys);
	if (!rc)
		rc = read_names(out, root, expected_id);
	if (!rc)
		rc = read_pressing(out, root);
	if (!rc)
		rc = read_repeats(out, root);
	if (!rc)
		rc = read_words(out, root);
	if (!rc)
		rc = read_order(out, root);
	if (!rc)
		rc = read_hold(out, root);
	if (!rc)
		rc = read_response(out, root);
	if (!rc)
		rc = read_points(out, root, sites);
	if (!rc)
		rc = read_familiarisation(out, root, sites);
	if (!rc)
		rc = read_texts(out, root);
	if (!rc)
		rc = keep_text(out, text, len, name, log);
	ses_yaml_free(doc);
	return rc;
}

int ses_procedure_parse(struct ses_procedure *out, const char *text, size_t len, const char *name,
	const struct ses_sites *sites, struct alg_log *log)
{
	return parse(out, text, len, name, NULL, sites, log);
}

/* "procedures/dfns-ppt.yaml" -> "dfns-ppt"; false when the name is no such thing. */
static bool id_of_path(const char *path, char *id, size_t cap)
{
	const char *slash = strrchr(path, '/');
	char *dot;

	if (!alg_text_copy(id, cap, slash ? slash + 1 : path))
		return false;
	dot = strrchr(id, '.');
	if (!dot || strcmp(dot, ".yaml") != 0)
		return false;
	*dot = '\0';
	return true;
}

int ses_procedure_load(
	struct ses_procedure *out, const char *path, const struct ses_sites *sites, struct alg_log *log)
{
	char *text = NULL, id[128];
	size_t len = 0;
	int rc;

	*out = defaults;
	rc = alg_file_read(path, FILE_BYTES_MAX, &text, &len, log);
	if (rc)
		return rc;
	rc = parse(out, text, len, path, id_of_path(path, id, sizeof(id)) ? id : NULL, sites, log);
	free(text);
	return rc;
}

void ses_procedure_free(struct ses_procedure *proc)
{
	free(proc->instruction);
	free(proc->source);
	free(proc->text);
	proc->instruction = proc->source = proc->text = NULL;
}
