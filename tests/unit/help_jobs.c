/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "help_jobs.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { JOBS_MAX = 32 };

struct job {
	pid_t pid;
	FILE *said;
};

static void start_job(struct job *job, const struct CMUnitTest *test)
{
	job->said = tmpfile();
	fflush(NULL);
	job->pid = job->said ? fork() : -1;
	if (job->pid != 0)
		return;
	struct CMUnitTest tests[] = {*test};

	dup2(fileno(job->said), STDOUT_FILENO);
	dup2(fileno(job->said), STDERR_FILENO);
	exit(cmocka_run_group_tests(tests, NULL, NULL) != 0);
}

static int end_job(struct job *job)
{
	char line[512];
	int status = -1;

	if (job->pid < 0 || waitpid(job->pid, &status, 0) != job->pid)
		status = -1;
	if (!job->said)
		return 1;
	rewind(job->said);
	while (fgets(line, sizeof(line), job->said))
		fputs(line, stdout);
	fclose(job->said);
	return status != 0;
}

int help_jobs_run(const struct CMUnitTest *tests, size_t n)
{
	const char *text = getenv("JOBS_AT_ONCE");
	size_t most = text ? strtoul(text, NULL, 10) : n, ended = 0;
	struct job job[JOBS_MAX];
	int failed = 0;

	if (n > JOBS_MAX || most == 0)
		return 1;
	for (size_t i = 0; i < n; i++) {
		if (i >= most)
			failed += end_job(&job[ended++]);
		start_job(&job[i], &tests[i]);
	}
	while (ended < n)
		failed += end_job(&job[ended++]);
	printf("%d of %zu failed\n", failed, n);
	return failed != 0;
}
