/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * algometer.h - the outer face of the gauge driver: the only header of driver/ that other rooms see.
 *
 * A gauge is opened by an address, read one reading at a time, and closed. The library never
 * prints, never exits and keeps no writable statics; what went wrong is said through the
 * struct alg_log given at opening, and the status comes back (base/status.h).
 *
 * Threads: one device belongs to one thread at a time. alg_device_info() may be called from
 * others after alg_device_open() has returned.
 *
 * The library writes to a gauge only what its family's documentation calls a reading request or
 * what alg_device_command() asks for. It has no function that can make a device apply pressure.
 */
#ifndef ALG_ALGOMETER_H
#define ALG_ALGOMETER_H

#include "base/log.h"
#include "base/units.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ALG_API __attribute__((visibility("default")))

/* "0.1.0" */
ALG_API const char *alg_version(void);

/* ---- what a gauge says ------------------------------------------------------------------- */

enum alg_reading_flag {
	ALG_READING_UNSTABLE = 1u << 0,    /* the gauge itself says: in motion */
	ALG_READING_OVERLOAD = 1u << 1,    /* the gauge says: over its limit; value may be NAN */
	ALG_READING_PEAK = 1u << 2,        /* a held peak, not the live force */
	ALG_READING_LOW_BATTERY = 1u << 3,
	ALG_READING_FAULT = 1u << 4,       /* the gauge reports a fault of its own; value is NAN */
	ALG_READING_UNSOLICITED = 1u << 5, /* came without being asked (SEND key) */
	ALG_READING_GAP = 1u << 6,         /* readings are missing just before this one */
	ALG_READING_NO_UNIT = 1u << 7,     /* the gauge sent no unit; the configured one was taken */
	ALG_READING_OUT_OF_SPEC = 1u << 8, /* the gauge asks for calibration or zeroing */
};

enum { ALG_SHOWN_MAX = 24 };
#define ALG_NO_DEVICE_TIME INT64_MIN

struct alg_reading {
	int64_t t_ns;         /* when the force was there, best estimate, on the device's clock below */
	int64_t arrival_ns;   /* when the bytes were here, taken as close to the read as possible */
	int64_t device_ns;    /* when it was taken, on the device's own clock (any zero, may wrap); ALG_NO_DEVICE_TIME: it has none */
	double value;         /* as the device said it, in unit, its own sign; NAN when it gave none */
	enum alg_unit unit;
	double force_n;       /* value in newton, polarity applied; NAN when it cannot be known */
	uint32_t flags;       /* enum alg_reading_flag */
	uint32_t counter;     /* the device's own counter; 0 when it has none */
	uint64_t seq;         /* 1, 2, 3, ... since opening */
	char shown[ALG_SHOWN_MAX]; /* the number and unit as sent, printable ASCII, "12.34 N" */
};

/* Words for the flags, space-separated ("unstable overload"), into out; "" when none. */
ALG_API void alg_reading_flag_words(char *out, size_t cap, uint32_t flags);

/* ---- transports that a caller can bring ----------------------------------------------------- */

/*
 * Bytes and time, nothing more. The simulator and tests bring their own; serial, USB, descriptor
 * and replay live in driver/transport. All functions get ctx. read returns the number of bytes
 * (for packet transports one whole packet), 0 when nothing came within timeout_ms (>= 1), or a
 * negative status: ALG_ERR_NODEV when the device is gone for good. write returns 0 when all bytes
 * are accepted, ALG_ERR_UNSUPPORTED when the device refuses them and lives on. now_ns is the clock on which readings are stamped; sleep_ms lets that clock pass.
 * close frees ctx.
 */
struct alg_line_settings {
	int baud;
	int data_bits;   /* 7 or 8 */
	char parity;     /* 'N', 'E', 'O' */
	int stop_bits;   /* 1 or 2 */
	bool dtr;        /* assert DTR (some cables are powered by it) */
	bool rts;
};

struct alg_transport_ops {
	const char *name;
	bool packets; /* read returns one whole packet, framing is given by it (USB reports) */
	int (*read)(void *ctx, uint8_t *buf, size_t cap, int timeout_ms);
	int (*write)(void *ctx, const uint8_t *buf, size_t len, int timeout_ms);
	int (*set_line)(void *ctx, const struct alg_line_settings *line); /* NULL: has no line */
	int (*flush)(void *ctx);                                          /* NULL: nothing to drop */
	void (*sleep_ms)(void *ctx, int ms);
	int64_t (*now_ns)(void *ctx);
	void (*close)(void *ctx);
};

