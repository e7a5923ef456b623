/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_publish SESSION FOLDER - median time to build, check and durably replace a session file, beside
 * the median time to write and fdatasync the same number of bytes in the same folder; taken in turns.
 */
#include "base/clock.h"
#include "base/log.h"
#include "data/session.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RUNS = 31 };

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double median(double *v)
{
	qsort(v, RUNS, sizeof(*v), by_value);
	return v[RUNS / 2];
}

static double ms_since(int64_t from_ns)
{
	return (double)(alg_clock_now_ns(alg_clock_system()) - from_ns) / 1e6;
}

static int write_plainly(const char *path, const void *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	int ok = fd >= 0 && write(fd, bytes, len) == (ssize_t)len && fdatasync(fd) == 0;

	if (fd >= 0)
		ok = close(fd) == 0 && ok;
	return ok ? 0 : -1;
}

static void say(void *ctx, enum alg_level level, int id, const char *text)
{
	(void)ctx;
	(void)level;
	fprintf(stderr, "bench_publish: %s [%d]\n", text, id);
}

static int in_turns(const struct ses_session *ses, char path[2][4096], off_t size, double *ours, double *theirs,
	struct alg_log *log)
{
	void *bytes = calloc(1, (size_t)size);
	int rc = bytes ? 0 : -1;

	for (int i = 0; rc == 0 && i < RUNS; i++) {
		int64_t from = alg_clock_now_ns(alg_clock_system());

		rc = ses_h5_publish(ses, path[0], log) < 0 ? -1 : 0;
		ours[i] = ms_since(from);
		from = alg_clock_now_ns(alg_clock_system());
		if (rc == 0)
			rc = write_plainly(path[1], bytes, (size_t)size);
		theirs[i] = ms_since(from);
	}
	free(bytes);
	return rc;
}

int main(int argc, char **argv)
{
	struct alg_log log = {.sink = say, .level = ALG_LEVEL_WARNING};
	struct ses_session ses = {0};
	double ours[RUNS], theirs[RUNS];
	char path[2][4096];
	struct stat st;
	int rc = 1;

	if (argc != 3 || ses_h5_read(argv[1], &ses, &log) < 0)
		return 2;
	snprintf(path[0], sizeof(path[0]), "%s/published.h5", argv[2]);
	snprintf(path[1], sizeof(path[1]), "%s/plain", argv[2]);
	if (ses_h5_publish(&ses, path[0], &log) >= 0 && stat(path[0], &st) == 0 &&
		in_turns(&ses, path, st.st_size, ours, theirs, &log) == 0) {
		double a = median(ours), b = median(theirs);

		printf("%-34s %10.2f %-5s %-34s %10.2f %-5s ratio %.2f\n", "publish a session, checked", a, "ms",
			"write + fdatasync, same bytes", b, "ms", a / b);
		printf("  (%zu presses, %zu samples, %lld bytes)\n", ses.n_trials, ses.n_samples,
			(long long)st.st_size);
		rc = 0;
	}
	ses_session_clear(&ses);
	return rc;
}
