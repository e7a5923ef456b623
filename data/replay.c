/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "data/replay.h"

#include "base/bytes.h"
#include "base/file.h"
#include "base/text.h"
#include "base/units.h"
#include "data/chain.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

static const char not_ours[] = "a record that is not allowed there";

/* ---- rows -------------------------------------------------------------------------------------------- */

static void note_time(struct ses_replay *r, double t_s)
{
	if (isfinite(t_s) && t_s > r->last_s)
		r->last_s = t_s;
}

static int take_row(struct ses_replay *r, const struct ses_table *table, struct ses_unpack *in)
{
	union { struct ses_event event; struct ses_rating rating; struct ses_amendment amendment; } row;
	int rc = ses_unpack_row(in, table, &row);

	if (rc)
		return rc;
	if (strcmp(table->name, "events") == 0) {
		note_time(r, row.event.t_s);
		return ses_session_add_event(&r->session, &row.event);
	}
	if (strcmp(table->name, "ratings") == 0)
		return ses_session_add_rating(&r->session, &row.rating);
	return ses_session_add_amendment(&r->session, &row.amendment);
}

static int take_rows(struct ses_replay *r, struct ses_unpack *in)
{
	uint32_t index, n;
	int rc = ses_unpack_u32(in, &index);

	if (rc == 0)
		rc = ses_unpack_u32(in, &n);
	if (rc || index >= SES_TABLES)
		return ALG_ERR_DATA;
	const char *name = ses_tables[index].name;

	if (strcmp(name, "events") != 0 && strcmp(name, "ratings") != 0 && strcmp(name, "amendments") != 0)
		return ALG_ERR_DATA;
	for (uint32_t i = 0; rc == 0 && i < n; i++)
		rc = take_row(r, &ses_tables[index], in);
	return rc;
}

static int take_begin(struct ses_replay *r, struct ses_unpack *in)
{
	int rc = ses_unpack_row(in, ses_table_find("results"), &r->running_trial);

	if (rc || (size_t)r->running_trial.point >= r->session.n_points)
		return ALG_ERR_DATA;
	r->running = true;
	r->n_running = 0;
	note_time(r, r->running_trial.t_contact_s);
	return 0;
}

static int take_samples(struct ses_replay *r, struct ses_unpack *in)
{
	const struct ses_table *table = ses_table_find("samples");
	uint32_t n;
	int rc = ses_unpack_u32(in, &n);

	if (rc || !r->running || n > in->left || r->n_running + n > table->max_rows)
		return ALG_ERR_DATA;
	if (r->n_running + n > r->cap_running) {
		size_t cap = 2 * (r->n_running + n);
		struct ses_sample_row *fresh = realloc(r->running_rows, cap * sizeof(*fresh));

		if (!fresh)
			return ALG_ERR_NOMEM;
		r->running_rows = fresh;
		r->cap_running = cap;
	}
	for (uint32_t i = 0; rc == 0 && i < n; i++) {
		rc = ses_unpack_row(in, table, &r->running_rows[r->n_running]);
		if (rc == 0)
			note_time(r, r->running_rows[r->n_running++].t_s);
	}
	return rc;
}

/* The press goes into the session with n of its samples from skip on, chained anew. */
static int add_press(struct ses_replay *r, struct ses_trial *trial, size_t skip, size_t n)
{
	struct ses_session *ses = &r->session;
	char stored[sizeof(trial->digest)];
	int rc;

	memcpy(stored, trial->digest, sizeof(stored));
	trial->first_sample = (int32_t)ses->n_samples;
	trial->n_samples = (int32_t)n;
	for (size_t i = 0; i < n; i++)
		r->running_rows[skip + i].trial = trial->trial;
	rc = n ? ses_session_add_samples(ses, r->running_rows + skip, n) : 0;
	if (rc == 0)
		rc = ses_session_add_trial(ses, trial);
	if (rc == 0)
		rc = ses_session_chain(ses, ses->n_trials - 1);
	if (rc == 0 && *stored && strcmp(stored, ses->trials[ses->n_trials - 1].digest) != 0)
		r->n_changed++;
	note_time(r, trial->t_release_s);
	if (n || trial == &r->running_trial) {
		r->running = false;
		r->n_running = 0;
	}
	return rc;
}

