/* SPDX-License-Identifier: GPL-3.0-or-later */
/* program.c - the programs that run in the bed, and waiting for what they print. */
#include "tests/bed/bed.h"

#include "base/clock.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GIVE_UP_S = 30, LOOK_NS = 10000000 };

static pid_t program;
static struct {
	pid_t pid;
	char file[256];
} runs[BED_RUNS_MAX];
static int n_runs;

/* What the address sanitizer wants: its library before all others. "" where this is no such build. */
static void sanitizer_library(char *out, size_t cap)
{
	char line[512];
	FILE *maps = fopen("/proc/self/maps", "re");

	*out = '\0';
	while (maps && fgets(line, sizeof(line), maps)) {
		char *path = strchr(line, '/');

		if (path && strstr(path, "/libasan.so")) {
			path[strcspn(path, "\n")] = '\0';
			snprintf(out, cap, "%s:", path);
			break;
		}
	}
	if (maps)
		fclose(maps);
}

static pid_t start(char **argv, const char *file)
{
	char sanitizer[512], preload[600];

	sanitizer_library(sanitizer, sizeof(sanitizer));
	snprintf(preload, sizeof(preload), "%slibumockdev-preload.so.0", sanitizer);
	fflush(NULL);
	pid_t pid = fork();

	if (pid != 0)
		return pid > 0 ? pid : (bed_die("fork: %s", strerror(errno)), -1);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	int in = open("/dev/null", O_RDONLY), out = file ? open(file, O_WRONLY | O_CREAT | O_TRUNC, 0644) : -1;

	dup2(in, STDIN_FILENO);
	if (out >= 0) {
		dup2(out, STDOUT_FILENO);
		dup2(out, STDERR_FILENO);
	}
	setenv("LD_PRELOAD", preload, 1);
	execvp(argv[0], argv);
	fprintf(stderr, "bed: %s: %s\n", argv[0], strerror(errno));
	_exit(98);
}

pid_t bed_program_start(char **argv)
{
	return program = start(argv, NULL);
}

void bed_program_stop(void)
{
	if (program == 0)
		bed_die("stop: there is no program");
	kill(program, SIGTERM);
}

void bed_also_run(char **words)
{
	if (n_runs == BED_RUNS_MAX || !words[0] || !words[1])
		bed_die("run FILE PROGRAM [ARGUMENT]...");
	snprintf(runs[n_runs].file, sizeof(runs[n_runs].file), "%s", words[0]);
	unlink(words[0]); /* what an earlier run left is not waited for */
	runs[n_runs].pid = start(words + 1, words[0]);
	n_runs++;
}

void bed_programs_kill(void)
{
	if (program > 0)
		kill(program, SIGKILL);
	for (int i = 0; i < n_runs; i++)
		if (runs[i].pid > 0)
			kill(runs[i].pid, SIGKILL);
}

static int exit_code(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool bed_program_ended(int *code)
{
	int status;

	if (waitpid(program, &status, WNOHANG) != program)
		return false;
	*code = exit_code(status);
	program = 0;
	return true;
}

int bed_collect_runs(void)
{
	int status, running = 0;

	for (int i = 0; i < n_runs; running += runs[i++].pid > 0)
		if (runs[i].pid > 0 && waitpid(runs[i].pid, &status, WNOHANG) == runs[i].pid) {
			FILE *f = fopen(runs[i].file, "ae");

			if (f) {
				fprintf(f, "exit %d\n", exit_code(status));
				fclose(f);
			}
			runs[i].pid = 0;
		}
	return running;
}

/* ---- waiting ---------------------------------------------------------------------------------------------- */

/* What the next command waits for: an instant, or lines in a file that a program writes. A busy machine makes a program slow
 * to begin, so what has to come after something is tied to that and not to a time. */
static struct {
	int64_t until_ns; /* with a file: when to give up */
	int64_t look_ns;  /* with a file: when to read it again */
	char file[256], text[64];
	int lines;
} pending;

/* A file that is not there yet has none. */
static int lines_with(const char *file, const char *text)
{
	g_autofree char *all = NULL;
	int n = 0;

	if (!g_file_get_contents(file, &all, NULL, NULL))
		return 0;
	for (char *line = all, *end; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		n += strstr(line, text) != NULL;
	}
	return n;
}

void bed_wait(int64_t ns)
{
	pending.until_ns = bed_now_ns() + ns;
}

void bed_wait_lines(const char *file, const char *text, int n, bool more)
{
	alg_text_copy(pending.file, sizeof(pending.file), file);
	alg_text_copy(pending.text, sizeof(pending.text), text);
	pending.lines = n + (more ? lines_with(file, text) : 0);
	bed_wait(alg_s_to_ns(GIVE_UP_S));
}

bool bed_is_waiting(void)
{
	if (!*pending.file)
		return bed_now_ns() < pending.until_ns;
	if (bed_now_ns() < pending.look_ns)
		return true;
	if (lines_with(pending.file, pending.text) < pending.lines) {
		pending.look_ns = bed_now_ns() + LOOK_NS;
		if (bed_now_ns() >= pending.until_ns)
			bed_die("%s: not %d lines with %s within %d s", pending.file, pending.lines, pending.text, GIVE_UP_S);
		return true;
	}
	*pending.file = '\0';
	pending.until_ns = pending.look_ns = 0;
	return false;
}