struct alg_transport {
	const struct alg_transport_ops *ops;
	void *ctx;
};

/* ---- addresses -------------------------------------------------------------------------------- */

enum alg_uri_kind {
	ALG_URI_SERIAL, /* serial:/dev/ttyUSB0, serial:VID:PID:SERIAL, serial:[VID:PID:]path=1-2.3 */
	ALG_URI_USB,    /* usb:VID:PID[:SERIAL], usb:VID:PID:path=1-2; four hex digits each */
	ALG_URI_TCP,    /* tcp:HOST:PORT, [v6]:PORT */
	ALG_URI_TTY,    /* tty:/dev/pts/3 */
	ALG_URI_REPLAY, /* replay:FILE */
	ALG_URI_SIM,    /* sim:FAMILY; the caller must bring the transport */
};

enum alg_polarity { ALG_POLARITY_PLUS, ALG_POLARITY_MINUS, ALG_POLARITY_ABSOLUTE };

/* Two known loads on a gauge that sends a bridge's output and no force: ?points=RAW:FORCE,RAW:FORCE in newton or ?unit=. */
struct alg_points {
	bool given;
	double raw[2];     /* as the gauge sends it; the two differ */
	double force_n[2]; /* and so do these */
};

struct alg_uri {
	enum alg_uri_kind kind;
	char target[256];   /* path, host, or the simulated family */
	int port;           /* tcp */
	bool by_identity;   /* serial: the port of the adapter below, whatever its number is now; usb: always */
	uint16_t vid, pid;  /* usb, and of an adapter; both 0 for any */
	char serial[64];    /* the same; "" for any */
	char usb_path[32];  /* "1-2.3", "1-2.3:1.0" (a port of several); "" for any */
	char family[24];    /* ?family=, or the simulated one; "" when not given */
	int baud;           /* ?baud=; 0 for the family's */
	enum alg_polarity polarity; /* ?polarity=+ - abs; + when not given */
	bool polarity_given;
	enum alg_unit unit; /* ?unit=, for gauges that send none; of sim: what its display shows; ALG_UNIT_NONE when not given */
	bool pace, strict;  /* ?pace=1 ?strict=1, replay */
	bool simulated;     /* ?simulated=1: what is at the other end is no instrument */
	bool stream;        /* ?stream=1: let the gauge stream where it can, instead of polling */
	int channel;        /* ?channel=, 1..32, where the family has several; 0 when not given */
	struct alg_points points;
	char profile[256];  /* ?profile=, for family text: a file, or the name of a shipped profile; "" when not given */
	char rest[256];     /* other options "seed=7&noise=0.1", for sim: only */
};

/* Says MSG_URI or MSG_URI_OPTION. Options unknown to the kind are refused by name. */
ALG_API int alg_uri_parse(const char *text, struct alg_uri *uri, struct alg_log *log);
/*
 * True when the gauge may be called otherwise tomorrow (/dev/ttyUSB0 is whatever was plugged in first)
 * and something stays: then out is the address with the adapter's identity, options kept. Opens nothing.
 */
ALG_API bool alg_uri_stable(const char *text, char *out, size_t cap);

/* ---- families and models ------------------------------------------------------------------------ */

enum alg_support {
	ALG_SUPPORT_FULL,    /* what a measurement needs is documented, and done */
	ALG_SUPPORT_PARTIAL, /* the value and its unit are; more is not documented (limits says what) */
};

struct alg_family_info {
	const char *name;      /* "mark10" */
	const char *summary;   /* makers and models in a few words */
	const char *transport; /* "serial" or "usb-hid" */
	enum alg_support support;
	const char *limits;    /* what is not documented, or not done, in a few words; NULL: nothing that matters */
	struct alg_line_settings line;
	double rate_hz;        /* readings per second to be expected; 0 when not known */
	bool sign_documented;  /* the maker says which direction is plus */
	bool push_is_minus;    /* and it is pulling: force_n is turned round unless ?polarity= says otherwise */
	bool sends_unit;
	bool sends_raw;        /* a load cell's numbers: forces only by ?points= */
	bool has_channels;     /* ?channel= chooses one */
	const char *source;    /* where the protocol is documented */
};

