/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_batch.c - many files: each is handed over in its turn and as its own, whatever befalls the processes that
 * read them; and the index is never believed over a file.
 */
#include "tests/unit/assert_close.h"
#include "tests/unit/help_session.h"

#include "base/file.h"
#include "data/batch.h"
#include "data/chain.h"

#include <dirent.h>
#include <fcntl.h>
#include <hdf5.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FILES = 40 };

static char dir[] = "/tmp/alg-batch-XXXXXX";
static char path[FILES][64];
static const char *paths[FILES];
static char cache[64];

/* ---- files, each told from the others by its participant ---------------------------------------------- */

static time_t changed_s; /* when a file was last touched */

static void write_session(const char *to, int number, double ppt_kpa)
{
	struct ses_session ses;

	help_session_fill(&ses, 3, 20);
	snprintf(ses.header.participant, sizeof(ses.header.participant), "P%03d", number);
	ses.trials[0].ppt_kpa = ppt_kpa;
	assert_int_equal(ses_session_chain_all(&ses), 0);
	assert_int_equal(ses_h5_publish(&ses, to, NULL), 0);
	changed_s = time(NULL);
	ses_session_clear(&ses);
}

static void write_all(void)
{
	for (int i = 0; i < FILES; i++)
		write_session(path[i], i, 100 + i);
}

/* The index takes no file whose inode changed within the last 2 s. */
static void let_settle(void)
{
	while (time(NULL) < changed_s + 3)
		nanosleep(&(struct timespec){.tv_nsec = 50 * 1000000}, NULL);
}

static void damage(const char *what)
{
	int fd = open(what, O_WRONLY);

	assert_int_equal(pwrite(fd, "damaged", 7, 2000), 7);
	close(fd);
}

/* ---- what comes out ------------------------------------------------------------------------------------ */

struct seen {
	size_t n;
	bool good[FILES];
	double ppt_kpa[FILES];
	size_t n_samples;
	size_t progress;
	pid_t first; /* of the children, when it is to be signalled */
	int sign, at;
};

/* Children of this process that are there now. */
static size_t children(pid_t *pid, size_t cap)
{
	char name[64];
	FILE *file;
	size_t n = 0;
	int one;

	snprintf(name, sizeof(name), "/proc/self/task/%ld/children", (long)getpid());
	file = fopen(name, "r");
	while (file && n < cap && fscanf(file, "%d", &one) == 1)
		pid[n++] = (pid_t)one;
	if (file)
		fclose(file);
	return n;
}

static void signal_children(int sign)
{
	pid_t pid[32];
	size_t n = children(pid, 32);

	assert_true(n > 0);
	for (size_t i = 0; i < n; i++)
		kill(pid[i], sign);
}

static int see(const char *from, struct ses_session *ses, void *user)
{
	struct seen *seen = user;
	char code[8];

	assert_string_equal(from, paths[seen->n]);
	seen->good[seen->n] = ses != NULL;
	if (ses) {
		snprintf(code, sizeof(code), "P%03d", (int)seen->n);
		assert_string_equal(ses->header.participant, code);
		seen->ppt_kpa[seen->n] = ses->trials[0].ppt_kpa;
		seen->n_samples += ses->n_samples;
	}
	if (seen->sign && (int)seen->n == seen->at)
		signal_children(seen->sign);
	seen->n++;
	return 0;
}

static void count(size_t done, size_t all, void *user)
{
	struct seen *seen = user;

	assert_true(done == seen->n && all >= done);
	seen->progress++;
}

static struct ses_batch_report read_them(size_t n, struct ses_batch_options options, struct seen *seen, struct alg_log *log)
{
	struct ses_batch_report report;

	options.progress = count;
	options.progress_user = seen;
	assert_int_equal(ses_batch_read(paths, n, &options, see, seen, &report, log), 0);
	assert_int_equal(seen->n, n);
	assert_int_equal(seen->progress, n);
	assert_int_equal(children((pid_t[1]){0}, 1), 0);
	return report;
}

static void all_as_they_are(const struct seen *seen, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		assert_true(seen->good[i]);
		assert_close(seen->ppt_kpa[i], 100 + (double)i, 0);
	}
}

