/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * wagner_fdix.c - Wagner FDIX force gauges over RS-232, set to the maker's own protocol (functions 1 to 4 of
 * the gauge's RS-232 menu, not its "Chatillon protocol").
 *
 * Line:      8N1 taken for granted; the speed is not published, so ?baud= has to be given
 * Frame:     one line (driver/frame/line.c), taken for granted
 * Layout:    not published: only a line that is a number with at most a unit of force is taken, as the maker's
 *            FDX sends it: "18.14 kgf", "-0.25 lbf"
 * Commands:  "F" one reading, as a laboratory asks for it, after each answer or after 100 ms of silence.
 *            "C.5" "C1" "C2" "C5" "C10" "C20" "C50" "C100" so many readings a second; "CA" every reading;
 *            "CB" starts and "CE" stops the stream; each ends with CR (whether F does is not published).
 *            The opposite of CA leaves out what is below 2 % of full scale: the gauge would be silent at rest,
 *            as if its cable were out. It is not in this file.
 * Sign:      not published
 * Quirks:    the stream needs firmware 3.3.3 or newer, and is lost when the gauge switches itself off; so it is
 *            asked for each reading unless ?stream=1, and a stream that has died is started again. Its SEND key may
 *            start a stream by itself.
 * Not known: everything above that says so; error answers, overload, battery and peak on the wire
 * Source:    FDIX Continuous Output Mode, manual addendum 9/06; a laboratory's page, UNC (ogmonbur, wa-info1);
 *            all examples in tests/recordings/wagner-fdix/ are made up in the form of the FDX
 */
#include "driver/driver.h"

#define READ      "F\r"
#define RATE      "C20\r"
#define SEND_ALL  "CA\r"
#define START     "CB\r"
#define STOP      "CE\r"

enum { STREAM_HZ = 20 };

struct state {
	bool streams; /* it was asked to */
	bool heard;   /* a reading since poll() was last called */
};

static int say(struct alg_link *link, const char *request, size_t len)
{
	return alg_link_write(link, request, len);
}

static int start(struct alg_link *link)
{
	int rc = say(link, RATE, sizeof(RATE) - 1);

	if (rc >= 0)
		rc = say(link, SEND_ALL, sizeof(SEND_ALL) - 1);
	return rc < 0 ? rc : say(link, START, sizeof(START) - 1);
}

static int identify(struct alg_link *link, void *state, const struct alg_settings *set, struct alg_device_info *info)
{
	struct state *s = state;

	if (!set->stream)
		return 0;
	s->streams = s->heard = true; /* give it time for the first */
	info->rate_hz = STREAM_HZ;
	int rc = start(link);

	return rc < 0 && rc != ALG_ERR_TIMEOUT ? rc : 0;
}

static int poll(struct alg_link *link, void *state)
{
	struct state *s = state;
	int rc = 0;

	if (!s->streams) {
		rc = say(link, READ, sizeof(READ) - 1);
		return rc < 0 ? rc : 1;
	}
	if (!s->heard) /* switched off and on again: it has forgotten */
		rc = start(link);
	s->heard = false;
	return rc < 0 ? rc : 0;
}

static enum alg_verdict decode(
	const struct alg_frame *frame, void *state, const struct alg_settings *set, struct alg_reading *reading)
{
	struct state *s = state;
	enum alg_verdict verdict = alg_reading_of_line(frame, set, reading);

	s->heard |= verdict == ALG_FRAME_READING;
	return verdict;
}

static int stop(struct alg_link *link, void *state)
{
	struct state *s = state;

	return s->streams ? say(link, STOP, sizeof(STOP) - 1) : 0;
}

static const struct alg_request requests[] = {
	ALG_REQUEST(READ),  ALG_REQUEST(RATE), ALG_REQUEST(SEND_ALL),
	ALG_REQUEST(START), ALG_REQUEST(STOP), {0},
};

extern const struct alg_driver alg_driver_wagner_fdix;
const struct alg_driver alg_driver_wagner_fdix = {
	.info = {
		.name = "wagner-fdix",
		.summary = "Wagner FDIX over RS-232",
		.transport = "serial",
		.support = ALG_SUPPORT_PARTIAL,
		.limits = "the maker publishes the requests only: speed (?baud=), the answer's layout, sign, errors and overload "
			  "are not known; the answer is taken to look like the FDX's",
		.line = {.baud = 0, .data_bits = 8, .parity = 'N', .stop_bits = 1, .dtr = true, .rts = true},
		.rate_hz = 0,
		.sign_documented = false,
		.sends_unit = false, /* not known */
		.source = "Wagner FDIX Continuous Output Mode, manual addendum 9/06",
	},
	.framing = &alg_framing_line,
	.requests = requests,
	.poll_interval_ms = 0,    /* the next as soon as the answer is here */
	.reply_timeout_ms = 100,  /* as the laboratory does */
	.silence_ms = 1000,
	.state_size = sizeof(struct state),
	.identify = identify,
	.poll = poll,
	.decode = decode,
	.stop = stop,
};

_Static_assert(sizeof(struct state) <= ALG_DRIVER_STATE_MAX, "state of the family");
