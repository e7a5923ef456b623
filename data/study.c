/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/study.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "data/tsv.h"
#include "data/yaml.h"

#include <dirent.h>
#include <errno.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FORMAT_VERSION = 1, SETTINGS_BYTES_MAX = 64 * 1024 };

static const char default_pattern[] = "^[A-Z]{1,3}[0-9]{2,6}$";

static const char *const keys[] = {
	"algometer", "id", "centre", "time_zone", "participant_pattern", "procedure", "device", "examiner", "button",
	"tip_area_cm2", "tip_shape", "simulated", "blinded", "check_days", NULL,
};

/* ---- checks shared by reading and making a study ------------------------------------------------ */

void ses_study_defaults(struct ses_study *study)
{
	*study = (struct ses_study){
		.procedure = "myofascial-quick", .button = "peak", .tip_area_cm2 = 1.0, .tip_shape = "flat rubber disc",
		.check_days = 31};
	alg_text_copy(study->participant_pattern, sizeof(study->participant_pattern), default_pattern);
}

/*
 * Whether text is wholly matched, or why the pattern is no good. Whatever a study allows, a code is
 * letters and digits: it stands in file names.
 */
static const char *match_code(const char *pattern, const char *text, bool *matches)
{
	size_t len = strlen(pattern), text_len = strlen(text);
	const char *why = NULL;
	regmatch_t whole;
	regex_t regex;

	*matches = false;
	if (len < 3 || pattern[0] != '^' || pattern[len - 1] != '$')
		return "must begin with ^ and end with $";
	if (regcomp(&regex, pattern, REG_EXTENDED))
		return "is not a regular expression (POSIX extended)";
	if (alg_text_is_name(text, SES_CODE_MAX) && !strpbrk(text, "-_") && regexec(&regex, text, 1, &whole, 0) == 0)
		*matches = whole.rm_so == 0 && (size_t)whole.rm_eo == text_len;
	if (regexec(&regex, "", 0, NULL, 0) == 0)
		why = "would allow an empty code";
	regfree(&regex);
	return why;
}

int ses_study_check_code(const struct ses_study *study, const char *code, struct alg_log *log)
{
	bool matches;
	const char *why = match_code(study->participant_pattern, code, &matches);

	if (why)
		return alg_fail(log, MSG_STUDY_PATTERN, study->participant_pattern, why);
	if (!matches)
		return alg_fail(log, MSG_CODE, code, study->participant_pattern);
	return 0;
}

/* glibc takes any text as a zone and means UTC when it knows none: so ask for the zone's file. */
static bool zone_known(const char *zone)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-";
	const char *folder = getenv("TZDIR");
	char path[PATH_MAX];
	struct stat st;

	if (strcmp(zone, "UTC") == 0)
		return true;
	if (!*zone || strspn(zone, allowed) != strlen(zone) || zone[0] == '/')
		return false;
	int n = snprintf(path, sizeof(path), "%s/%s", folder && *folder ? folder : "/usr/share/zoneinfo", zone);

	return n > 0 && (size_t)n < sizeof(path) && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

int ses_study_apply_zone(const struct ses_study *study, struct alg_log *log)
{
	if (!study->time_zone[0])
		return 0;
	if (!zone_known(study->time_zone))
		return alg_fail(log, MSG_STUDY_ZONE, study->time_zone);
	if (setenv("TZ", study->time_zone, 1))
		return alg_fail(log, MSG_NOMEM, "time zone");
	tzset();
	return 0;
}

/* ---- opening ------------------------------------------------------------------------------------ */

static int read_settings(struct ses_study *study, struct ses_yaml_node root)
{
	int rc = ses_yaml_text(root, "id", true, study->id, sizeof(study->id));

	if (!rc)
		rc = ses_yaml_text(root, "centre", false, study->centre, sizeof(study->centre));
	if (!rc)
		rc = ses_yaml_text(root, "time_zone", false, study->time_zone, sizeof(study->time_zone));
	if (!rc)
		rc = ses_yaml_text(root, "participant_pattern", false, study->participant_pattern,
			sizeof(study->participant_pattern));
	if (!rc)
		rc = ses_yaml_text(root, "procedure", false, study->procedure, sizeof(study->procedure));
	if (!rc)
		rc = ses_yaml_text(root, "device", false, study->device, sizeof(study->device));
	if (!rc)
		rc = ses_yaml_text(root, "examiner", false, study->examiner, sizeof(study->examiner));
	if (!rc)
		rc = ses_yaml_text(root, "button", false, study->button, sizeof(study->button));
	if (!rc)
		rc = ses_yaml_number(root, "tip_area_cm2", false, 0.05, 10, &study->tip_area_cm2);
	if (!rc)
		rc = ses_yaml_text(root, "tip_shape", false, study->tip_shape, sizeof(study->tip_shape));
	if (!rc)
		rc = ses_yaml_bool(root, "simulated", false, &study->simulated);
	if (!rc)
		rc = ses_yaml_bool(root, "blinded", false, &study->blinded);
	if (!rc)
		rc = ses_yaml_int(root, "check_days", false, 1, 3650, &study->check_days);
	return rc;
}

