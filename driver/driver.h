/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * driver.h - the inner face of the driver: all that a file in driver/devices/ may use.
 *
 * A family is one const struct alg_driver at the bottom of its file. decode() does no I/O and
 * keeps what it must remember in the state block; the others may talk through the alg_link.
 * The read-find-resync loop exists once (receive.c), and so do counters, time stamps and unit conversion (device.c).
 */
#ifndef ALG_DRIVER_H
#define ALG_DRIVER_H

#include "driver/algometer.h"
#include "driver/frame/frame.h"
#include "driver/transport/usbway.h"

/*
 * The driver's way to talk: bytes out, one frame in. Valid only inside the call it is passed to.
 * Only byte strings that the family's own list of requests allows go out, whole; anything else is
 * ALG_ERR_BUG and not sent. ALG_ERR_UNSUPPORTED: the device would not take it, and lives.
 */
struct alg_link;
int alg_link_write(struct alg_link *link, const void *bytes, size_t len);
/* 1 a frame, 0 none within timeout_ms, negative gone. The first one after opening may lack its head. */
int alg_link_frame(struct alg_link *link, struct alg_frame *frame, int timeout_ms);
/* Write, then the first frame that comes; 1, 0 or negative as above. */
int alg_link_ask(struct alg_link *link, const void *bytes, size_t len, struct alg_frame *reply, int timeout_ms);
void alg_link_sleep_ms(struct alg_link *link, int ms);
int64_t alg_link_now_ns(struct alg_link *link); /* so that waiting ends although other frames come without end */
struct alg_log *alg_link_log(struct alg_link *link);
const char *alg_link_address(struct alg_link *link); /* for messages */

/* What the person configured, for decode and identify. */
struct alg_settings {
	enum alg_unit unit; /* for gauges that send none */
	bool stream;
	int baud;           /* the line's; 0 when the transport has none (tcp:, a recording) */
	int channel;        /* of gauges with several; 0 when not given */
	struct alg_points points; /* of gauges that send no force */
	int usb_release;    /* bcdDevice of a USB gauge; 0 when not known */
	uint16_t usb_vid, usb_pid; /* of a USB gauge; 0 when not known */
	const struct alg_text_profile *profile; /* of family text; NULL when there is none */
};

/* What decode() says about a frame. */
enum alg_verdict {
	ALG_FRAME_READING,    /* *reading is filled */
	ALG_FRAME_READINGS,   /* *reading is filled, and the frame has more: decode is called with it again */
	ALG_FRAME_INSANE,     /* whole, and makes no sense */
	ALG_FRAME_FOREIGN,    /* whole, sane, not a force */
	ALG_FRAME_REFUSED,    /* the gauge's error answer */
	ALG_FRAME_BAD_LENGTH, /* a frame of the wrong length */
	ALG_FRAME_BAD_CHECK,
	ALG_FRAME_IGNORED,    /* an acknowledgement, a banner: expected, not a reading */
};

enum { ALG_DRIVER_STATE_MAX = 512 };

/*
 * A byte string that a family may send. same has one character for each byte: '=' just this one, '.' any
 * (a counter, a checksum, a length of time). NULL: all just so.
 */
struct alg_request {
	const char *bytes; /* NULL ends a list */
	size_t len;
	const char *same;
};
#define ALG_REQUEST(text)             {(text), sizeof(text) - 1, NULL}
#define ALG_REQUEST_LIKE(text, same_) {(text), sizeof(text) - 1, (same_)}
/* True when one of the list's requests is these bytes. */
bool alg_request_allows(const struct alg_request *list, const void *bytes, size_t len);

struct alg_driver {
	struct alg_family_info info;
	const struct alg_framing *framing; /* NULL: packets of the transport are the frames */
	const struct alg_usb_way *usb; /* NULL: not a USB gauge */
	const struct alg_request *requests; /* all that it may send, ends with {0}; NULL: sends nothing */
	/* More of them, by what the gauge turned out to be: a list, or NULL. NULL: none ever. */
	const struct alg_request *(*more)(const void *state);
	int poll_interval_ms;   /* least time between two requests; 0: as soon as the answer is here */
	int reply_timeout_ms;   /* a request without an answer for so long is a timeout */
	int first_ms;           /* so long the first reading may take after opening (a board that boots); 0: 3000 */
	int silence_ms;         /* nothing for so long from a talking gauge: the signal is lost */
	size_t state_size;      /* <= ALG_DRIVER_STATE_MAX, zeroed at opening */
	/* NULL in any of these means "does not do that". */
	int (*identify)(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info);
	/*
	 * Sends one request for a reading: 1. 0 when none is needed because the gauge streams; it is
	 * then called again every silence_ms, so that a stream that died can be started anew.
	 */
	int (*poll)(struct alg_link *link, void *state);
	/* Fills value, unit, flags, counter, shown; the rest is device.c's. No I/O. */
	enum alg_verdict (*decode)(
		const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading);
	/* How decode took a frame, or where it stopped to fit, for `monitor --explain`. No I/O. */
	void (*explain)(const struct alg_frame *frame, const struct alg_settings *set, char *out, size_t cap);
	int (*command)(struct alg_link *link, void *state, enum alg_command command);
	int (*stop)(struct alg_link *link, void *state); /* safe twice, at any moment */
	/* A machine that presses by itself: makes it let go. Says why when it cannot. */
	int (*let_go)(struct alg_link *link, void *state);
};

/*
 * A line that is a number and at most a unit of force, into value, unit and shown: READING. Without a unit
 * the configured one is taken, and flagged. Anything else: INSANE, also a word that is no unit of force.
 */
enum alg_verdict alg_reading_of_line(
	const struct alg_frame *frame, const struct alg_settings *set, struct alg_reading *reading);
/* text.c: the family's driver, filled in from a profile; requests has room for three. */
void alg_text_driver(struct alg_driver *out, struct alg_request *requests, const struct alg_text_profile *profile);
/* listen.c: takes all bytes as they come and decodes none. */
extern const struct alg_driver alg_driver_listen;

/* registry.c; sorted as design.md lists the families. */
extern const struct alg_driver *const alg_drivers[]; /* ends with NULL */
const struct alg_driver *alg_driver_find(const char *family);

/* What a USB identity tells without a byte being written. A model of a known family is a row. */
struct alg_model {
	uint16_t vid, pid;
	const char *family; /* NULL: an adapter that says nothing about the gauge behind it; "": no gauge of ours */
	const char *name;
	const char *kernel_driver; /* of a serial gauge: makes the port, but has to be told the identity (udev/); NULL: needs nothing */
};
const struct alg_model *alg_model_find(uint16_t vid, uint16_t pid); /* NULL when unknown */
const struct alg_model *alg_model_at(size_t index);                  /* NULL past the end */

#endif
