/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * device.h - what open.c (how a gauge is opened), receive.c, link.c and device.c (how it is read) and detect.c
 * (which family reads it) share. Nobody else's.
 */
#ifndef ALG_DEVICE_H
#define ALG_DEVICE_H

#include "driver/driver.h"
#include "driver/stamp.h"

enum { ALG_RX_MAX = 8192 };

struct alg_device {
	struct alg_device_info info;
	const struct alg_driver *driver;
	struct alg_transport transport;
	struct alg_settings settings;
	struct alg_log *log;
	struct alg_counters count;
	int capture_status; /* set when the transport is closed */
	bool recording;     /* its end is no fault */
	bool polarity_given;
	bool listen;        /* nothing is asked and nothing decoded */
	bool passive;       /* a recording that is not strict: nothing is asked, what stands there is decoded */
	const char *kind;   /* of a capture: "recorded", ... */
	bool gone;
	bool untrusted;     /* the next whole frame may have lost its head: it is ignored */
	bool lost;          /* something did not become a reading since the last one */
	bool more;          /* frame has another reading */
	struct alg_frame frame; /* the last one taken for decoding */

	bool polls, asked;  /* the gauge is asked for readings; an answer is outstanding */
	int64_t ask_ns, next_ask_ns;
	int64_t arrival_ns, last_reading_ns, last_t_ns;
	int64_t byte_ns;    /* a byte takes so long on the line; 0: there is none, or not known */
	size_t frame_bytes; /* of the last whole frame, delimiters included */
	struct alg_stamp stamp; /* of a gauge that streams, or tells its own time */
	bool clocked;       /* it did, with the last reading */
	uint64_t seq;
	int64_t rate_from_ns, rate_to_ns; /* the first and last of the readings that are being counted */
	int rate_n;
	double rate_hz;     /* of the last two seconds that were counted; 0: none yet */

	alg_explain *explain; /* NULL: nobody wants to know */
	void *explain_ctx;
	struct alg_text_profile profile; /* of family text, and the driver that is made of it */
	struct alg_driver own;
	struct alg_request own_requests[3];

	size_t rx_at, rx_end; /* received and not yet used: rx[rx_at..rx_end) */
	int64_t quiet_ns;     /* so long was waited, in vain, for the rest of an unfinished frame */
	size_t stalled;       /* so many of them are followed by an unlikely pause: their frame is cut */
	uint8_t rx[ALG_RX_MAX];
	_Alignas(16) uint8_t state[ALG_DRIVER_STATE_MAX];
};

struct alg_link {
	struct alg_device *dev;
};

/* receive.c: the transport's clock. */
int64_t alg_rx_now(const struct alg_device *dev);
/* Waits for bytes: 1 some came, 0 none, negative when the device has ended. */
int alg_rx_fill(struct alg_device *dev, int timeout_ms);
/* The next whole frame out of what has been received. */
bool alg_rx_take(struct alg_device *dev, struct alg_frame *frame);
/* The device is gone: what is left will never be whole. Returns status, said when it is news. */
int alg_rx_ended(struct alg_device *dev, int status);
/* The family's frames have no marks of their own (driver/frame/frame.h): after so long a silence a new one begins. 0: they have. */
int alg_rx_gap_ms(const struct alg_device *dev);
/* All that has come and is no frame is thrown away; and where frames have no marks, nothing counts before a silence. */
void alg_rx_drop_all(struct alg_device *dev);
void alg_rx_distrust(struct alg_device *dev);
/* To whom it may concern (alg_open_opts.explain); text is "" or more about it, reading may be NULL. */
void alg_rx_tell(struct alg_device *dev, const uint8_t *bytes, size_t len, const char *verdict, const char *text,
	const struct alg_reading *reading);

/* alg_device_read without looking at whether the device is gone already. */
int alg_device_next(struct alg_device *dev, struct alg_reading *out, int timeout_ms);

#endif