static int take_press(struct ses_replay *r, struct ses_unpack *in)
{
	struct ses_trial trial;
	uint32_t skip, n;
	int rc;

	if (ses_unpack_u32(in, &skip) || ses_unpack_u32(in, &n))
		return ALG_ERR_DATA;
	rc = ses_unpack_row(in, ses_table_find("results"), &trial);
	if (rc)
		return rc;
	if ((uint64_t)skip + n > r->n_running || (size_t)trial.trial != r->session.n_trials + 1 ||
		(size_t)trial.point >= r->session.n_points)
		return ALG_ERR_DATA;
	return add_press(r, &trial, skip, n);
}

/* ---- records ------------------------------------------------------------------------------------------ */

static int take_order(struct ses_replay *r, struct ses_unpack *in)
{
	uint32_t n, point;

	if (ses_unpack_u32(in, &n) || n > in->left / 4)
		return ALG_ERR_DATA;
	r->order = calloc(n ? n : 1, sizeof(*r->order));
	if (!r->order)
		return ALG_ERR_NOMEM;
	for (r->n_order = 0; r->n_order < n; r->n_order++) {
		if (ses_unpack_u32(in, &point) || point > INT32_MAX)
			return ALG_ERR_DATA;
		r->order[r->n_order] = (int)point;
	}
	return 0;
}

/* version, format, who, order, and a session without presses */
static int take_start(struct ses_replay *r, struct ses_unpack *in, const char *path, struct alg_log *log)
{
	uint32_t version, major, minor;
	char stored[sizeof(r->session.header.header_digest)];
	int rc;

	if (ses_unpack_u32(in, &version) || ses_unpack_u32(in, &major) || ses_unpack_u32(in, &minor))
		return ALG_ERR_DATA;
	if (version > SES_JOURNAL_VERSION || major > SES_FORMAT_MAJOR ||
		(major == SES_FORMAT_MAJOR && minor > SES_FORMAT_MINOR))
		return alg_fail(log, MSG_JOURNAL_NEWER, path, (unsigned)version, (unsigned)major, (unsigned)minor);
	in->minor = r->minor = (int)minor;
	if (version < 1 || major < SES_FORMAT_MAJOR || ses_unpack_writer(in, &r->writer))
		return ALG_ERR_DATA;
	rc = take_order(r, in);
	if (rc == 0)
		rc = ses_unpack_session(in, &r->session);
	if (rc == 0 && (r->session.n_trials || r->session.n_samples))
		rc = ALG_ERR_DATA;
	if (rc)
		return rc;
	for (size_t i = 0; i < r->n_order; i++)
		if ((size_t)r->order[i] >= r->session.n_points)
			return ALG_ERR_DATA;
	memcpy(stored, r->session.header.header_digest, sizeof(stored));
	rc = ses_session_open_chain(&r->session);
	return rc == 0 && strcmp(stored, r->session.header.header_digest) != 0 ? ALG_ERR_DATA : rc;
}

static int take_closed(struct ses_replay *r, struct ses_unpack *in)
{
	uint32_t complete;

	if (ses_unpack_u32(in, &complete) || complete > 1)
		return ALG_ERR_DATA;
	r->session.header.complete = (int32_t)complete;
	r->closed = true;
	return 0;
}

/* A record behind START; nothing may follow CLOSED but another program that goes on. */
static int take_record(struct ses_replay *r, uint32_t type, struct ses_unpack *in)
{
	if (r->closed)
		return ALG_ERR_DATA;
	switch (type) {
	case SES_JOURNAL_ROWS: return take_rows(r, in);
	case SES_JOURNAL_BEGIN: return take_begin(r, in);
	case SES_JOURNAL_SAMPLES: return take_samples(r, in);
	case SES_JOURNAL_PRESS: return take_press(r, in);
	case SES_JOURNAL_CLOSED: return take_closed(r, in);
	case SES_JOURNAL_DROP:
		r->running = false;
		r->n_running = 0;
		return 0;
	case SES_JOURNAL_RESUME:
		r->resumed++;
		return ses_unpack_writer(in, &r->writer);
	default:
		return ALG_ERR_DATA;
	}
}

