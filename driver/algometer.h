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
 * are accepted. now_ns is the clock on which readings are stamped; sleep_ms lets that clock pass.
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
	ALG_URI_SERIAL, /* serial:/dev/ttyUSB0 */
	ALG_URI_USB,    /* usb:VID:PID[:SERIAL], four hex digits each */
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
	uint16_t vid, pid;  /* usb */
	char serial[64];    /* usb; "" for any */
	char family[24];    /* ?family=, or the simulated one; "" when not given */
	int baud;           /* ?baud=; 0 for the family's */
	enum alg_polarity polarity; /* ?polarity=+ - abs; default + */
	bool polarity_given;
	enum alg_unit unit; /* ?unit=, for gauges that send none; ALG_UNIT_NONE when not given */
	bool pace, strict;  /* ?pace=1 ?strict=1, replay */
	bool simulated;     /* ?simulated=1: what is at the other end is no instrument */
	bool stream;        /* ?stream=1: let the gauge stream where it can, instead of polling */
	int channel;        /* ?channel=, 1..32; 0 when not given */
	struct alg_points points;
	char profile[256];  /* ?profile=, for family text: a file, or the name of a shipped profile; "" when not given */
	char rest[256];     /* other options "seed=7&noise=0.1", for sim: only */
};

/* Says MSG_URI or MSG_URI_OPTION. Options unknown to the kind are refused by name. */
ALG_API int alg_uri_parse(const char *text, struct alg_uri *uri, struct alg_log *log);

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
	bool sends_unit;
	const char *source;    /* where the protocol is documented */
};

ALG_API size_t alg_family_count(void);
ALG_API const struct alg_family_info *alg_family_at(size_t index);       /* NULL past the end */
ALG_API const struct alg_family_info *alg_family_find(const char *name); /* NULL when unknown */
/* "wagner, mark10, ..." for messages. */
ALG_API void alg_family_names(char *out, size_t cap);

/* ---- a device ------------------------------------------------------------------------------------- */

struct alg_text_profile;

struct alg_open_opts {
	struct alg_log *log;              /* may be NULL */
	const struct alg_transport *transport; /* brought by the caller, taken over even on failure; or NULL */
	int usb_fd;                       /* > 0: an open usbfs descriptor instead of a look-up (tests, portals) */
	const char *capture_path;         /* record all bytes to this new file; or NULL */
	const struct alg_text_profile *profile; /* for family text; copied; or NULL */
};

struct alg_device;

struct alg_device_info {
	char family[24];
	char model[48];      /* as the gauge names itself, cleaned; "" when it does not */
	char serial[48];     /* of the gauge or its adapter, cleaned; "" when there is none */
	char firmware[48];
	char address[320];   /* the address it was opened by */
	enum alg_polarity polarity;
	bool simulated;      /* the bytes come from sim: or a recording marked synthetic */
	double resolution_n; /* last decimal shown by the first reading; NAN until there was one */
	double capacity_n;   /* NAN when not known */
	double rate_hz;      /* expected */
};

/* Why bytes and frames were not readings; all since opening. */
struct alg_counters {
	uint64_t readings;
	uint64_t bytes;
	uint64_t frames;         /* whole frames */
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

enum alg_command { ALG_COMMAND_ZERO, ALG_COMMAND_LIVE_MODE };
/* ALG_ERR_UNSUPPORTED where the family has no documented bytes for it. */
ALG_API int alg_device_command(struct alg_device *dev, enum alg_command command);

ALG_API const struct alg_device_info *alg_device_info(const struct alg_device *dev);
ALG_API struct alg_counters alg_device_counters(const struct alg_device *dev);
/* The transport's clock, the one readings are stamped on. */
ALG_API int64_t alg_device_now_ns(const struct alg_device *dev);
/* Stops a stream that was started and closes; NULL is fine. Returns the capture's status. */
ALG_API int alg_device_close(struct alg_device *dev);

/* ---- discovery: writes nothing to any port ------------------------------------------------------- */

struct alg_candidate {
	char address[320]; /* usable with alg_uri_parse; may lack ?family= */
	char node[80];     /* the device file behind it */
	char model[96];    /* the adapter's or device's own description, cleaned */
	char usb_id[12];   /* "0403:6001", or "" */
	char serial[64];
	char family[24];   /* decided by USB identity alone; "" when the port does not tell */
	bool permitted;    /* this user may open it */
	char verdict[160]; /* one sentence: usable, or why not and what to do */
};

/* Fills up to max; returns how many there are, or a negative status. */
ALG_API int alg_discover(struct alg_candidate *out, size_t max, struct alg_log *log);

#endif
