/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * record.h - one guided session: what was asked for, what it is made of, and how it went. Shared by
 * `record` (one session with a person) and `demo` (many simulated ones).
 */
#ifndef CLI_RECORD_H
#define CLI_RECORD_H

#include "acq/engine.h"
#include "acq/gate.h"
#include "acq/reader.h"
#include "acq/script.h"
#include "acq/store.h"
#include "cli/cli.h"
#include "data/recover.h"
#include "data/replay.h"
#include "data/session.h"
#include "data/study.h"
#include "sim/world.h"
#include "ui/button.h"
#include "ui/keys.h"
#include "ui/screen.h"
#include "ui/sound.h"

#include <pthread.h>

struct record_args {
	const char *code;
	const char *device;     /* NULL: the study's */
	const char *procedure;  /* NULL: the study's */
	const char *examiner;   /* NULL: the study's */
	const char *reject;     /* source of the examiner's own pedal, or NULL */
	bool sound;
	const char *button;     /* NULL: the study's, else the procedure's way */
	const char *acq;        /* "", "pre", "post" */
	const char *script;     /* timed operator events, or NULL */
	const char *ratings;    /* "pain-now=4,sleep=6", or NULL */
	const char *skip_journal; /* reason, or NULL */
	const char *precautions; /* "none" or a list; NULL: ask */
	const char *display;    /* "covered" "open"; NULL: ask when blinded */
	int64_t wall_ns;        /* --clock, simulated gauges only; 0: not given */
	int session;            /* 0: the next */
	double tip_area_cm2;    /* NAN: the study's */
	uint32_t seed;          /* of a random order */
	bool seed_given;
	bool blinded;
	bool again;             /* another run of a session that is there */
	bool resume, leave;     /* what to do with a session that was cut off; neither: ask */
	bool yes;               /* start without asking */
	bool plain;             /* lines instead of a redrawn screen */
	bool quiet;             /* nothing but faults (demo) */
};

struct record_summary {
	struct ses_file file;
	size_t accepted, rejected, censored, missing; /* without practice */
	size_t practice;
	size_t unsaved;         /* presses that are neither in the file nor in the journal */
	char journal[PATH_MAX]; /* where they are when the file is not whole; "" when it is */
	bool complete;
	bool stored;            /* a file was made; what stands above is about it */
	char seal[68];
};

enum { RECORD_WAITING_MAX = 64 };

/* The person's messages while the screen is up: kept, shown one at a time, printed afterwards. */
struct record_log {
	pthread_mutex_t lock;
	char fresh[ALG_LOG_TEXT_MAX];
	bool has_fresh;
	char kept[16][256];
	int n_kept;
	void (*was_sink)(void *ctx, enum alg_level level, int id, const char *text);
	void *was_ctx;
};

struct record {
	struct cli *cli;
	struct alg_log *log;
	const struct record_args *args;
	bool interactive;          /* a person sits at a terminal */
	bool redraw;

	struct ses_study study;
	struct ses_sites sites;
	struct ses_procedure proc;
	struct ses_points points;  /* of this session */
	struct ses_session session; /* until the store takes it over */
	struct ses_file file;
	char journal[PATH_MAX];
	uint64_t reserve_bytes;    /* of the journal */
	bool resuming;             /* with a session that was cut off: */
	struct ses_replay before;
	int *order;
	size_t n_order;
	bool *shown;               /* [points.n] cautions and findings were told */
	double area_cm2;
	double rate_hz;            /* of the gauge, as it was measured at the start; 0: not known */
	struct ses_accuracy accuracy; /* of the gauge, from its last check with weights */
	char address[320];

