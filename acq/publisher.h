/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * publisher.h - the thread that owns the session in memory and every call into HDF5. What the
 * journal has safely is handed to it, and the session file follows at once: absent or whole, the
 * latest state winning, at worst one press behind the journal.
 *
 * It is a thread of its own because building and syncing the file takes up to 0.3 s on a local disk
 * and has no bound on a share, while the journal must be synced every 100 ms.
 */
#ifndef ACQ_PUBLISHER_H
#define ACQ_PUBLISHER_H

#include "data/digest.h"
#include "data/session.h"

struct acq_publisher;

/* What the journal has. Owned by whoever holds it; acq_row_free. */
enum acq_row_kind { ACQ_ROW_PRESS, ACQ_ROW_EVENT, ACQ_ROW_RATING, ACQ_ROW_AMENDMENT };
struct acq_row {
	struct acq_row *next;
	enum acq_row_kind kind;
	struct ses_trial trial;       /* with number and digest */
	struct ses_sample_row *rows;  /* of the press, trial->n_samples of them; owned */
	struct ses_event event;
	struct ses_rating rating;
	struct ses_amendment amendment;
};
void acq_row_free(struct acq_row *row);

struct acq_publisher_state {
	size_t trials_in_file;
	bool failing;        /* the last attempt did not succeed; it is tried again every two seconds */
	char fault[256];
};

/*
 * Takes the session over and publishes it before it returns: made where fresh, so that another
 * program's session is never replaced; else replaced (a session that goes on).
 */
int acq_publisher_start(
	struct acq_publisher **out, struct ses_session *session, const char *path, bool fresh, struct alg_log *log);
/* Hands rows over, in order; never waits for the disk. */
void acq_publisher_take(struct acq_publisher *publisher, struct acq_row *rows);
void acq_publisher_state(struct acq_publisher *publisher, struct acq_publisher_state *out);
/*
 * The last publication, with complete set; then the file is read back from the disk and compared.
 * Waits, and frees. *last tells how it went, seal (may be NULL) the file's. ALG_ERR_IO when the file
 * is not whole on disk: the journal is.
 */
int acq_publisher_finish(struct acq_publisher *publisher, bool complete, struct acq_publisher_state *last,
	char seal[SES_DIGEST_HEX]);

#endif