ALG_API size_t alg_family_count(void);
ALG_API const struct alg_family_info *alg_family_at(size_t index);       /* NULL past the end */
ALG_API const struct alg_family_info *alg_family_find(const char *name); /* NULL when unknown */
/* "wagner, mark10, ..." for messages. */
ALG_API void alg_family_names(char *out, size_t cap);

/* An instrument that people know and this library does not read, because nobody documented what it sends. */
struct alg_unsupported {
	const char *name;    /* "somedic" */
	const char *aliases; /* other words for it, blanks between them; compared without case */
	const char *models;  /* makers and models in a few words */
	const char *why;     /* cannot be read: ... */
	const char *needed;  /* what would change that */
};
ALG_API const struct alg_unsupported *alg_unsupported_at(size_t index); /* NULL past the end */
/* By name or alias, in any case; NULL when it is none of them. */
ALG_API const struct alg_unsupported *alg_unsupported_find(const char *word);

/* ---- profiles of gauges that send lines of text (family text) ------------------------------------- */

enum {
	ALG_PROFILE_PATTERNS_MAX = 4,
	ALG_PROFILE_PATTERN_CAP = 128,
	ALG_PROFILE_UNITS_MAX = 16,
	ALG_PROFILE_TEXTS_MAX = 24,
	ALG_PROFILE_WORD_CAP = 32,
	ALG_PROFILE_REQUEST_MAX = 32, /* bytes of a request; its CR and LF count */
};

enum alg_profile_text_kind { ALG_TEXT_OVERLOAD, ALG_TEXT_UNDERLOAD, ALG_TEXT_ERROR, ALG_TEXT_IGNORED };

/*
 * What is known about a gauge, as data: how its line is set, what it is asked, and how a line of its text
 * becomes a reading. docs/PROFILES.md describes the file form and the patterns. Plain values: copying copies.
 */
struct alg_text_profile {
	char id[32];       /* "torbal-fa" */
	char title[96];    /* makers and models */
	char source[256];  /* where the layout is documented */
	char unproven[256]; /* what is not; "" when all of it is */
	bool proven;       /* the line's layout is documented or was recorded; false: it is a guess that is warned about */
	struct alg_line_settings line;
	uint8_t poll[ALG_PROFILE_REQUEST_MAX]; /* asks for one reading */
	size_t poll_len;                       /* 0: it streams by itself */
	uint8_t zero[ALG_PROFILE_REQUEST_MAX]; /* documented command for zero */
	size_t zero_len;                       /* 0: none */
	int poll_interval_ms, reply_timeout_ms, silence_ms; /* as in struct alg_driver */
	double rate_hz;          /* 0: not known */
	size_t line_len;         /* every line has just so many bytes, its end not counted; 0: any */
	char pattern[ALG_PROFILE_PATTERNS_MAX][ALG_PROFILE_PATTERN_CAP]; /* the first that fits counts */
	int n_patterns;
	char decimal_mark;       /* '.' or ',' */
	enum alg_unit unit;      /* of lines without one; NONE: ?unit= has to say */
	struct {
		char word[ALG_PROFILE_WORD_CAP]; /* as the gauge writes it, case counts */
		enum alg_unit unit;
	} units[ALG_PROFILE_UNITS_MAX]; /* what is not here is no force */
	int n_units;
	struct {
		char text[ALG_PROFILE_WORD_CAP]; /* the whole line without outer blanks, or its beginning with '*' at the end */
		enum alg_profile_text_kind kind;
	} texts[ALG_PROFILE_TEXTS_MAX];
	int n_texts;
	int compression; /* the sign that the maker gives to pressing: +1, -1, or 0: not documented */
};

/* Whether a pattern is one; false with *at its first wrong character (0..) and why. */
ALG_API bool alg_profile_pattern_check(const char *pattern, size_t *at, char *why, size_t cap);
/* True when the pattern has this field, such as "{unit}". */
ALG_API bool alg_profile_pattern_has(const char *pattern, const char *field);
/*
 * What these bytes would do to one of the gauges known here that nobody wants: write a memory, switch it off or silence
 * it, make it press. NULL: no such harm is documented. Requests that do harm are never sent (driver/harm.c).
 */