	struct sim_world *world;   /* NULL: a real gauge */
	bool stepped;              /* the gauge brings its own clock: no thread, lock step */
	struct alg_clock clock;
	int64_t start_ns, wall_start_ns;
	struct acq_reader *reader;
	struct acq_engine *engine;
	struct acq_store *store;
	struct acq_gate gate;
	struct acq_script timed;    /* operator events */
	size_t timed_next;
	struct ui_button button, pedal; /* the patient's; the examiner's, which rejects */
	bool has_pedal, button_gone, button_paused; /* paused because it is gone, not by the examiner */
	struct ui_sound *sound;
	struct ui_keys keys;
	struct ui_screen *screen;
	struct record_log held;
	struct cli silent;         /* for tries to find a lost gauge again */
	struct alg_device_info first; /* of the gauge as it was opened first: no other is opened in its place */

	int bell_fd;
	int64_t lost_since_ns, end_asked_ns, suspended_ns;
	struct acq_store_state disk; /* as it was said last */
	size_t given;              /* presses handed to the store, those before a crash counted */
	struct ses_trial waiting[RECORD_WAITING_MAX]; /* not acknowledged yet, oldest first */
	int n_waiting;
	int last_status;           /* of the press stored last */
	bool blinded;              /* --blinded, or the study is */
	bool session_not_blinded;  /* blinded, but the gauge's own display can be seen */
	bool done;
	bool lifting;              /* ended with the tip on the skin: nothing else is said before it is off */
	double last_n;             /* force of the last sample as the gauge has it */
	struct acq_guard_limits limits;
	int gauge_status;          /* why the gauge ended; 0 */
	enum ses_reason end_reason;
	struct record_summary sum;
};

/* The whole: returns a status; *summary is filled when a file was made. */
int record_session(struct cli *cli, const struct record_args *args, struct record_summary *summary);

/* record_resume.c: sessions of this participant that were cut off; sets r->resuming. */
int record_look_back(struct record *r);
/* The session's clock, header, points and order as they were; the gauge must be the same. */
int record_go_on(struct record *r);
/* What was measured before goes into the engine, and the session's rows into r->session. */
int record_go_on_engine(struct record *r);

/* record_gauge.c: the gauge opened and tried, r->reader made; what the header keeps of it, its last check too. */
int record_open_gauge(struct record *r);
void record_header_gauge(struct ses_header *h, const struct record *r);
int record_header_check(struct ses_header *h, struct record *r);

/* record_setup.c: study, procedure, points, gauge, file; everything up to the first question. */
int record_setup(struct record *r);
void record_teardown(struct record *r);

/* record_safety.c: bell, precautions, covered display before the first press; why it was stopped, after the last. */
int record_ask_safety(struct record *r);
/* A session that goes on keeps what was answered; a display that was uncovered meanwhile (--display open) counts. */
int record_display_again(struct record *r);
int record_ask_adverse(struct record *r);

/* record_ask.c: the confirmation line and the pain journal. */
int record_confirm(struct record *r);
int record_journal(struct record *r);

/* record_tell.c */
/* A sentence for the person, composed by the caller through the gate. */
void record_say(struct record *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same without a picture only: it shows this already. */
void record_say_line(struct record *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The alarm, from any thread: a wish to the sound's thread, and one byte to a terminal that must not block. */
void record_ring(const struct record *r);
/* Into the store; before it runs into the session itself. */
int record_store_event(struct record *r, int64_t t_ns, const char *kind, double value, const char *note);

/* record_act.c: an event into the engine, and its actions done */
int record_do(struct record *r, const struct acq_action *action);
int record_feed(struct record *r, const struct acq_event *event);
int record_feed_kind(struct record *r, enum acq_event_kind kind, int64_t t_ns);
int record_feed_key(struct record *r, enum acq_key key, int64_t t_ns);
int record_feed_rating(struct record *r, double value, int64_t t_ns);

/* record_people.c: what came of each since the last turn */
int record_take_button(struct record *r);
int record_take_keys(struct record *r);
int record_take_script(struct record *r);

/* record_loop.c */
int record_loop(struct record *r);
/* record_disk.c: a press goes to the store; it is said to be saved once it is. */
int record_keep_press(struct record *r, const struct acq_press *press);
int record_watch_disk(struct record *r);

#endif