/* What YAML cannot know about its values. */
static int check_settings(const struct ses_study *study, struct ses_yaml_node root)
{
	bool matches;
	const char *why = match_code(study->participant_pattern, "", &matches);

	if (!alg_text_is_name(study->id, sizeof(study->id) - 1))
		return ses_yaml_error(ses_yaml_get(root, "id"), "id: letters, digits, '-' and '_' only");
	if (study->examiner[0] && !alg_text_is_name(study->examiner, sizeof(study->examiner) - 1))
		return ses_yaml_error(ses_yaml_get(root, "examiner"), "examiner: a code of letters, digits, '-' and '_' only");
	if (why)
		return ses_yaml_error(ses_yaml_get(root, "participant_pattern"), "participant_pattern: %s", why);
	if (study->time_zone[0] && !zone_known(study->time_zone))
		return ses_yaml_error(ses_yaml_get(root, "time_zone"),
			"time_zone: '%s' is not known on this machine (an IANA name such as Europe/Copenhagen)", study->time_zone);
	return 0;
}

static int parse_settings(struct ses_study *study, const char *text, size_t len, const char *name, struct alg_log *log)
{
	struct ses_yaml *doc = NULL;
	int version, rc = ses_yaml_parse(text, len, name, &doc, log);

	if (rc)
		return rc;
	rc = ses_yaml_kind(doc, "study", FORMAT_VERSION, &version);
	if (!rc)
		rc = ses_yaml_known_keys(ses_yaml_root(doc), keys);
	if (!rc)
		rc = read_settings(study, ses_yaml_root(doc));
	if (!rc)
		rc = check_settings(study, ses_yaml_root(doc));
	ses_yaml_free(doc);
	return rc;
}

/* out = a/b; false when it is too long. */
static bool join(char *out, size_t cap, const char *a, const char *b)
{
	int n = snprintf(out, cap, "%s/%s", a, b);

	return n > 0 && (size_t)n < cap;
}

static bool is_study(const char *dir)
{
	char path[PATH_MAX];
	struct stat st;

	return join(path, sizeof(path), dir, "study.yaml") && stat(path, &st) == 0;
}

/* The current folder or the nearest parent that is a study. */
static bool find_upward(char *dir, size_t cap)
{
	if (!getcwd(dir, cap))
		return false;
	for (;;) {
		char *slash = strrchr(dir, '/');

		if (is_study(dir))
			return true;
		if (!slash || slash == dir)
			return false;
		*slash = '\0';
	}
}

int ses_study_open(struct ses_study *study, const char *dir, struct alg_log *log)
{
	char path[PATH_MAX], *text = NULL;
	size_t len = 0;
	int rc;

	ses_study_defaults(study);
	if (dir && (!alg_text_copy(study->dir, sizeof(study->dir), dir) || !is_study(dir)))
		return alg_fail(log, MSG_STUDY_ABSENT, dir);
	if (!dir && !find_upward(study->dir, sizeof(study->dir)))
		return alg_fail(log, MSG_STUDY_ABSENT, "this folder and those above it");
	if (!join(path, sizeof(path), study->dir, "study.yaml"))
		return alg_fail(log, MSG_STUDY_ABSENT, study->dir);
	rc = alg_file_read(path, SETTINGS_BYTES_MAX, &text, &len, log);
	if (!rc)
		rc = parse_settings(study, text, len, path, log);
	free(text);
	return rc;
}

/* ---- making ------------------------------------------------------------------------------------- */

static const char bidsignore[] =
	"# What the Brain Imaging Data Structure does not know; the names follow its entities all the same.\n"
	".algometer-cache/\nstudy.yaml\nsites.tsv\nunblinding.tsv\ndeviations.tsv\nprocedures/\nnorms/\ncalibration/\ntreatments/\n"
	"sub-*/points.tsv\nsub-*/journal.tsv\nsub-*/ses-*/*_algometry.h5\nsub-*/ses-*/*_algometry.journal*\n";