ALG_API const char *alg_request_harm(const void *bytes, size_t len);
/* "# profile:" of a recording's head, "" when it has none (or cannot be read; opening it tells). */
ALG_API void alg_recording_profile(const char *path, char *out, size_t cap);

/* ---- a device ------------------------------------------------------------------------------------- */

/*
 * What became of some bytes, for whoever wants to see it (`monitor --explain`). In the thread that reads,
 * in the order of the bytes. All pointers are valid during the call only.
 */
struct alg_explained {
	int64_t t_ns;         /* arrival */
	const uint8_t *bytes; /* the frame, or what was thrown away */
	size_t len;
	const char *verdict;  /* "reading", "insane", "foreign", "refused", "ignored", "bad-length", "bad-check",
	                         "first" (after opening, may lack its head), "cut" (a pause inside), "junk", "bytes" */
	const char *text;     /* more about it: which fields, or where it stopped to fit; "" when there is no more */
	const struct alg_reading *reading; /* NULL when it is none */
};
typedef void alg_explain(void *ctx, const struct alg_explained *what);
struct alg_device_info;

struct alg_open_opts {
	struct alg_log *log;              /* may be NULL */
	const struct alg_transport *transport; /* brought by the caller, taken over even on failure; or NULL */
	int usb_fd;                       /* > 0: an open usbfs descriptor instead of a look-up (tests, portals) */
	const char *capture_path;         /* record all bytes to this new file; or NULL */
	const struct alg_device_info *same_as; /* of an earlier opening: a device of another USB identity is refused; or NULL */
	const struct alg_text_profile *profile; /* for family text; copied; or NULL */
	alg_explain *explain; /* or NULL */
	void *explain_ctx;
	/*
	 * Only listen: nothing is written, nothing decoded, each piece of bytes goes to explain (and into the
	 * capture). The family may be missing; when there is one, its line settings are used. Not over USB.
	 */
	bool listen;
};

struct alg_device;

struct alg_device_info {
	char family[24];
	char model[48];      /* as the gauge names itself, cleaned; "" when it does not */
	char serial[48];     /* of the gauge or its adapter, cleaned; "" when there is none */
	char firmware[48];
	char address[320];   /* the address it was opened by */
	char usb_id[12];     /* of the gauge or its adapter: "0403:6001"; "" when not on USB */
	char usb_serial[64]; /* "" when there is none, or when another one that is connected has the same */
	char usb_path[40];   /* bus and sockets, with the interface for a serial port: "1-2.3:1.0" */
	enum alg_polarity polarity; /* the address's; when it gives none, - for a family whose maker counts pushing as minus */
	bool simulated;      /* the bytes come from sim: or a recording marked synthetic */
	double resolution_n; /* last decimal shown by the first reading; NAN until there was one */
	double capacity_n;   /* NAN when not known */
	double rate_hz;      /* expected; alg_device_rate_hz() is what comes */
};

/* Why bytes and frames were not readings; all since opening. */
struct alg_counters {
	uint64_t readings;
	uint64_t bytes;
	uint64_t frames;         /* whole frames; one with several readings counts as so many */
	uint64_t skipped_bytes;  /* thrown away while looking for a frame */
	uint64_t bad_length;     /* frames too long, too short, or cut */
	uint64_t bad_check;      /* wrong checksum or end mark */
	uint64_t insane;         /* whole frames that make no sense */
	uint64_t foreign;        /* whole, sane, and not a force (gravity, torque) */
	uint64_t refused;        /* the gauge answered with an error code */
	uint64_t timeouts;       /* requests without an answer */
	uint64_t ignored;        /* whole frames that are expected and no reading: answers to
	                            identification, and the first frame after opening (may be cut) */
	uint64_t framed_bytes;   /* in whole frames, delimiters included */
};
/*
 * Nothing is lost silently:
 *   frames == readings + insane + foreign + refused + ignored
 *   bytes  == framed_bytes + skipped_bytes + what waits for the rest of its frame (none after the end)
 */

/*
 * Opens and identifies. On success *out is to be closed by the caller; on failure *out is NULL,
 * what was wrong has been said and the status is one of ARG, NODEV, ACCESS, BUSY, TIMEOUT, PROTO,
 * UNSUPPORTED, IO, FORMAT (a broken recording), NOMEM.
 */
