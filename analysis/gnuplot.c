/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { OUTPUT_MAX = 256 << 20, WORDS_MAX = 600 };

/* Only absolute folders: a gnuplot lying in the folder one happens to stand in is never run. */
static bool find_program(char *path, size_t cap)
{
	const char *dir = getenv("PATH");

	while (dir && *dir) {
		size_t len = strcspn(dir, ":");
		struct stat st;
		int n = snprintf(path, cap, "%.*s/gnuplot", (int)(len < PATH_MAX ? len : 0), dir);

		if (dir[0] == '/' && n > 0 && (size_t)n < cap && stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
			access(path, X_OK) == 0)
			return true;
		dir += len + (dir[len] == ':');
	}
	return false;
}

static int start(const char *path, const int fd[3], pid_t *pid)
{
	/* TZ and SOURCE_DATE_EPOCH: nothing in a picture may depend on when or where it is drawn. */
	static const char *const env[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/nonexistent",
		"TZ=UTC", "SOURCE_DATE_EPOCH=0", NULL};
	static const char *const argv[] = {"gnuplot", "-d", NULL};
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none, pipe;
	int err;

	if ((err = posix_spawn_file_actions_init(&actions)))
		return err;
	if ((err = posix_spawnattr_init(&attr))) {
		posix_spawn_file_actions_destroy(&actions);
		return err;
	}
	for (int i = 0; i < 3 && !err; i++)
		err = posix_spawn_file_actions_adddup2(&actions, fd[i], i);
	if (!err)
		err = posix_spawn_file_actions_addclosefrom_np(&actions, 3);
	sigemptyset(&none);
	sigemptyset(&pipe);
	sigaddset(&pipe, SIGPIPE);
	if (!err)
		err = posix_spawnattr_setsigmask(&attr, &none);
	if (!err)
		err = posix_spawnattr_setsigdefault(&attr, &pipe);
	if (!err)
		err = posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	if (!err) /* the arrays are not written to: posix_spawn's type is historical */
		err = posix_spawn(pid, path, &actions, &attr, (char *const *)(uintptr_t)argv,
			(char *const *)(uintptr_t)env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return err;
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* The wait status in *status, or ALG_ERR_TIMEOUT after killing. */
static int wait_for(pid_t pid, double timeout_s, int *status)
{
	int64_t end = now_ms() + (int64_t)(timeout_s * 1000);

	for (;;) {
		pid_t got = waitpid(pid, status, WNOHANG);

		if (got == pid)
			return 0;
		if (got < 0 && errno != EINTR)
			return ALG_ERR_IO;
		if (now_ms() >= end)
			break;
		nanosleep(&(struct timespec){.tv_nsec = 3000000}, NULL);
	}
	kill(pid, SIGKILL);
	while (waitpid(pid, status, 0) < 0 && errno == EINTR)
		;
	return ALG_ERR_TIMEOUT;
}

static int write_all(int fd, const char *data, size_t len)
{
	while (len) {
		ssize_t n = write(fd, data, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return ALG_ERR_IO;
		data += n;
		len -= (size_t)n;
	}
	return lseek(fd, 0, SEEK_SET) < 0 ? ALG_ERR_IO : 0;
}

/* The whole of an anonymous file, NUL at the end; NULL when it is too long or memory is out. */
static char *read_all(int fd, size_t max, size_t *len)
{
	struct stat st;
	char *text;

	*len = 0;
	if (fstat(fd, &st) || st.st_size < 0 || (uintmax_t)st.st_size > max || !(text = malloc((size_t)st.st_size + 1)))
		return NULL;
	while (*len < (size_t)st.st_size) {
		ssize_t n = pread(fd, text + *len, (size_t)st.st_size - *len, (off_t)*len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		*len += (size_t)n;
	}
	text[*len] = '\0';
	return text;
}

/*
 * What gnuplot wrote on standard error, on one line: it echoes the faulty command and a caret under
 * it. Fontconfig's complaint that a clean environment has no cache to write is no news.
 */
static void words(int fd, char *out, size_t cap)
{
	size_t len, n = 0;
	char *text = read_all(fd, 1 << 20, &len), *save = NULL;

	out[0] = '\0';
	for (char *line = text ? strtok_r(text, "\n", &save) : NULL; line; line = strtok_r(NULL, "\n", &save)) {
		line += strspn(line, " \t^");
		if (!*line || strncmp(line, "Fontconfig", 10) == 0 || n + 2 >= cap)
			continue;
		int got = snprintf(out + n, cap - n, "%s%s", n ? "; " : "", line);

		n = got < 0 ? n : (n + (size_t)got < cap ? n + (size_t)got : cap - 1);
	}
	free(text);
}

static int result(int status, const int fd[3], char **out, size_t *out_len, struct alg_log *log)
{
	char said[WORDS_MAX];

	words(fd[2], said, sizeof(said));
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return alg_fail(log, MSG_GNUPLOT_FAILED, WIFEXITED(status) ? "exit code" : "signal",
			WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status), said[0] ? said : "it said nothing");
	*out = read_all(fd[1], OUTPUT_MAX, out_len);
	if (!*out)
		return alg_fail(log, MSG_NOMEM, "the picture");
	if (*out_len == 0) {
		free(*out);
		*out = NULL;
		return alg_fail(log, MSG_GNUPLOT_FAILED, "exit code", 0, said[0] ? said : "it drew nothing");
	}
	if (said[0])
		alg_warn(log, MSG_GNUPLOT_SAID, said);
	return 0;
}

int ana_gnuplot_run(
	const char *script, size_t len, double timeout_s, char **out, size_t *out_len, struct alg_log *log)
{
	static const char *const name[3] = {"gnuplot-script", "gnuplot-picture", "gnuplot-words"};
	char path[PATH_MAX];
	int fd[3] = {-1, -1, -1}, status = 0, ret = 0, err;
	pid_t pid;

	*out = NULL;
	*out_len = 0;
	if (!find_program(path, sizeof(path)))
		return alg_fail(log, MSG_GNUPLOT_ABSENT);
	for (int i = 0; i < 3; i++) {
		/* A descriptor below 3 would be closed over by the child's own standard ones. */
		int raw = memfd_create(name[i], MFD_CLOEXEC);

		fd[i] = raw < 0 ? -1 : fcntl(raw, F_DUPFD_CLOEXEC, 3);
		if (raw >= 0)
			close(raw);
		if (fd[i] < 0) {
			ret = alg_fail(log, MSG_GNUPLOT_START, path, strerror(errno));
			goto out;
		}
	}
	if (write_all(fd[0], script, len)) {
		ret = alg_fail(log, MSG_GNUPLOT_START, path, strerror(errno));
		goto out;
	}
	if ((err = start(path, fd, &pid))) {
		ret = alg_fail(log, MSG_GNUPLOT_START, path, strerror(err));
		goto out;
	}
	ret = wait_for(pid, timeout_s, &status);
	if (ret == ALG_ERR_TIMEOUT)
		ret = alg_fail(log, MSG_GNUPLOT_TIMEOUT, timeout_s);
	else if (ret)
		ret = alg_fail(log, MSG_GNUPLOT_START, path, strerror(errno));
	else
		ret = result(status, fd, out, out_len, log);
out:
	for (int i = 0; i < 3; i++)
		if (fd[i] >= 0)
			close(fd[i]);
	return ret;
}