/* ---- the batch ----------------------------------------------------------------------------------------- */

static void order_is_kept_with_any_number_of_children(void **state)
{
	static const int wanted[] = {0, 1, 2, 7, 16};

	(void)state;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		struct seen seen = {0};
		struct ses_batch_report report = read_them(FILES, (struct ses_batch_options){.children = wanted[i]}, &seen, NULL);

		all_as_they_are(&seen, FILES);
		assert_int_equal(report.good, FILES);
		assert_int_equal(report.alone, 0);
	}
}

static void no_file_and_one(void **state)
{
	struct seen none = {0}, one = {0};

	(void)state;
	assert_int_equal(read_them(0, (struct ses_batch_options){0}, &none, NULL).good, 0);
	assert_int_equal(read_them(1, (struct ses_batch_options){.children = 8}, &one, NULL).good, 1);
	all_as_they_are(&one, 1);
}

static void whole_sessions(void **state)
{
	struct seen seen = {0};

	(void)state;
	assert_int_equal(read_them(FILES, (struct ses_batch_options){.samples = true, .study = dir}, &seen, NULL).alone, 0);
	assert_int_equal(seen.n_samples, FILES * 60);
	assert_int_not_equal(access(cache, F_OK), 0); /* the index is of summaries */
}

static void a_damaged_file_is_named_and_the_others_stand(void **state)
{
	struct seen seen = {0};
	struct help_log log;
	struct ses_batch_report report;

	(void)state;
	help_log_start(&log);
	damage(path[7]);
	unlink(path[20]);
	assert_int_equal(truncate(path[21], 30), 0);
	report = read_them(FILES, (struct ses_batch_options){.samples = true}, &seen, &log.log);
	write_all();
	assert_int_equal(report.bad, 3);
	assert_int_equal(report.good, FILES - 3);
	assert_int_equal(atomic_load(&log.log.exit_code), 4);
	assert_non_null(strstr(log.text, path[21])); /* the last one that was said */
	for (size_t i = 0; i < FILES; i++)
		assert_int_equal(seen.good[i], i != 7 && i != 20 && i != 21);
}

/* A file that is refused is not told by the child that read others. */
static void after_a_refused_file_its_child_is_replaced(void **state)
{
	struct seen seen = {0};
	struct help_log log;
	struct ses_batch_report report;

	(void)state;
	help_log_start(&log);
	damage(path[3]); /* a summary does not look at the checksum line: libhdf5 finds it */
	report = read_them(FILES, (struct ses_batch_options){.children = 1}, &seen, &log.log);
	write_all();
	assert_int_equal(report.alone, 1);
	assert_int_equal(report.bad, seen.good[3] ? 0 : 1);
	for (size_t i = 0; i < FILES; i++)
		assert_true(seen.good[i] || i == 3);
}

static void killed_children_are_replaced(void **state)
{
	struct seen seen = {.sign = SIGKILL, .at = 2};
	struct ses_batch_report report;

	(void)state;
	report = read_them(FILES, (struct ses_batch_options){.children = 2}, &seen, NULL);
	all_as_they_are(&seen, FILES);
	assert_in_range(report.alone, 0, 2);
}

static void hanging_children_are_replaced(void **state)
{
	struct seen seen = {.sign = SIGSTOP, .at = 2};
	time_t from = time(NULL);

	(void)state;
	read_them(FILES, (struct ses_batch_options){.children = 2}, &seen, NULL);
	all_as_they_are(&seen, FILES);
	assert_in_range(time(NULL) - from, 3, 12); /* the deadline of the pool is 5 s */
}