/* A YAML single-quoted text: a quote is doubled, nothing else means anything. */
static void quote(char *out, size_t cap, const char *text)
{
	size_t n = 0;

	out[n++] = '\'';
	for (; *text && n + 4 < cap; text++) {
		if (*text == '\'')
			out[n++] = '\'';
		out[n++] = *text;
	}
	out[n++] = '\'';
	out[n] = '\0';
}

/* One setting with its explanation; without a value the line is there to be filled in. */
static void put_setting(FILE *out, const char *key, const char *value, const char *example, const char *explanation)
{
	char quoted[1024];

	quote(quoted, sizeof(quoted), value);
	fprintf(out, "\n# %s\n", explanation);
	if (*value)
		fprintf(out, "%s: %s\n", key, quoted);
	else
		fprintf(out, "# %s: %s\n", key, example);
}

static void write_settings(FILE *out, const struct ses_study *s)
{
	fprintf(out, "algometer: study %d\n"
		"# The settings of this study. Lines that begin with # are explanations; numbers have a decimal point.\n",
		FORMAT_VERSION);
	put_setting(out, "id", s->id, "", "Name of the study: letters, digits, - and _. It is stored in every session file.");
	put_setting(out, "centre", s->centre, "'north'", "Where it is measured, for studies of several centres.");
	put_setting(out, "time_zone", s->time_zone, "Europe/Copenhagen",
		"The day of a visit is the local day of this zone. Without it: the computer's.");
	put_setting(out, "participant_pattern", s->participant_pattern, "",
		"What a participant code looks like (regular expression). Codes only, never a name: P012 fits.");
	put_setting(out, "procedure", s->procedure, "",
		"The usual procedure ('algometer points --procedures' lists them; own ones lie in procedures/).");
	put_setting(out, "device", s->device, "'serial:/dev/ttyUSB0?family=mark10'",
		"The usual gauge ('algometer devices' lists what is plugged in).");
	put_setting(out, "examiner", s->examiner, "'E1'", "The usual examiner's code.");
	put_setting(out, "button", s->button, "",
		"How the response comes: peak (no button: the peak before the fall, contains reaction times; no key is needed), "
		"key (examiner's space bar), evdev:PATH (pedal; 'algometer button "
		"--list'), line:cts@PORT (switch on a serial port), fifo:PATH.");
	fprintf(out, "\n# The tip's area in cm2. A wrong one makes every pressure wrong: 1 cm2 is 11.28 mm wide, 0.5 cm2 7.98 mm.\n"
		"tip_area_cm2: %g\n", s->tip_area_cm2);
	put_setting(out, "tip_shape", s->tip_shape, "'flat rubber disc'", "The tip's shape and material.");
	fprintf(out, "\n# A trial whose examiner must not see values: no force and no result is shown until 'algometer unblind'.\n"
		"%sblinded: true\n", s->blinded ? "" : "# ");
	fprintf(out, "\n# A check with weights older than so many days is told at the start of a session.\n# check_days: 31\n");
	if (s->simulated)
		fprintf(out, "\n# Everything in this folder is made by a simulation.\nsimulated: true\n");
}

static int settings_text(const struct ses_study *settings, char **text, size_t *len, struct alg_log *log)
{
	FILE *out = open_memstream(text, len);
	bool bad;

	if (!out)
		return alg_fail(log, MSG_NOMEM, "study.yaml");
	write_settings(out, settings);
	bad = ferror(out);
	if (fclose(out) || bad)
		return alg_fail(log, MSG_NOMEM, "study.yaml");
	return 0;
}

/* A file that is there already is somebody's and stays. */
static int create_absent(const char *dir, const char *name, const char *text, struct alg_log *log)
{
	char path[PATH_MAX];
	struct stat st;

	if (!join(path, sizeof(path), dir, name))
		return alg_fail(log, MSG_DIR_MAKE, dir, "the name is too long");
	return stat(path, &st) == 0 ? 0 : alg_file_create(path, text, strlen(text), 0600, log);
}

static int make_folders(const char *dir, struct alg_log *log)
{
	static const char *const folders[] = {"procedures", "calibration", "treatments"};
	char path[PATH_MAX];
	int rc = alg_dir_make(dir, log);

	for (size_t i = 0; !rc && i < sizeof(folders) / sizeof(folders[0]); i++) {
		if (!join(path, sizeof(path), dir, folders[i]))
			return alg_fail(log, MSG_DIR_MAKE, dir, "the name is too long");
		rc = alg_dir_make(path, log);
	}
	return rc;
}