ALG_API int alg_device_open(
	const struct alg_uri *uri, const struct alg_open_opts *opts, struct alg_device **out);
/*
 * The next reading: 1 and *out filled, 0 when none came within timeout_ms (>= 1), negative when
 * the device is gone (ALG_ERR_NODEV; the end of a recording as well) or the transport failed.
 * No malloc, no disk (unless capturing), no terminal.
 */
ALG_API int alg_device_read(struct alg_device *dev, struct alg_reading *out, int timeout_ms);

/* STOP: a machine that presses by itself is to let go; it is the only thing such a machine can be told. */
enum alg_command { ALG_COMMAND_ZERO, ALG_COMMAND_LIVE_MODE, ALG_COMMAND_STOP };
/*
 * ALG_ERR_UNSUPPORTED where the family has no documented bytes for it. STOP may take half a second; ALG_ERR_PROTO, said, and
 * nothing sent when it is not beyond doubt which firmware answers.
 */
ALG_API int alg_device_command(struct alg_device *dev, enum alg_command command);

ALG_API const struct alg_device_info *alg_device_info(const struct alg_device *dev);
/* Readings a second as they came: of the last two seconds, at the start of fewer; 0 while there are none to count. */
ALG_API double alg_device_rate_hz(const struct alg_device *dev);
ALG_API struct alg_counters alg_device_counters(const struct alg_device *dev);
/*
 * Whether a gauge that was opened again is the one that was lost: the same family, and the same serial number
 * where it had one.
 */
ALG_API bool alg_device_is_same(const struct alg_device_info *was, const struct alg_device_info *now);
/* The transport's clock, the one readings are stamped on. */
ALG_API int64_t alg_device_now_ns(const struct alg_device *dev);
/* Stops a stream that was started and closes; NULL is fine. Returns the capture's status. */
ALG_API int alg_device_close(struct alg_device *dev);

/* ---- discovery: writes nothing to any port ------------------------------------------------------- */

struct alg_candidate {
	char address[320]; /* usable with alg_uri_parse; may lack ?family= */
	char stable[320];  /* the one that means the same gauge tomorrow; "" when nothing stays the same */
	char model[96];    /* the adapter's or device's own description, cleaned */
	char usb_id[12];   /* "0403:6001", or "" */
	char serial[64];
	char usb_path[40]; /* bus and sockets: "1-2.3" */
	char node[256];    /* the file that is opened: "/dev/ttyUSB0"; "" when the kernel has made none */
	char family[24];   /* decided by USB identity alone; "" when the port does not tell */
	bool unknown;      /* no gauge that this library reads, though its maker has some */
	bool permitted;    /* this user may open it */
	char verdict[256]; /* one sentence: usable, or why not and what to do */
};

/* Fills up to max; returns how many there are, or a negative status. */
ALG_API int alg_discover(struct alg_candidate *out, size_t max, struct alg_log *log);

/* ---- detection: which family speaks on a serial port ------------------------------------------------ */

struct alg_detect_opts {
	struct alg_log *log;
	const struct alg_transport *transport; /* brought by the caller, taken over even on failure; or NULL */
	bool probe; /* where nothing speaks by itself, ask: driver/probe.h has all that may then be written */
	bool (*go_on)(void *ctx, const char *doing); /* before each step, "listening at 9600 baud 8N1"; false ends; or NULL */
	void *ctx;
};

enum { ALG_DETECTED_MAX = 8 };

struct alg_detected {
	const struct alg_family_info *families[ALG_DETECTED_MAX]; /* all that send just this: more than one is no decision */
	size_t n_families;
	int baud;       /* at which they were heard */
	bool asked;     /* they answered; else they spoke by themselves */
	bool spoke;     /* bytes came by themselves; of nobody known, when there are no families */
	uint64_t bytes; /* heard in all */
};

/*
 * Opens a serial: or tty: port, which asserts DTR and so resets some boards, and listens, for some
 * 10 s at most; writes nothing unless opts->probe. 1 a family is known, 0 none; negative: the port
 * failed, or go_on ended it (ALG_ERR_CANCELLED, not said).
 */
ALG_API int alg_detect(const struct alg_uri *uri, const struct alg_detect_opts *opts, struct alg_detected *out);

#endif