/* An answer whose digests are not those of the file is not taken from a child that read others. */
static void what_does_not_agree_with_its_seal_is_read_alone(void **state)
{
	static const double value[64];
	struct ses_session ses;
	struct seen seen = {0};
	struct ses_batch_report report;
	uint8_t *image;
	size_t len;
	hid_t file, set;

	(void)state;
	help_session_fill(&ses, 3, 20);
	snprintf(ses.header.participant, sizeof(ses.header.participant), "P011");
	ses.trials[0].ppt_kpa = 111;
	assert_in_range(ses.n_ratings, 1, 64);
	assert_int_equal(ses_session_chain_all(&ses), 0);
	assert_int_equal(ses_h5_image(&ses, &image, &len, NULL), 0);
	assert_int_equal(alg_file_replace(path[11], image, len - SES_TAIL_BYTES, 0600, NULL), 0);
	file = H5Fopen(path[11], H5F_ACC_RDWR, H5P_DEFAULT);
	set = H5Dopen2(file, "ratings/value", H5P_DEFAULT);
	assert_true(H5Dwrite(set, H5T_IEEE_F64LE, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) >= 0);
	H5Dclose(set);
	assert_true(H5Fclose(file) >= 0);
	report = read_them(FILES, (struct ses_batch_options){0}, &seen, NULL);
	assert_int_equal(report.alone, 1);
	all_as_they_are(&seen, FILES); /* a single summary leaves the seal to verify */
	free(image);
	ses_session_clear(&ses);
	write_session(path[11], 11, 111);
}

static int stop_at_three(const char *from, struct ses_session *ses, void *user)
{
	(void)from;
	(void)ses;
	return ++*(int *)user == 3 ? 77 : 0;
}

static void the_caller_can_end_it(void **state)
{
	int n = 0;

	(void)state;
	assert_int_equal(ses_batch_read(paths, FILES, &(struct ses_batch_options){0}, stop_at_three, &n, NULL, NULL), 77);
	assert_int_equal(n, 3);
	assert_int_equal(children((pid_t[1]){0}, 1), 0);
}

static int drop(const char *from, struct ses_session *ses, void *user)
{
	(void)from;
	(void)user;
	return ses ? 0 : 1;
}

static long resident_kb(void)
{
	struct rusage use;

	getrusage(RUSAGE_SELF, &use);
	return use.ru_maxrss;
}

/* The same files many times: what 40 took is enough for 4000. */
static void memory_does_not_grow(void **state)
{
	enum { MANY = 4000 };
	const char **many = calloc(MANY, sizeof(*many));
	long before;

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		many[i] = paths[i % FILES];
	assert_int_equal(ses_batch_read(many, 200, &(struct ses_batch_options){0}, drop, NULL, NULL, NULL), 0);
	before = resident_kb();
	assert_int_equal(ses_batch_read(many, MANY, &(struct ses_batch_options){0}, drop, NULL, NULL, NULL), 0);
#ifndef __SANITIZE_ADDRESS__ /* it keeps what was freed */
	assert_in_range(resident_kb() - before, 0, 4000);
#endif
	(void)before;
	free(many);
}

/* ---- the index ----------------------------------------------------------------------------------------- */

static const struct ses_batch_options indexed = {.study = dir, .whole_study = true};

static void no_index(void)
{
	DIR *d = opendir(cache);
	char name[400];

	for (struct dirent *e; d && (e = readdir(d));) {
		snprintf(name, sizeof(name), "%s/%s", cache, e->d_name);
		if (e->d_name[0] != '.')
			assert_int_equal(unlink(name), 0);
	}
	if (d)
		closedir(d);
	rmdir(cache);
}

static struct ses_index_counts read_indexed(struct seen *seen)
{
	*seen = (struct seen){0};
	return read_them(FILES, indexed, seen, NULL).index;
}

static void fresh_index(void)
{
	struct seen seen;
	struct ses_index_counts c;

	no_index();
	let_settle();
	c = read_indexed(&seen);
	assert_int_equal(c.hits, 0);
	assert_int_equal(c.written, FILES);
	c = read_indexed(&seen);
	all_as_they_are(&seen, FILES);
	assert_int_equal(c.hits, FILES);
	assert_int_equal(c.written + c.stale + c.damaged, 0);
}

static void entry_name(int i, char *out, size_t cap)
{
	snprintf(out, cap, "%s/%s.summary", cache, strrchr(path[i], '/') + 1);
}