int ses_study_init(const char *dir, const struct ses_study *settings, struct alg_log *log)
{
	struct ses_study check;
	char path[PATH_MAX], *text = NULL;
	size_t len = 0;
	int rc;

	if (!join(path, sizeof(path), dir, "study.yaml"))
		return alg_fail(log, MSG_DIR_MAKE, dir, "the name is too long");
	if (is_study(dir))
		return alg_fail(log, MSG_STUDY_EXISTS, dir);
	rc = settings_text(settings, &text, &len, log);
	ses_study_defaults(&check);
	if (!rc)
		rc = parse_settings(&check, text, len, path, log); /* nothing is written that cannot be read */
	if (!rc)
		rc = make_folders(dir, log);
	if (!rc)
		rc = create_absent(dir, "participants.tsv", "participant_id\tenrolled\n", log);
	if (!rc)
		rc = create_absent(dir, ".bidsignore", bidsignore, log);
	if (!rc) /* the last: a study that was cut off while being made can be made again */
		rc = alg_file_create(path, text, len, 0600, log);
	free(text);
	return rc;
}

/* ---- what lies in it ---------------------------------------------------------------------------- */

int ses_study_points_path(const struct ses_study *study, const char *code, char *out, size_t cap)
{
	bool matches;
	int n;

	if (match_code(study->participant_pattern, code, &matches) || !matches)
		return ALG_ERR_ARG;
	n = snprintf(out, cap, "%s/sub-%s/points.tsv", study->dir, code);
	return n > 0 && (size_t)n < cap ? 0 : ALG_ERR_ARG;
}

int ses_study_make_participant(const struct ses_study *study, const char *code, struct alg_log *log)
{
	static const struct ses_tsv_column columns[] = {{"participant_id", true}, {"enrolled", false}, {NULL, false}};
	struct ses_tsv_text_out row = {.text = NULL};
	char path[PATH_MAX], id[SES_CODE_MAX + 8], day[ALG_TIME_TEXT_MAX];
	struct ses_tsv tsv = {.n_rows = 0};
	struct stat st;
	bool known = false;
	int rc = ses_study_check_code(study, code, log);

	if (rc)
		return rc;
	snprintf(id, sizeof(id), "sub-%s", code);
	if (!join(path, sizeof(path), study->dir, id))
		return alg_fail(log, MSG_DIR_MAKE, study->dir, "the name is too long");
	rc = alg_dir_make(path, log);
	if (rc)
		return rc;
	if (!join(path, sizeof(path), study->dir, "participants.tsv"))
		return alg_fail(log, MSG_DIR_MAKE, study->dir, "the name is too long");
	if (stat(path, &st) == 0)
		rc = ses_tsv_read(path, columns, true, &tsv, log);
	for (size_t i = 0; !rc && i < tsv.n_rows; i++)
		known |= strcmp(ses_tsv_cell(&tsv, i, 0), id) == 0;
	/* A clinic may have added columns of its own: the new row has "n/a" there. */
	size_t n = tsv.n_fields ? tsv.n_fields : 2;

	rc = rc ? rc : alg_time_date(day, sizeof(day), alg_clock_wall_ns(alg_clock_system()));
	for (size_t i = 0; !rc && !known && i < n; i++) {
		int column = tsv.n_fields ? tsv.field_column[i] : (int)i;

		ses_tsv_put(&row, column == 0 ? id : column == 1 ? day : "", i + 1 < n ? '\t' : '\n');
	}
	if (!rc && !known)
		rc = ses_tsv_append(&row, path, "participant_id\tenrolled", log);
	ses_tsv_free(&tsv);
	return rc;
}

int ses_study_sites(const struct ses_study *study, struct ses_sites *sites, struct alg_log *log)
{
	char path[PATH_MAX];
	struct stat st;
	int rc;

	*sites = (struct ses_sites){NULL, 0};
	if (ses_data_path("sites/sites.tsv", path, sizeof(path)))
		return alg_fail(log, MSG_DATA_ABSENT, "sites/sites.tsv");
	rc = ses_sites_load(sites, path, log);
	if (!rc && study && join(path, sizeof(path), study->dir, "sites.tsv") && stat(path, &st) == 0)
		rc = ses_sites_load(sites, path, log);
	if (rc)
		ses_sites_free(sites);
	return rc;
}

static int by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Adds the ids of DIR/NAME.yaml; an absent folder has none. */
static void collect(const char *dir, char (*ids)[SES_PROCEDURE_ID_MAX], size_t *n)
{
	DIR *folder = opendir(dir);
	struct dirent *entry;

	while (folder && *n < SES_STUDY_PROCEDURES_MAX && (entry = readdir(folder))) {
		char *dot = strrchr(entry->d_name, '.');
		bool known = false;

		if (!dot || strcmp(dot, ".yaml") != 0)
			continue;
		*dot = '\0';
		if (!alg_text_is_name(entry->d_name, SES_PROCEDURE_ID_MAX - 1))
			continue;
		for (size_t i = 0; i < *n; i++)
			known |= strcmp(ids[i], entry->d_name) == 0;
		if (!known)
			alg_text_copy(ids[(*n)++], SES_PROCEDURE_ID_MAX, entry->d_name);
	}
	if (folder)
		closedir(folder);
}

