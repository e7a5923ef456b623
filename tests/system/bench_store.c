/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_store FOLDER - median time from a press that is handed over to its acknowledgement, beside the median
 * time to append and fdatasync the same number of bytes to a preallocated file in the same folder; in turns.
 * bench_store FOLDER open N - time to read the summaries of N session files FOLDER/1.h5, FOLDER/2.h5 ...
 */
#include "acq/store.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 51, HZ = 100, SECONDS = 10, TAIL_BYTES = 900 };

static int64_t now_ns(void)
{
	return alg_clock_now_ns(alg_clock_system());
}

static int by_value(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void pause_ms(int ms)
{
	nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L}, NULL);
}

static struct ses_sample samples[HZ * SECONDS];

/* Streams a press of ten seconds as it is streamed when it is made, then hands it over; ms to the acknowledgement. */
static double press_ms(struct acq_store *store, int i)
{
	struct acq_press press = {.trial = {.site_code = "UTRAP_R", .side = "R", .round = i + 1, .press = i + 1, .status = SES_ACCEPTED,
		.ppt_kpa = 300, .t_contact_s = 12.0 * i, .t_release_s = 12.0 * i + 9}, .samples = samples};
	int64_t from;

	for (int k = 0; k < HZ * SECONDS; k++)
		samples[k] = (struct ses_sample){.t_ns = alg_s_to_ns(12.0 * i + k * 0.01), .force_n = k * 0.03, .shown = "12.34"};
	press.n_samples = HZ * SECONDS - 10; /* the last tenth of a second is not synced yet */
	acq_store_running(store, &press);
	pause_ms(250);
	press.n_samples = HZ * SECONDS;
	from = now_ns();
	if (acq_store_press(store, &press) < 0 || !acq_store_wait(store, (size_t)i + 1, 10000))
		return NAN;
	return (double)(now_ns() - from) / 1e6;
}

static double plain_ms(int fd, int i)
{
	static const char bytes[TAIL_BYTES];
	int64_t from = now_ns();

	if (pwrite(fd, bytes, sizeof(bytes), (off_t)i * 45000) != sizeof(bytes) || fdatasync(fd))
		return NAN;
	return (double)(now_ns() - from) / 1e6;
}

static int acknowledge(const char *dir)
{
	struct ses_session ses = {.header.tip_area_cm2 = 1, .header.participant = "P001"};
	struct ses_point point = {.site_code = "UTRAP_R", .side = 'R', .role = SES_ROLE_TARGET, .view = "posterior", .ceiling_kpa = 1000};
	struct acq_store_state last;
	struct acq_store *store;
	double ours[RUNS], theirs[RUNS];
	char file[4096], journal[4096], plain[4096];
	int fd;

	snprintf(file, sizeof(file), "%s/s_algometry.h5", dir);
	snprintf(plain, sizeof(plain), "%s/plain-journal", dir);
	ses_journal_path(file, false, journal, sizeof(journal));
	struct acq_store_plan plan = {.session_path = file, .journal_path = journal, .reserve_bytes = 8 << 20, .clock = alg_clock_system()};

	ses.header.procedure_text = strdup("");
	ses.header.instruction = strdup("");
	ses_session_add_points(&ses, &(struct ses_points){&point, 1});
	fd = open(plain, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 8 << 20) || acq_store_start(&store, &ses, &plan, NULL) < 0)
		return 1;
	for (int i = 0; i < RUNS; i++) {
		ours[i] = press_ms(store, i);
		pause_ms(60); /* the file is published meanwhile */
		theirs[i] = plain_ms(fd, i);
	}
	close(fd);
	if (acq_store_finish(store, true, &last, NULL) < 0)
		return 1;
	qsort(ours, RUNS, sizeof(*ours), by_value);
	qsort(theirs, RUNS, sizeof(*theirs), by_value);
	printf("%-34s %10.2f %-5s %-34s %10.2f %-5s ratio %.2f (2 wanted)\n", "acknowledge a press", ours[RUNS / 2], "ms",
		"pwrite + fdatasync, same bytes", theirs[RUNS / 2], "ms", ours[RUNS / 2] / theirs[RUNS / 2]);
	return 0;
}

static int open_all(const char *dir, long n)
{
	struct rusage use;
	int64_t from = now_ns();
	size_t presses = 0;

	for (long i = 1; i <= n; i++) {
		struct ses_session ses;
		char path[4096];

		snprintf(path, sizeof(path), "%s/%ld.h5", dir, i);
		if (ses_h5_read_summary(path, &ses, NULL))
			return 1;
		presses += ses.n_trials;
		ses_session_clear(&ses);
	}
	getrusage(RUSAGE_SELF, &use);
	printf("%.1f %zu %ld\n", (double)(now_ns() - from) / 1e6, presses, use.ru_maxrss);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[2], "open") == 0)
		return open_all(argv[1], atol(argv[3]));
	return argc == 2 ? acknowledge(argv[1]) : 2;
}