static void what_the_index_knows_is_not_read_again(void **state)
{
	struct seen seen;
	struct stat st;
	char name[200];

	(void)state;
	fresh_index();
	assert_int_equal(stat(cache, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	entry_name(5, name, sizeof(name));
	assert_int_equal(stat(name, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	no_index();
	read_indexed(&seen); /* deleting it changes nothing but time */
	all_as_they_are(&seen, FILES);
}

/* The file is another, of the same size and with the same times of its content: replaced, and written in place. */
static void a_file_that_was_replaced_is_read_again(void **state)
{
	struct seen seen;
	struct ses_index_counts c;
	struct stat st;
	char *bytes;
	size_t len;
	int fd;

	(void)state;
	fresh_index();
	assert_int_equal(stat(path[4], &st), 0);
	write_session(path[4], 4, 555);
	assert_int_equal(alg_file_read(path[4], 1 << 20, &bytes, &len, NULL), 0);
	assert_int_equal(len, st.st_size);
	utimensat(AT_FDCWD, path[4], (struct timespec[2]){st.st_atim, st.st_mtim}, 0);
	c = read_indexed(&seen);
	assert_close(seen.ppt_kpa[4], 555, 0);
	assert_int_equal(c.hits, FILES - 1);
	write_session(path[4], 4, 104);
	let_settle();
	read_indexed(&seen);
	assert_close(seen.ppt_kpa[4], 104, 0);
	assert_int_equal(stat(path[4], &st), 0);
	fd = open(path[4], O_WRONLY);
	assert_int_equal(pwrite(fd, bytes, len, 0), (ssize_t)len);
	close(fd);
	utimensat(AT_FDCWD, path[4], (struct timespec[2]){st.st_atim, st.st_mtim}, 0);
	c = read_indexed(&seen);
	assert_close(seen.ppt_kpa[4], 555, 0);
	assert_int_equal(c.hits, FILES - 1);
	free(bytes);
	write_session(path[4], 4, 104);
}

static void a_touched_file_is_read_again(void **state)
{
	struct seen seen;
	struct ses_index_counts c;

	(void)state;
	fresh_index();
	assert_int_equal(chmod(path[9], 0600), 0); /* its inode changed, and that is all */
	changed_s = time(NULL);
	let_settle();
	c = read_indexed(&seen);
	all_as_they_are(&seen, FILES);
	assert_int_equal(c.hits, FILES - 1);
	assert_int_equal(c.stale, 1);
	assert_int_equal(c.written, 1);
	assert_int_equal(read_indexed(&seen).hits, FILES);
}

/* Every byte of an entry: no flip is ever believed. */
static void flipped_bytes_are_found(void **state)
{
	char name[200], *bytes;
	size_t len, found = 0;

	(void)state;
	fresh_index();
	entry_name(5, name, sizeof(name));
	assert_int_equal(alg_file_read(name, 1 << 20, &bytes, &len, NULL), 0);
	for (size_t at = 0; at < len; at++) {
		struct ses_index index;
		struct ses_index_key key;
		struct ses_session ses;
		int fd = open(name, O_WRONLY);

		bytes[at] ^= (char)(1 << at % 8);
		assert_int_equal(pwrite(fd, bytes, len, 0), (ssize_t)len);
		bytes[at] ^= (char)(1 << at % 8);
		close(fd);
		ses_index_open(&index, dir);
		assert_false(ses_index_find(&index, path[5], &key, &ses));
		found += index.counts.damaged;
		ses_index_key_free(&key);
		ses_index_close(&index, true);
	}
	assert_int_equal(found, len);
	for (size_t cut = 0; cut < len; cut += 97) {
		struct seen seen = {0};

		assert_int_equal(truncate(name, (off_t)cut), 0);
		assert_int_equal(read_them(FILES, indexed, &seen, NULL).index.damaged, 1);
		all_as_they_are(&seen, FILES);
		cut *= 4;
	}
	free(bytes);
}

/* An entry of another file, or one that others could have written, is not used. */
static void foreign_entries_are_not_used(void **state)
{
	char name[200], other[200];
	struct seen seen;

	(void)state;
	fresh_index();
	entry_name(5, name, sizeof(name));
	entry_name(6, other, sizeof(other));
	assert_int_equal(unlink(name), 0);
	assert_int_equal(link(other, name), 0);
	assert_int_equal(read_indexed(&seen).stale, 1);
	all_as_they_are(&seen, FILES);
	assert_int_equal(chmod(name, 0644), 0);
	assert_int_equal(read_indexed(&seen).hits, FILES - 1);
	assert_int_equal(chmod(cache, 0755), 0);
	assert_int_equal(read_indexed(&seen).hits, 0);
	assert_int_equal(chmod(cache, 0700), 0);
	no_index();
	assert_int_equal(symlink("/tmp", cache), 0);
	assert_int_equal(read_indexed(&seen).written, 0);
	all_as_they_are(&seen, FILES);
	assert_int_equal(unlink(cache), 0);
}

static void without_room_for_it_all_is_read(void **state)
{
	struct seen seen;
	int fd;

	(void)state;
	no_index();
	fd = open(cache, O_WRONLY | O_CREAT, 0600); /* a file where its folder would be */
	close(fd);
	assert_int_equal(read_indexed(&seen).written, 0);
	all_as_they_are(&seen, FILES);
	assert_int_equal(unlink(cache), 0);
	if (geteuid() != 0) {
		assert_int_equal(chmod(dir, 0500), 0);
		assert_int_equal(read_indexed(&seen).written, 0);
		assert_int_equal(chmod(dir, 0700), 0);
		all_as_they_are(&seen, FILES);
	}
}

static void what_is_gone_is_forgotten(void **state)
{
	char name[200];
	struct seen seen = {0};
	size_t n = FILES - 1;

	(void)state;
	fresh_index();
	entry_name(FILES - 1, name, sizeof(name));
	assert_int_equal(access(name, F_OK), 0);
	assert_int_equal(unlink(path[FILES - 1]), 0);
	assert_int_equal(read_them(2, (struct ses_batch_options){.study = dir}, &seen, NULL).forgotten, 0); /* a part only */
	seen = (struct seen){0};
	assert_int_equal(read_them(n, indexed, &seen, NULL).forgotten, 1);
	assert_int_not_equal(access(name, F_OK), 0);
	write_session(path[FILES - 1], FILES - 1, 100 + FILES - 1);
}

static void two_processes_at_once(void **state)
{
	int status, good = 0;

	(void)state;
	no_index();
	let_settle();
	for (int i = 0; i < 2; i++) {
		if (fork() == 0) {
			struct seen seen = {0};
			struct ses_batch_report report;

			_exit(ses_batch_read(paths, FILES, &indexed, see, &seen, &report, NULL) || report.good != FILES);
		}
	}
	while (wait(&status) > 0)
		good += WIFEXITED(status) && WEXITSTATUS(status) == 0;
	assert_int_equal(good, 2);
	struct seen seen;

	assert_int_equal(read_indexed(&seen).hits, FILES);
	all_as_they_are(&seen, FILES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_is_kept_with_any_number_of_children),
		cmocka_unit_test(no_file_and_one),
		cmocka_unit_test(whole_sessions),
		cmocka_unit_test(a_damaged_file_is_named_and_the_others_stand),
		cmocka_unit_test(after_a_refused_file_its_child_is_replaced),
		cmocka_unit_test(killed_children_are_replaced),
		cmocka_unit_test(hanging_children_are_replaced),
		cmocka_unit_test(what_does_not_agree_with_its_seal_is_read_alone),
		cmocka_unit_test(the_caller_can_end_it),
		cmocka_unit_test(memory_does_not_grow),
		cmocka_unit_test(what_the_index_knows_is_not_read_again),
		cmocka_unit_test(a_file_that_was_replaced_is_read_again),
		cmocka_unit_test(a_touched_file_is_read_again),
		cmocka_unit_test(flipped_bytes_are_found),
		cmocka_unit_test(foreign_entries_are_not_used),
		cmocka_unit_test(without_room_for_it_all_is_read),
		cmocka_unit_test(what_is_gone_is_forgotten),
		cmocka_unit_test(two_processes_at_once),
	};

	if (!mkdtemp(dir))
		return 1;
	snprintf(cache, sizeof(cache), "%s/.algometer-cache", dir);
	for (int i = 0; i < FILES; i++) {
		snprintf(path[i], sizeof(path[i]), "%s/s%02d_algometry.h5", dir, i);
		paths[i] = path[i];
	}
	write_all();
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	no_index();
	for (int i = 0; i < FILES; i++)
		unlink(path[i]);
	return rmdir(dir) || failed;
}
