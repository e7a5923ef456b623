/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session.h - one sitting at one time point, in memory: what the file holds, in the same rows.
 *
 * Rows are plain structs; data/schema.c says which member is which column of the file, with its
 * type, unit and meaning, and drives writing, reading and docs/FORMAT.md alike.
 *
 * Times: t_s columns are seconds since the session's start on the monotonic session clock, rounded
 * to 2^-20 s; started_utc and wall times tie them to the calendar. NAN: not there.
 */
#ifndef SES_SESSION_H
#define SES_SESSION_H

#include "base/log.h"
#include "data/point.h"
#include "data/press.h"
#include "data/sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Root attributes. Texts are UTF-8. */
struct ses_header {
	int32_t minor;              /* of the format: which columns its file has (schema.h); not a column itself */
	char uuid[40];
	char study[64], centre[64];
	char participant[32];
	int32_t session;            /* 3 for ses-03 */
	char acq[8];                /* "", "pre", "post" */
	int32_t run;
	char started[40];           /* ISO 8601 with offset */
	double started_unix_s;
	char time_zone[64];         /* IANA */
	char visit_day[12];         /* local date */
	char examiner[32];          /* a code */
	char device_family[24], device_model[48], device_serial[48], device_firmware[48], device_address[320];
	char device_polarity[8];    /* "+" "-" "abs" */
	double device_resolution_n, device_capacity_n, device_rate_hz;
	char calibration[64];       /* id of the last check; "" for none */
	double tip_area_cm2;
	char tip_shape[48];
	char procedure_id[48], procedure_version[16], procedure_sha256[65];
	char *procedure_text;       /* owned */
	char *instruction;          /* as shown, owned */
	char *check_text;           /* the last check with weights, its file whole; owned, "" or NULL: none */
	double target_rate_kpa_s, corridor;
	double interval_s;
	int32_t rounds;
	char rule[16];              /* repeat rule's word */
	char response_mode[16];     /* word */
	char program_version[16];
	int32_t simulated;          /* 1: made by a simulation */
	char simulation[256];       /* how: family, seed */
	int32_t blinded;
	int32_t display_covered;    /* enum ses_covered */
	int32_t order_seed;
	char order_kind[32];        /* "fixed" "random-within-posture" ... */
	char order_source[192];     /* the file of orders and its line; "" when made by the program */
	int32_t complete;           /* 1: the plan was through; 0: ended early (an event says so), running or cut off */
	char recovered[192];        /* how it was put together from a journal; "" when it was not */
	char origin[192];           /* what it was made from (deidentified, moved); "" for a measured one */
	char header_digest[68];     /* SHA-256 hex; chain.h */
	char seal[68];              /* SHA-256 hex over everything; chain.h */
};

/* Whether the gauge's own display could be seen in a blinded session. */
enum ses_covered { SES_COVERED_NOT_ASKED = 0, SES_COVERED_YES = 1, SES_COVERED_NO = 2 };

/* What a press was for. Only threshold and extra presses enter a point's value. */
enum ses_kind { SES_KIND_THRESHOLD = 1, SES_KIND_FAMILIARISATION = 2, SES_KIND_EXTRA = 3, SES_KIND_HOLD = 4 };

enum ses_tolerance { SES_TOLERANCE_NOT_ASKED = 0, SES_TOLERANCE_TAKEN = 1, SES_TOLERANCE_CENSORED = 2, SES_TOLERANCE_NONE = 3 };

struct ses_trial {
	int32_t trial;         /* 1, 2, 3, ... */
	int32_t point;         /* row of points[], from 0 */
	char site_code[16];
	char side[4];          /* "L" "R" "M" */
	int32_t series;
	int32_t round;         /* planned repetition, 1.. */
	int32_t press;         /* n-th press at this point, 1.., rejected ones counted; 0 for missing */
	int32_t status;        /* enum ses_status */
	int32_t reason;        /* enum ses_reason */
	int32_t response;      /* enum ses_response */
	double ppt_kpa, ppt_n; /* NAN unless accepted or rejected with a response */
	double peak_kpa, overshoot_kpa;
	double ceiling_kpa;    /* that held for this press; "more than this" when censored */
	double rate_kpa_s, rate_sd_kpa_s, rate_response_kpa_s, corridor_share;
	double zero_n;         /* mean at rest before contact, subtracted from every force */
	double contact_n;
	double interval_s;     /* kept since the last release at this point; NAN for the first */
	double t_contact_s, t_response_s, t_peak_s, t_release_s;
	char contact_time[32]; /* ISO 8601 with offset */
	int32_t n_ramp, n_gaps;
	int32_t quality;       /* enum ses_quality bits */
	int32_t first_sample;  /* row of samples[], from 0 */
	int32_t n_samples;
	int32_t kind;          /* enum ses_kind */
	int32_t tolerance;     /* enum ses_tolerance */
	double ptt_kpa;        /* pressure at the tolerance; the ceiling when that came first */
	double t_tolerance_s;
	double hold_kpa, hold_s; /* suprathreshold hold: mean pressure, time inside its band */
	double rating;         /* 0..10, of the hold */
	double uncertainty_kpa; /* of the instrument, k = 2 (uncertainty.h) */
	char digest[68];       /* SHA-256 hex over the predecessor's digest and this press's canonical bytes */
};

/* A row of /samples; ses_sample with session times. */
struct ses_sample_row {
	int32_t trial;
	double t_s, t_arrival_s;
	double force_n;
	char shown[SES_SHOWN_MAX];
	int32_t flags;
	int32_t counter;
};