/* The record at the front: its length and why it does not fit, or NULL. */
static const char *record_fault(const uint8_t *at, size_t left, uint32_t number, uint32_t chain, uint32_t *len)
{
	static const uint8_t none[SES_JOURNAL_HEAD];

	*len = 0;
	if (left < SES_JOURNAL_HEAD)
		return memcmp(at, none, left) == 0 ? "" : "a record that is cut off";
	if (memcmp(at, none, SES_JOURNAL_HEAD) == 0)
		return ""; /* reserved space, never written */
	if (memcmp(at, "AJ1\n", 4) != 0 || alg_le32(at + 12) != number ||
		(uint32_t)crc32(chain, at, 20) != alg_le32(at + 20))
		return "bytes that do not belong to the chain";
	*len = alg_le32(at + 8);
	if (*len > SES_JOURNAL_PAYLOAD_MAX)
		return not_ours;
	if (*len > left - SES_JOURNAL_HEAD)
		return "a record that is cut off";
	if ((uint32_t)crc32(0, at + SES_JOURNAL_HEAD, *len) != alg_le32(at + 16))
		return "a record whose bytes are damaged";
	return NULL;
}

static int replay(struct ses_replay *r, size_t file_bytes, const char *path, struct alg_log *log)
{
	uint32_t chain = 0, len;
	int rc = 0;

	r->file_bytes = file_bytes;
	while (r->file_bytes && r->bytes[r->file_bytes - 1] == 0)
		r->file_bytes--;
	for (; r->good_bytes < r->file_bytes; r->records++) {
		const uint8_t *at = r->bytes + r->good_bytes;

		r->stopped = record_fault(at, file_bytes - r->good_bytes, (uint32_t)r->records, chain, &len);
		if (r->stopped)
			break;
		struct ses_unpack in = {at + SES_JOURNAL_HEAD, len, r->minor};

		rc = r->records ? take_record(r, alg_le32(at + 4), &in)
			: alg_le32(at + 4) == SES_JOURNAL_START ? take_start(r, &in, path, log)
								: ALG_ERR_DATA;
		if (rc == ALG_ERR_NOMEM || rc == ALG_ERR_FORMAT)
			return rc;
		if (rc || in.left) {
			r->stopped = not_ours;
			break;
		}
		chain = alg_le32(at + 20);
		r->good_bytes += SES_JOURNAL_HEAD + len;
	}
	if (r->good_bytes > r->file_bytes)
		r->file_bytes = r->good_bytes; /* the last record may end with zeros */
	return r->records ? 0 : alg_fail(log, MSG_JOURNAL_NONE, path, r->stopped && *r->stopped ? r->stopped : "it is empty");
}

int ses_unpack_writer(struct ses_unpack *in, struct ses_journal_writer *w)
{
	struct { char *to; size_t cap; } text[] = {
		{w->host, sizeof(w->host)}, {w->since, sizeof(w->since)}, {w->session_path, sizeof(w->session_path)}};

	if (ses_unpack_u32(in, &w->pid))
		return ALG_ERR_DATA;
	for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
		size_t len = strnlen((const char *)in->at, in->left);

		if (len == in->left || len >= text[i].cap)
			return ALG_ERR_DATA;
		memcpy(text[i].to, in->at, len + 1);
		in->at += len + 1;
		in->left -= len + 1;
	}
	return 0;
}

/* out->bytes has len bytes already. */
static int replay_own(struct ses_replay *out, size_t len, const char *name, struct alg_log *log)
{
	int rc = replay(out, len, name, log);

	if (rc == ALG_ERR_NOMEM)
		rc = alg_fail(log, MSG_NOMEM, name);
	return rc ? rc : ses_session_seal(&out->session);
}

