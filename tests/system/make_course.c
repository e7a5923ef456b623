/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * make_course FOLDER [hostile] - a study folder with the fixed course of the golden pages (tests/unit/
 * help_course.h): P012 with sessions 1, 2 pre, 2 post and 4, and P013 with a folder and no session.
 * hostile: every text of the sessions that a person may write is markup, controls, turned text or one
 * long word.
 */
#include "base/file.h"
#include "base/text.h"
#include "data/chain.h"
#include "data/study.h"
#include "tests/unit/help_course.h"

#include <stdio.h>
#include <string.h>

static void say(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	fprintf(stderr, "make_course: %s [%d]\n", text, id);
}

#define SET(member, text) alg_text_copy(member, sizeof(member), text)

static void make_hostile(struct ses_session *ses)
{
	static const char markup[] = "</title></style><script>alert(1)</script>", attribute[] = "\" onerror=\"alert(2)\" x='y",
		turned[] = "R\xe2\x80\xaeL \x1b[31m\a ]]> & &lt; url(x) */ } body{}";
	struct ses_header *h = &ses->header;

	SET(h->study, markup);
	SET(h->centre, turned);
	SET(h->examiner, "EX'\"<1>");
	SET(h->device_model, attribute);
	SET(h->tip_shape, turned);
	SET(h->procedure_id, "<b>quick</b>");
	SET(h->origin, attribute);
	SET(ses->points[0].label, markup);
	SET(ses->points[1].label, attribute);
	SET(ses->points[2].label, turned);
	memset(ses->points[3].label, 'W', sizeof(ses->points[3].label) - 1);
	for (size_t i = 0; i < ses->n_ratings; i++)
		SET(ses->ratings[i].item, i ? "<i>&" : "\"'><u>");
	for (size_t i = 0; i < ses->n_amendments; i++)
		SET(ses->amendments[i].reason, "<img src=x onerror=alert(3)> \\u202e \\u001b");
	ses_session_chain_all(ses);
}

int main(int argc, char **argv)
{
	static const char *const name[] = {"ses-01/sub-P012_ses-01", "ses-02/sub-P012_ses-02_acq-pre",
		"ses-02/sub-P012_ses-02_acq-post", "ses-04/sub-P012_ses-04"};
	struct alg_log log = {.sink = say, .level = ALG_LEVEL_WARNING};
	struct ses_session ses[4];
	struct ses_study study;
	char path[PATH_MAX + 128];
	int rc;

	bool hostile = argc == 3 && strcmp(argv[2], "hostile") == 0;

	if (argc != 2 && !hostile)
		return 2;
	ses_study_defaults(&study);
	strcpy(study.id, "NECK1");
	study.simulated = true;
	rc = ses_study_init(argv[1], &study, &log);
	snprintf(path, sizeof(path), "%s/sub-P013", argv[1]);
	if (rc >= 0)
		rc = alg_dir_make(path, &log);
	help_course(ses);
	for (int i = 0; i < 4; i++) {
		snprintf(path, sizeof(path), "%s/sub-P012/%.6s", argv[1], name[i]);
		if (rc >= 0)
			rc = alg_dir_make(path, &log);
		snprintf(path, sizeof(path), "%s/sub-P012/%s_algometry.h5", argv[1], name[i]);
		if (hostile)
			make_hostile(&ses[i]);
		if (rc >= 0)
			rc = ses_h5_publish(&ses[i], path, &log);
		ses_session_clear(&ses[i]);
	}
	return rc < 0;
}
