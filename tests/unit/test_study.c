/* SPDX-License-Identifier: GPL-3.0-or-later */
/* study: folder and settings, codes, points.tsv, names of session files. */
#include "data/files.h"
#include "data/study.h"
#include "data/session.h"
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include "base/clock.h"
#include "base/file.h"

#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char root[] = "/tmp/alg-test-XXXXXX";
static char study_dir[64];
static struct ses_study study;
static struct ses_sites sites;

static int set_up(void **state)
{
	struct ses_study settings;

	(void)state;
	if (!mkdtemp(root))
		return -1;
	snprintf(study_dir, sizeof(study_dir), "%s/clinic", root);
	ses_study_defaults(&settings);
	strcpy(settings.id, "clinic");
	return ses_study_init(study_dir, &settings, NULL) || ses_study_open(&study, study_dir, NULL) ||
		ses_study_sites(&study, &sites, NULL);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int tear_down(void **state)
{
	(void)state;
	ses_sites_free(&sites);
	return nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static const char *in_root(const char *name)
{
	static char path[4][PATH_MAX + 64];
	static int i;

	i = (i + 1) % 4;
	snprintf(path[i], sizeof(path[i]), "%s/%s", root, name);
	return path[i];
}

static void put_file(const char *path, const char *text)
{
	assert_int_equal(alg_file_replace(path, text, strlen(text), 0600, NULL), 0);
}

static void a_new_study_reads_back(void **state)
{
	struct ses_study in, out;
	struct stat st;

	(void)state;
	ses_study_defaults(&in);
	strcpy(in.id, "knee-2");
	strcpy(in.centre, "north's: #1 {x}");
	strcpy(in.time_zone, "UTC");
	strcpy(in.procedure, "upper-body");
	strcpy(in.device, "sim:mark10?seed=7&unit=N");
	strcpy(in.examiner, "E1");
	in.tip_area_cm2 = 0.5;
	in.simulated = true;
	assert_int_equal(ses_study_init(in_root("a/b"), &in, NULL), 0);
	assert_int_equal(ses_study_open(&out, in_root("a/b"), NULL), 0);
	assert_string_equal(out.id, in.id);
	assert_string_equal(out.centre, in.centre);
	assert_string_equal(out.time_zone, "UTC");
	assert_string_equal(out.participant_pattern, "^[A-Z]{1,3}[0-9]{2,6}$");
	assert_string_equal(out.procedure, "upper-body");
	assert_string_equal(out.device, in.device);
	assert_string_equal(out.examiner, "E1");
	assert_string_equal(out.button, "peak");
	assert_string_equal(out.tip_shape, "flat rubber disc");
	assert_close(out.tip_area_cm2, 0.5, 0);
	assert_true(out.simulated);
	assert_int_equal(stat(in_root("a/b"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(stat(in_root("a/b/study.yaml"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	for (int i = 0; i < 5; i++) {
		static const char *const names[] = {"procedures", "calibration", "treatments", "participants.tsv", ".bidsignore"};
		char path[PATH_MAX];

		snprintf(path, sizeof(path), "%s/%s", in_root("a/b"), names[i]);
		assert_int_equal(stat(path, &st), 0);
	}
}

static void an_existing_study_is_left_alone(void **state)
{
	struct ses_study settings, out;
	struct help_log log;
	char *before, *after;
	size_t len;

	(void)state;
	ses_study_defaults(&settings);
	strcpy(settings.id, "other");
	help_log_start(&log);
	assert_int_equal(alg_file_read(in_root("clinic/study.yaml"), 9999, &before, &len, NULL), 0);
	assert_int_equal(ses_study_init(study_dir, &settings, &log.log), ALG_ERR_EXISTS);
	assert_int_equal(log.log.exit_code, 1);
	assert_int_equal(alg_file_read(in_root("clinic/study.yaml"), 9999, &after, &len, NULL), 0);
	assert_string_equal(before, after);
	free(before);
	free(after);
	/* A folder with files but no study is used, and what is in it stays. */
	assert_int_equal(mkdir(in_root("half"), 0700), 0);
	put_file(in_root("half/participants.tsv"), "participant_id\tage\nsub-X01\t40\n");
	assert_int_equal(ses_study_init(in_root("half"), &settings, NULL), 0);
	assert_int_equal(alg_file_read(in_root("half/participants.tsv"), 999, &after, &len, NULL), 0);
	assert_string_equal(after, "participant_id\tage\nsub-X01\t40\n");
	free(after);
	/* Settings that could not be read again make no folder. */
	strcpy(settings.id, "no blanks");
	assert_true(ses_study_init(in_root("never"), &settings, NULL) < 0);
	assert_int_equal(ses_study_open(&out, in_root("never"), NULL), ALG_ERR_ARG);
	assert_int_not_equal(access(in_root("never"), F_OK), 0);
}

static void a_study_is_found_upward(void **state)
{
	char before[PATH_MAX];
	struct ses_study found;

	(void)state;
	assert_non_null(getcwd(before, sizeof(before)));
	assert_int_equal(chdir(in_root("clinic/procedures")), 0);
	int rc = ses_study_open(&found, NULL, NULL);
	bool good = rc == 0 && strcmp(found.id, "clinic") == 0;

	assert_int_equal(chdir(root), 0);
	rc = ses_study_open(&found, NULL, NULL);
	assert_int_equal(chdir(before), 0);
	assert_true(good);
	assert_int_equal(rc, ALG_ERR_ARG);
}

static void settings_are_checked(void **state)
{
	static const struct { const char *legend, *text, *says; } row[] = {
		{"comma", "algometer: study 1\nid: x\ntip_area_cm2: 0,5\n", "study.yaml:3:15: tip_area_cm2: '0,5'"},
		{"no id", "algometer: study 1\n", "study.yaml:1:1: key 'id' is missing"},
		{"id", "algometer: study 1\nid: a/b\n", "study.yaml:2:5: id:"},
		{"key", "algometer: study 1\nid: x\nzone: UTC\n", "study.yaml:3:1: unknown key 'zone'"},
		{"pattern not anchored", "algometer: study 1\nid: x\nparticipant_pattern: '[A-Z]+'\n",
			"study.yaml:3:22: participant_pattern: must begin with ^"},
		{"pattern is none", "algometer: study 1\nid: x\nparticipant_pattern: '^[A-Z$'\n", "is not a regular expression"},
		{"pattern of nothing", "algometer: study 1\nid: x\nparticipant_pattern: '^[A-Z]*$'\n", "would allow an empty"},
		{"zone", "algometer: study 1\nid: x\ntime_zone: Mars/Olympus\n", "study.yaml:3:12: time_zone: 'Mars/Olympus'"},
		{"zone is a path", "algometer: study 1\nid: x\ntime_zone: ../../../etc/passwd\n", "study.yaml:3:12: time_zone"},
		{"a procedure", "algometer: procedure 1\nid: x\n", "study.yaml:1:12: this is not a study file"},
		{"newer", "algometer: study 2\nid: x\n", "study format 2 is newer"},
	};

	(void)state;
	assert_int_equal(mkdir(in_root("bad"), 0700), 0);
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_study out;
		struct help_log log;

		help_log_start(&log);
		print_message("%s\n", row[i].legend);
		put_file(in_root("bad/study.yaml"), row[i].text);
		assert_true(ses_study_open(&out, in_root("bad"), &log.log) < 0);
		print_message("  %s\n", log.text);
		assert_non_null(strstr(log.text, row[i].says));
		assert_int_equal(log.log.exit_code, 1);
	}
}

static void codes_are_codes(void **state)
{
	static const struct { const char *pattern, *code; bool good; } row[] = {
		{"^[A-Z]{1,3}[0-9]{2,6}$", "P012", true}, {"^[A-Z]{1,3}[0-9]{2,6}$", "Maria", false},
		{"^[A-Z]{1,3}[0-9]{2,6}$", "P012\n", false}, {"^[A-Z]{1,3}[0-9]{2,6}$", "p012", false},
		{"^[A-Z]{1,3}[0-9]{2,6}$", "", false}, {"^[A-Z]{1,3}[0-9]{2,6}$", "P012/../x", false},
		{"^[A-Z]{1,3}[0-9]{2,6}$", "P1", false}, {"^[A-Z]{1,3}[0-9]{2,6}$", "ABCD12", false},
		{"^.+$", "anything1", true},
		/* whatever a study allows, a code stands in file names */
		{"^.+$", "..", false}, {"^.+$", "a/b", false}, {"^.+$", "a_ses-1", false}, {"^.+$", "a b", false},
		{"^.+$", "M\xC3\xBCller", false}, {"^.+$", "abcdefghijklmnopqrstuvwxy", false},
		/* anchored at both ends in all its branches */
		{"^A1|B2$", "A1x", false}, {"^A1|B2$", "A1", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_study s = study;
		struct help_log log;
		char path[PATH_MAX];

		print_message("%s %s\n", row[i].pattern, row[i].code);
		help_log_start(&log);
		strcpy(s.participant_pattern, row[i].pattern);
		assert_int_equal(ses_study_check_code(&s, row[i].code, &log.log), row[i].good ? 0 : ALG_ERR_ARG);
		assert_int_equal(ses_study_points_path(&s, row[i].code, path, sizeof(path)), row[i].good ? 0 : ALG_ERR_ARG);
		assert_int_equal(log.log.exit_code, row[i].good ? 0 : 2);
	}
}

static void participants_are_listed_once(void **state)
{
	char *text;
	size_t len;

	(void)state;
	assert_int_equal(ses_study_make_participant(&study, "P077", NULL), 0);
	assert_int_equal(ses_study_make_participant(&study, "P077", NULL), 0);
	assert_int_equal(ses_study_make_participant(&study, "Maria", NULL), ALG_ERR_ARG);
	assert_int_equal(alg_file_read(in_root("clinic/participants.tsv"), 9999, &text, &len, NULL), 0);
	assert_int_equal(strncmp(text, "participant_id\tenrolled\nsub-P077\t20", 35), 0);
	assert_int_equal(len, 24 + 9 + 11);
	free(text);
	assert_int_not_equal(access(in_root("clinic/sub-Maria"), F_OK), 0);
	/* Columns of the clinic's own are kept in step. */
	put_file(in_root("clinic/participants.tsv"), "age\tparticipant_id\tsex\n41\tsub-P077\tf\n");
	assert_int_equal(ses_study_make_participant(&study, "P078", NULL), 0);
	assert_int_equal(alg_file_read(in_root("clinic/participants.tsv"), 9999, &text, &len, NULL), 0);
	assert_string_equal(text, "age\tparticipant_id\tsex\n41\tsub-P077\tf\nn/a\tsub-P078\tn/a\n");
	free(text);
}

static void points_go_both_ways(void **state)
{
	struct ses_points in = {NULL, 0}, out;
	struct ses_point point;
	size_t index[8];

	(void)state;
	ses_point_from_site(&point, ses_site_find(&sites, "UTRAP_R"), SES_ROLE_TARGET);
	point.primary = true;
	point.finding_taut_band = 'y';
	point.finding_referred = 'n';
	point.finding_activity = 'a';
	strcpy(point.since, "2026-03-02");
	assert_int_equal(ses_points_add(&in, &point), 0);
	ses_point_from_site(&point, ses_site_find(&sites, "TA_R"), SES_ROLE_CONTROL);
	assert_int_equal(ses_points_add(&in, &point), 0);
	point = in.point[0];
	point.series = 2;
	point.along_mm = -12.5;
	point.across_mm = 0;
	strcpy(point.posture, "prone");
	assert_int_equal(ses_points_add(&in, &point), 0);
	assert_int_equal(ses_points_save(&in, in_root("p.tsv"), NULL), 0);
	assert_int_equal(ses_points_load(&out, in_root("p.tsv"), &sites, NULL), 0);
	assert_int_equal(out.n, 3);
	assert_string_equal(out.point[0].site_code, "UTRAP_R");
	assert_true(out.point[0].primary);
	assert_nan(out.point[0].along_mm);
	assert_int_equal(out.point[0].finding_taut_band, 'y');
	assert_int_equal(out.point[0].finding_referred, 'n');
	assert_int_equal(out.point[0].finding_twitch, '\0');
	assert_int_equal(out.point[0].finding_activity, 'a');
	assert_string_equal(out.point[0].posture, "sitting");
	assert_string_equal(out.point[0].since, "2026-03-02");
	assert_string_equal(out.point[0].landmark, ses_site_find(&sites, "UTRAP_R")->landmark);
	assert_close(out.point[0].ceiling_kpa, 1000, 0);
	assert_int_equal(out.point[1].role, SES_ROLE_CONTROL);
	assert_close(out.point[2].along_mm, -12.5, 0);
	assert_close(out.point[2].across_mm, 0, 0);
	assert_string_equal(out.point[2].posture, "prone");
	/* The newest of each, in the order in which the sites were first named. */
	assert_int_equal(ses_points_current(&out, index), 2);
	assert_int_equal(index[0], 2);
	assert_int_equal(index[1], 1);
	assert_ptr_equal(ses_points_find(&out, "UTRAP_R"), &out.point[2]);
	assert_null(ses_points_find(&out, "UTRAP_L"));
	ses_points_free(&in);
	ses_points_free(&out);
	assert_int_equal(ses_points_load(&out, in_root("absent.tsv"), &sites, NULL), 0);
	assert_int_equal(out.n, 0);
}

#define HEAD "site\tside\tseries\trole\talong_mm\tposture\ttaut_band\tactivity\tsince\n"

static void points_are_checked(void **state)
{
	static const struct { const char *legend, *text, *says; } row[] = {
		{"unknown site", HEAD "XX_R\tR\t1\ttarget\t\t\t\t\t\n", ":2: column 'site': unknown site 'XX_R'"},
		{"wrong side", HEAD "TA_R\tL\t1\ttarget\t\t\t\t\t\n", ":2: column 'side': 'L'"},
		{"no side", HEAD "TA_R\t\t1\ttarget\t\t\t\t\t\n", ":2: column 'side': ''"},
		{"role", HEAD "TA_R\tR\t1\tremote\t\t\t\t\t\n", ":2: column 'role': 'remote'"},
		{"series", HEAD "TA_R\tR\t0\ttarget\t\t\t\t\t\n", ":2: column 'series': '0'"},
		{"series twice", HEAD "TA_R\tR\t1\ttarget\t\t\t\t\t\nTA_R\tR\t1\ttarget\t\t\t\t\t\n", ":3: column 'series': TA_R series 1"},
		{"offset", HEAD "TA_R\tR\t1\ttarget\t1,5\t\t\t\t\n", ":2: column 'along_mm': '1,5'"},
		{"offset far", HEAD "TA_R\tR\t1\ttarget\t301\t\t\t\t\n", ":2: column 'along_mm': 301"},
		{"finding", HEAD "TA_R\tR\t1\ttarget\t\t\tyes\t\t\n", ":2: column 'taut_band': 'yes' is neither y nor n"},
		{"activity", HEAD "TA_R\tR\t1\ttarget\t\t\t\ta\t\n", ":2: column 'activity': 'a' is neither active nor latent"},
		{"day", HEAD "TA_R\tR\t1\ttarget\t\t\t\t\t2026-02-30\n", ":2: column 'since': '2026-02-30'"},
		{"posture too long", HEAD "TA_R\tR\t1\ttarget\t\tabcdefghijklmnopqrstuvwxyz\t\t\t\n", ":2: column 'posture': is longer"},
		{"escape in a text", HEAD "TA_R\tR\t1\ttarget\t\t\x1B[2J\t\t\t\n", ":2: control characters"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct ses_points out;
		struct help_log log;

		help_log_start(&log);
		print_message("%s\n", row[i].legend);
		put_file(in_root("p.tsv"), row[i].text);
		assert_int_equal(ses_points_load(&out, in_root("p.tsv"), &sites, &log.log), ALG_ERR_DATA);
		print_message("  %s\n", log.text);
		assert_non_null(strstr(log.text, row[i].says));
		assert_null(out.point);
	}
}

/* ---- session files ------------------------------------------------------------------------------ */

static const char *new_name(const char *code, int session, const char *acq, const char *day)
{
	static struct ses_file file;
	const char *sub;

	if (ses_study_new_file_on(&study, code, session, acq, day, &file, NULL))
		return "failed";
	sub = strstr(file.path, "/sub-");
	return sub ? sub + 1 : file.path;
}

/* A session file measured on day, where the study would put it. */
static void record(const char *code, int session, const char *acq, const char *day)
{
	struct ses_session ses = {.n_trials = 0};
	struct ses_file file;

	help_session_fill(&ses, 1, 2);
	strcpy(ses.header.visit_day, day);
	assert_int_equal(ses_study_new_file_on(&study, code, session, acq, day, &file, NULL), 0);
	assert_int_equal(ses_h5_publish(&ses, file.path, NULL), 0);
	ses_session_clear(&ses);
}

static void session_files_get_their_names(void **state)
{
	(void)state;
	assert_string_equal(new_name("P012", 0, "", "2026-03-02"), "sub-P012/ses-01/sub-P012_ses-01_algometry.h5");
	record("P012", 0, "", "2026-03-02");
	/* A second recording: the next session; the same session on request: the next run. */
	assert_string_equal(new_name("P012", 0, "", "2026-03-02"), "sub-P012/ses-02/sub-P012_ses-02_algometry.h5");
	assert_string_equal(new_name("P012", 1, "", "2026-03-02"), "sub-P012/ses-01/sub-P012_ses-01_run-2_algometry.h5");
	record("P012", 1, "", "2026-03-02");
	assert_string_equal(new_name("P012", 1, "", "2026-03-02"), "sub-P012/ses-01/sub-P012_ses-01_run-3_algometry.h5");
	/* Pre and post of one day are one session. */
	record("P012", 0, "pre", "2026-03-09");
	assert_string_equal(new_name("P012", 0, "post", "2026-03-09"), "sub-P012/ses-02/sub-P012_ses-02_acq-post_algometry.h5");
	assert_string_equal(new_name("P012", 0, "post", "2026-03-10"), "sub-P012/ses-03/sub-P012_ses-03_acq-post_algometry.h5");
	record("P012", 0, "post", "2026-03-09");
	assert_string_equal(new_name("P012", 0, "post", "2026-03-09"), "sub-P012/ses-03/sub-P012_ses-03_acq-post_algometry.h5");
	assert_string_equal(new_name("P012", 0, "pre", "2026-03-09"), "sub-P012/ses-03/sub-P012_ses-03_acq-pre_algometry.h5");
	assert_string_equal(new_name("P012", 120, "", "2026-03-09"), "sub-P012/ses-120/sub-P012_ses-120_algometry.h5");
	assert_string_equal(new_name("P012", 0, "during", "2026-03-09"), "failed");
	assert_string_equal(new_name("P012", 10000, "", "2026-03-09"), "failed");
	assert_string_equal(new_name("Maria", 0, "", "2026-03-09"), "failed");
	assert_int_not_equal(access(in_root("clinic/sub-Maria"), F_OK), 0);
}

/* After a session of another kind, an old pre no longer waits, even on its own day. */
static void only_the_newest_session_waits_for_its_post(void **state)
{
	(void)state;
	record("P013", 0, "pre", "2026-03-09");
	record("P013", 0, "pre", "2026-03-10");
	assert_string_equal(new_name("P013", 0, "post", "2026-03-10"), "sub-P013/ses-02/sub-P013_ses-02_acq-post_algometry.h5");
	assert_string_equal(new_name("P013", 0, "post", "2026-03-09"), "sub-P013/ses-03/sub-P013_ses-03_acq-post_algometry.h5");
}

static void session_files_are_found_in_order(void **state)
{
	static const char *const names[] = {
		"ses-02/sub-P020_ses-02_acq-post_algometry.h5", "ses-10/sub-P020_ses-10_algometry.h5",
		"ses-02/sub-P020_ses-02_acq-pre_algometry.h5", "ses-01/sub-P020_ses-01_algometry.h5",
		"ses-02/sub-P020_ses-02_acq-pre_run-2_algometry.h5",
		/* none of these belongs there: */
		"ses-02/sub-P020_ses-03_algometry.h5", "ses-02/sub-P021_ses-02_algometry.h5", "ses-02/copy.h5",
		"ses-02/sub-P020_ses-02_run-1_algometry.h5", "ses-02/sub-P020_ses-02_run-02_algometry.h5",
		"ses-02/sub-P020_ses-2_algometry.h5", "ses-02/sub-P020_ses-02_acq-mid_algometry.h5",
		/* and these are not looked at: */
		"ses-02/.sub-P020_ses-02_algometry.h5.99.tmp", "ses-02/notes.txt", "points.tsv",
	};
	static const char *const want[] = {"1 1", "2pre 1", "2pre 2", "2post 1", "10 1"};
	struct ses_file *files;
	size_t n;
	struct help_log log;

	(void)state;
	assert_int_equal(alg_dir_make(in_root("clinic/sub-P020/ses-01"), NULL), 0);
	assert_int_equal(alg_dir_make(in_root("clinic/sub-P020/ses-02"), NULL), 0);
	assert_int_equal(alg_dir_make(in_root("clinic/sub-P020/ses-10"), NULL), 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[PATH_MAX];

		snprintf(path, sizeof(path), "clinic/sub-P020/%s", names[i]);
		put_file(in_root(path), "");
	}
	help_log_start(&log);
	assert_int_equal(ses_study_files(&study, "P020", &files, &n, &log.log), 0);
	assert_int_equal(n, sizeof(want) / sizeof(want[0]));
	for (size_t i = 0; i < n; i++) {
		char got[40];

		snprintf(got, sizeof(got), "%d%s %d", files[i].session, files[i].acq, files[i].run);
		assert_string_equal(got, want[i]);
		assert_int_equal(access(files[i].path, R_OK), 0);
	}
	free(files);
	assert_non_null(strstr(log.text, "left out"));
	assert_int_equal(log.log.exit_code, 0); /* a warning */
	assert_int_equal(ses_study_files(&study, "P099", &files, &n, NULL), 0);
	assert_int_equal(n, 0);
	assert_null(files);
}

/* Of all participants, by code; a folder that is no participant's is said and the others come. */
static void a_studys_files_are_listed(void **state)
{
	struct ses_files files = {.n = 0};
	struct help_log log;
	size_t n_31 = 0;

	(void)state;
	record("P031", 2, "", "2026-03-09");
	record("P031", 1, "", "2026-03-02");
	record("P030", 1, "", "2026-03-02");
	assert_int_equal(mkdir(in_root("clinic/sub-nobody"), 0700), 0);
	help_log_start(&log);
	assert_int_equal(ses_files_add(&files, "elsewhere/x.h5", "", &log.log), 0);
	assert_int_equal(ses_files_add_study(&files, &study, &log.log), 0);
	assert_int_equal(files.n_unlisted, 1);
	assert_non_null(strstr(log.text, "'nobody'"));
	assert_string_equal(files.path[0], "elsewhere/x.h5");
	assert_string_equal(files.code[0], "");
	for (size_t i = 1; i < files.n; i++) {
		assert_true(strstr(files.path[i], files.code[i]) != NULL);
		assert_true(strncmp(files.path[i], study.dir, strlen(study.dir)) == 0);
		assert_true(i == 1 || strcmp(files.code[i - 1], files.code[i]) <= 0);
		n_31 += strcmp(files.code[i], "P031") == 0;
	}
	assert_int_equal(n_31, 2);
	ses_files_free(&files);
	assert_null(files.path);
	assert_int_equal(rmdir(in_root("clinic/sub-nobody")), 0);
}

static void the_zone_decides_the_day(void **state)
{
	struct ses_study s = study;
	char day[ALG_TIME_TEXT_MAX];
	int64_t ns;

	(void)state;
	assert_int_equal(alg_time_parse("2026-03-02T23:30:00Z", &ns), 0);
	strcpy(s.time_zone, "UTC");
	assert_int_equal(ses_study_apply_zone(&s, NULL), 0);
	alg_time_date(day, sizeof(day), ns);
	assert_string_equal(day, "2026-03-02");
	if (access("/usr/share/zoneinfo/Asia/Tokyo", R_OK) == 0) {
		strcpy(s.time_zone, "Asia/Tokyo");
		assert_int_equal(ses_study_apply_zone(&s, NULL), 0);
		alg_time_date(day, sizeof(day), ns);
		assert_string_equal(day, "2026-03-03");
	}
	strcpy(s.time_zone, "Mars/Olympus");
	assert_int_equal(ses_study_apply_zone(&s, NULL), ALG_ERR_ARG);
	s.time_zone[0] = '\0';
	assert_int_equal(ses_study_apply_zone(&s, NULL), 0);
	setenv("TZ", "UTC", 1);
	tzset();
}

static void shipped_data_is_found(void **state)
{
	char path[PATH_MAX], small[8];

	(void)state;
	assert_int_equal(ses_data_path("sites/sites.tsv", path, sizeof(path)), 0);
	assert_int_equal(access(path, R_OK), 0);
	assert_int_equal(ses_data_path("sites/absent.tsv", path, sizeof(path)), ALG_ERR_IO);
	assert_string_equal(path, "");
	assert_int_equal(ses_data_path("../Makefile", path, sizeof(path)), ALG_ERR_ARG);
	assert_int_equal(ses_data_path("/etc/passwd", path, sizeof(path)), ALG_ERR_ARG);
	assert_int_equal(ses_data_path("sites/sites.tsv", small, sizeof(small)), ALG_ERR_IO);
	setenv("ALGOMETER_DATA", root, 1);
	assert_int_equal(ses_data_path("sites/sites.tsv", path, sizeof(path)), ALG_ERR_IO); /* no falling back */
	assert_int_equal(ses_data_path("clinic/study.yaml", path, sizeof(path)), 0);
	unsetenv("ALGOMETER_DATA");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_study_reads_back), cmocka_unit_test(an_existing_study_is_left_alone),
		cmocka_unit_test(a_study_is_found_upward), cmocka_unit_test(settings_are_checked),
		cmocka_unit_test(codes_are_codes), cmocka_unit_test(participants_are_listed_once),
		cmocka_unit_test(points_go_both_ways), cmocka_unit_test(points_are_checked),
		cmocka_unit_test(session_files_get_their_names), cmocka_unit_test(only_the_newest_session_waits_for_its_post),
		cmocka_unit_test(session_files_are_found_in_order), cmocka_unit_test(a_studys_files_are_listed),
		cmocka_unit_test(the_zone_decides_the_day),
		cmocka_unit_test(shipped_data_is_found),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