int ses_replay_bytes(const uint8_t *bytes, size_t len, const char *name, struct ses_replay *out, struct alg_log *log)
{
	*out = (struct ses_replay){.bytes = malloc(len ? len : 1)};
	if (!out->bytes)
		return alg_fail(log, MSG_NOMEM, name);
	if (len)
		memcpy(out->bytes, bytes, len);
	return replay_own(out, len, name, log);
}

int ses_replay_read(const char *path, struct ses_replay *out, struct alg_log *log)
{
	char *bytes;
	size_t len;
	int rc;

	*out = (struct ses_replay){0};
	rc = alg_file_read(path, SES_JOURNAL_FILE_MAX, &bytes, &len, log);
	if (rc)
		return rc;
	out->bytes = (uint8_t *)bytes;
	return replay_own(out, len, path, log);
}

/* The largest force, zero subtracted: all that can be said of a press that was cut off. */
static double peak_kpa(const struct ses_replay *r)
{
	double peak_n = NAN;

	for (size_t i = 0; i < r->n_running; i++)
		if (!(r->running_rows[i].force_n <= peak_n) && isfinite(r->running_rows[i].force_n))
			peak_n = r->running_rows[i].force_n;
	return alg_pressure_kpa(peak_n - r->running_trial.zero_n, r->session.header.tip_area_cm2);
}

int ses_replay_keep_running(struct ses_replay *r)
{
	struct ses_trial *t = &r->running_trial;
	int rc;

	if (!r->running)
		return 0;
	t->trial = (int32_t)r->session.n_trials + 1;
	t->status = SES_REJECTED;
	t->reason = SES_REASON_INTERRUPTED;
	t->peak_kpa = peak_kpa(r);
	t->digest[0] = '\0';
	rc = add_press(r, t, 0, r->n_running);
	r->kept = rc == 0;
	return rc ? rc : ses_session_seal(&r->session);
}

static void add_kept(struct ses_journal *journal, const struct ses_session *ses)
{
	const struct ses_trial *t = &ses->trials[ses->n_trials - 1];
	struct ses_bytes bytes = {0};

	ses_bytes_add_u32(&bytes, 0);
	ses_bytes_add_u32(&bytes, (uint32_t)t->n_samples);
	ses_pack_row(&bytes, ses_table_find("results"), ses->header.minor, t);
	ses_journal_add(journal, SES_JOURNAL_PRESS, &bytes);
	ses_bytes_free(&bytes);
}

/* The first name that is free, or that a take-over which was cut off gave to this very file. */
static bool old_name(const char *path, char *out, size_t cap)
{
	struct stat ours, theirs;

	for (int i = 1; i < 1000 && stat(path, &ours) == 0; i++) {
		int n = snprintf(out, cap, "%s.cut-%d", path, i);

		if (n < 0 || (size_t)n >= cap)
			return false;
		if (stat(out, &theirs) || (ours.st_ino == theirs.st_ino && ours.st_dev == theirs.st_dev))
			return true;
	}
	return false;
}

int ses_replay_take_over(struct ses_replay *r, const struct ses_session *session, const char *path, uint64_t reserve_bytes, struct ses_journal **out,
	struct alg_log *log)
{
	char old[PATH_MAX];
	int rc;

	*out = NULL;
	if (!old_name(path, old, sizeof(old)))
		return alg_fail(log, MSG_FILE_WRITE, path, "it cannot be kept under another name");
	rc = ses_journal_take_over(out, path, old, r->bytes, r->good_bytes, reserve_bytes, log);
	if (rc >= 0 && r->kept)
		add_kept(*out, session);
	return rc;
}

void ses_replay_free(struct ses_replay *r)
{
	ses_session_clear(&r->session);
	free(r->order);
	free(r->running_rows);
	free(r->bytes);
	*r = (struct ses_replay){0};
}