size_t ses_study_procedures(const struct ses_study *study, char (*ids)[SES_PROCEDURE_ID_MAX])
{
	char path[PATH_MAX];
	size_t n = 0;

	if (study && join(path, sizeof(path), study->dir, "procedures"))
		collect(path, ids, &n);
	if (ses_data_path("procedures", path, sizeof(path)) == 0)
		collect(path, ids, &n);
	qsort(ids, n, sizeof(*ids), by_text);
	return n;
}

static int unknown_procedure(const struct ses_study *study, const char *id, struct alg_log *log)
{
	static const size_t room = SES_STUDY_PROCEDURES_MAX * SES_PROCEDURE_ID_MAX;
	char(*ids)[SES_PROCEDURE_ID_MAX] = malloc(room), known[500] = "";
	size_t n = ids ? ses_study_procedures(study, ids) : 0, used = 0;

	for (size_t i = 0; i < n && used + SES_PROCEDURE_ID_MAX + 2 < sizeof(known); i++)
		used += (size_t)snprintf(known + used, sizeof(known) - used, "%s%s", i ? " " : "", ids[i]);
	free(ids);
	return alg_fail(log, MSG_PROCEDURE_UNKNOWN, id, known);
}

int ses_study_procedure(const struct ses_study *study, const char *id, const struct ses_sites *sites,
	struct ses_procedure *out, struct alg_log *log)
{
	char name[SES_PROCEDURE_ID_MAX + 24], path[PATH_MAX];
	struct stat st;

	*out = (struct ses_procedure){.rounds = 0};
	if (strchr(id, '/'))
		return ses_procedure_load(out, id, sites, log);
	if (!alg_text_is_name(id, SES_PROCEDURE_ID_MAX - 1))
		return unknown_procedure(study, id, log);
	snprintf(name, sizeof(name), "procedures/%s.yaml", id);
	if (study && join(path, sizeof(path), study->dir, name) && stat(path, &st) == 0)
		return ses_procedure_load(out, path, sites, log);
	if (ses_data_path(name, path, sizeof(path)))
		return unknown_procedure(study, id, log);
	return ses_procedure_load(out, path, sites, log);
}

/* ---- shipped data ------------------------------------------------------------------------------- */

static bool try_path(char *out, size_t cap, const char *dir, const char *name)
{
	struct stat st;

	return join(out, cap, dir, name) && stat(out, &st) == 0;
}

/*
 * A program that runs out of its source tree takes the tree's data, even when an older one is
 * installed; an installed one takes what was installed with it, wherever it was moved to.
 */
int ses_data_path(const char *name, char *out, size_t cap)
{
	const char *named = getenv("ALGOMETER_DATA");
	size_t source_len = strlen(ALG_SOURCE_DIR);
	char exe[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 24);
	char *slash;

	out[0] = '\0';
	if (strstr(name, "..") || name[0] == '/')
		return ALG_ERR_ARG;
	if (named && *named)
		return try_path(out, cap, named, name) ? 0 : ALG_ERR_IO;
	exe[n > 0 ? n : 0] = '\0';
	if (strncmp(exe, ALG_SOURCE_DIR, source_len) == 0 && exe[source_len] == '/' &&
		try_path(out, cap, ALG_SOURCE_DIR, name))
		return 0;
	slash = strrchr(exe, '/');
	if (slash) {
		strcpy(slash, "/../share/algometer");
		if (try_path(out, cap, exe, name))
			return 0;
	}
	if (try_path(out, cap, ALG_DATA_DIR, name) || try_path(out, cap, ALG_SOURCE_DIR, name))
		return 0;
	out[0] = '\0';
	return ALG_ERR_IO;
}

bool ses_study_of(const char *session_path, char *out, size_t cap)
{
	char real[PATH_MAX], yaml[PATH_MAX + 16];
	struct stat st;

	if (!realpath(session_path, real))
		return false;
	for (int up = 0; up < 3; up++) {
		char *slash = strrchr(real, '/');

		if (!slash || slash == real)
			return false;
		*slash = '\0';
	}
	snprintf(yaml, sizeof(yaml), "%s/study.yaml", real);
	return stat(yaml, &st) == 0 && alg_text_copy(out, cap, real);
}