/* What happened: keys, alarms, loss, pauses, clock steps. */
struct ses_event {
	double t_s;
	char time[32];
	char kind[24];         /* "button" "alarm" "lost" "back" "reject" "pause" "cue" ... */
	int32_t trial;         /* 0: none */
	double value;          /* NAN when there is none */
	char note[64];         /* \u-escaped ASCII */
};

/* The pain journal's answers. */
struct ses_rating {
	char item[32];         /* "pain-now" "pain-average-7d" "pain-worst-7d" "activity-1" "sleep" "analgesic-days" "global-change" */
	double value;          /* NAN when skipped */
	char scale[16];        /* "NRS 0-10", "days", "1-7" */
	char skipped[32];      /* reason; "" when answered */
	double t_s;
};

/* A later correction; readers apply them in order by default. */
struct ses_amendment {
	char time[32];
	char who[32];
	int32_t trial;         /* 0: the whole session */
	char field[32];        /* "status" "site" "tip_area_cm2" ... */
	char old_value[48];
	char new_value[48];
	char reason[96];       /* \u-escaped ASCII */
	char seal_before[68];  /* of the session before this amendment; "" when it was made during the session */
};

struct ses_session {
	struct ses_header header;
	struct ses_point *points;
	size_t n_points;
	struct ses_trial *trials;
	size_t n_trials;
	struct ses_sample_row *samples;
	size_t n_samples;
	struct ses_event *events;
	size_t n_events;
	struct ses_rating *ratings;
	size_t n_ratings;
	struct ses_amendment *amendments;
	size_t n_amendments;
	bool unblinded;        /* set by who looked (unblind.h): values of this blinded session may be shown; not in the file */
	char moved_to[32];     /* set when amendments are applied: it is this participant's now; not in the file */
	size_t cap_trials, cap_samples, cap_events, cap_ratings, cap_amendments;
};

/* Appending copies the row; ALG_ERR_NOMEM. */
int ses_session_add_points(struct ses_session *ses, const struct ses_points *points);
int ses_session_add_trial(struct ses_session *ses, const struct ses_trial *trial);
int ses_session_add_samples(struct ses_session *ses, const struct ses_sample_row *rows, size_t n);
int ses_session_add_event(struct ses_session *ses, const struct ses_event *event);
int ses_session_add_rating(struct ses_session *ses, const struct ses_rating *rating);
int ses_session_add_amendment(struct ses_session *ses, const struct ses_amendment *amendment);
/* Frees what the session owns, not the struct itself. */
void ses_session_clear(struct ses_session *ses);
/* How it was ended before its plan was through, "for the patient" ...; NULL: it was not: complete, running or cut off. */
const char *ses_session_ended_early(const struct ses_session *ses);
/* Nanoseconds since the start to stored seconds, rounded to 2^-20 s. */
double ses_stored_s(int64_t ns_since_start);
/* The 16 random bytes of a version-4 UUID as text. */
void ses_uuid_make(char out[40]);

/*
 * Amendments of this session applied to a copy of the results: what every reader shows unless the
 * original is asked for (amend.h says what there is). Unknown fields are an error (ALG_ERR_DATA), never
 * skipped. In data/amend.c.
 */
int ses_session_amend(struct ses_session *ses, struct alg_log *log);

/*
 * ---- the file (h5_write.c, h5_read.c): the only ones that see <hdf5.h> ----------------------
 * From one thread at a time: libhdf5 as Debian builds it is not safe for more. docs/FORMAT.md says
 * what is in the file; a session is never refused for an odd text, which becomes escapes instead.
 */

/* The whole file as bytes, built in memory and re-opened to compare; caller frees *image. */
int ses_h5_image(const struct ses_session *ses, uint8_t **image, size_t *len, struct alg_log *log);
/* Builds the image and replaces path atomically (0600). */
int ses_h5_publish(const struct ses_session *ses, const char *path, struct alg_log *log);
/* The same for a new session: ALG_ERR_EXISTS (said) when the name was taken meanwhile, whose file stays. */
int ses_h5_create(const struct ses_session *ses, const char *path, struct alg_log *log);
/*
 * Reads a file of this format, every row checked against counts, ranges and types. Says which of
 * the four it is when not: not HDF5, not ours, truncated or damaged, newer (with its number); all
 * with exit code 4. On failure *out is cleared. A file that crashes or hangs libhdf5 is damaged, too:
 * it is parsed in a child process (h5_child.c). Not while another thread of this process uses HDF5.
 */
int ses_h5_read(const char *path, struct ses_session *out, struct alg_log *log);
/* The same, but digests are left to the caller where the checksum line is missing (verify.h). */
int ses_h5_read_unchecked(const char *path, struct ses_session *out, struct alg_log *log);
/*
 * The same without the samples: trials keep first_sample and n_samples; header_digest is checked, and the
 * columns by HDF5's own checksums, but neither the checksum line nor the presses' digests.
 */
int ses_h5_read_summary(const char *path, struct ses_session *out, struct alg_log *log);
/* Which of these three is meant, where they go the same way. */
enum ses_parts { SES_WITH_SAMPLES, SES_WITHOUT_SAMPLES, SES_UNCHECKED };
/* Rows against each other: the first press that has points or samples which are not there, in words, or NULL. */
const char *ses_rows_fault(const struct ses_session *ses, enum ses_parts parts);
/* The checksum line behind the HDF5 image: "\nalgometer-sha256 " 64 hex digits "\n". */
#define SES_TAIL_MARK "\nalgometer-sha256 "
enum { SES_TAIL_BYTES = 83 };

#endif
