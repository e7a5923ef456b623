/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "driver/transport/usb_io.h"

#include "driver/transport/port.h"

#include <libusb.h>
#include <string.h>

enum { STOP_MS = 1000, PAUSE_MS = 10, SET_REPORT = 9, OUTPUT_REPORT = 0x0200 };

static int64_t now_ms(void)
{
	return alg_port_now_ns(NULL) / 1000000;
}

static int failed(struct alg_usb_io *io, const char *what, int rc)
{
	if (rc == LIBUSB_ERROR_NO_DEVICE || rc == LIBUSB_ERROR_NOT_FOUND)
		return ALG_ERR_NODEV;
	return alg_fail(io->log, MSG_DEV_IO, io->name, what, libusb_strerror(rc));
}

/* ---- reading --------------------------------------------------------------------------------------- */

/* Called by libusb out of alg_usb_io_* only, as nobody else handles the context's events. */
static void LIBUSB_CALL land(struct libusb_transfer *transfer)
{
	struct alg_usb_report *r = transfer->user_data;

	r->flying = false;
	r->io->landed[r->io->n_landed++] = r;
}

static int launch(struct alg_usb_report *r)
{
	int rc = libusb_submit_transfer(r->transfer);

	r->flying = rc == 0;
	return rc;
}

static int start(struct alg_usb_io *io)
{
	io->started = true;
	for (int i = 0; i < ALG_USB_FLYING; i++) {
		struct alg_usb_report *r = &io->report[i];

		r->io = io;
		r->transfer = libusb_alloc_transfer(0);
		if (!r->transfer)
			return LIBUSB_ERROR_NO_MEM;
		libusb_fill_interrupt_transfer(r->transfer, io->handle, io->in, r->data, io->in_size, land, r, 0);
		int rc = launch(r);

		if (rc)
			return rc;
	}
	return 0;
}

static void wait_for_events(struct alg_usb_io *io, int64_t ms)
{
	struct timeval most = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000};

	libusb_handle_events_timeout_completed(io->context, &most, NULL);
}

static bool any_flying(const struct alg_usb_io *io)
{
	for (int i = 0; i < ALG_USB_FLYING; i++)
		if (io->report[i].flying)
			return true;
	return false;
}

/* All transfers are called back; what one of them brings all the same stays among the landed. */
static void call_back(struct alg_usb_io *io)
{
	int64_t end_ms = now_ms() + STOP_MS;

	for (int i = 0; i < ALG_USB_FLYING; i++)
		if (io->report[i].flying)
			libusb_cancel_transfer(io->report[i].transfer);
	while (any_flying(io) && now_ms() < end_ms)
		wait_for_events(io, PAUSE_MS);
}

/* An endpoint that stalls or overflows at once, again and again, must not spin. */
static int recover(struct alg_usb_io *io, enum libusb_transfer_status status)
{
	int rc = 0;

	if (status == LIBUSB_TRANSFER_STALL) { /* the halt is cleared with nothing waiting */
		call_back(io);
		rc = libusb_clear_halt(io->handle, io->in);
	}
	alg_port_sleep_ms(NULL, PAUSE_MS);
	return rc;
}

/* What a transfer that came back means: 0, or a libusb error that ends the reading. */
static int consequence(struct alg_usb_io *io, enum libusb_transfer_status status)
{
	switch (status) {
	case LIBUSB_TRANSFER_COMPLETED:
	case LIBUSB_TRANSFER_CANCELLED: /* by call_back() */
		return 0;
	case LIBUSB_TRANSFER_STALL:
	case LIBUSB_TRANSFER_OVERFLOW:
		return recover(io, status);
	case LIBUSB_TRANSFER_NO_DEVICE:
		return LIBUSB_ERROR_NO_DEVICE;
	default:
		return LIBUSB_ERROR_IO;
	}
}

/* The oldest landed transfer: bytes of its report, 0 when it brought none, or a libusb error. It flies again. */
static int take(struct alg_usb_io *io, uint8_t *buf, size_t cap)
{
	struct alg_usb_report *r = io->landed[0];
	enum libusb_transfer_status status = r->transfer->status;
	size_t n = status == LIBUSB_TRANSFER_COMPLETED ? (size_t)r->transfer->actual_length : 0;

	n = n < cap ? n : cap;
	memcpy(buf, r->data, n);
	memmove(io->landed, io->landed + 1, (size_t)--io->n_landed * sizeof(io->landed[0]));
	int rc = consequence(io, status);

	if (rc == 0)
		rc = launch(r);
	return n ? (int)n : rc; /* a report that came counts; the error comes again */
}

int alg_usb_io_read(struct alg_usb_io *io, uint8_t *buf, size_t cap, int timeout_ms)
{
	int64_t end_ms = now_ms() + timeout_ms;
	int rc = io->started ? 0 : start(io);

	for (;;) {
		if (rc == 0 && io->n_landed)
			rc = take(io, buf, cap);
		if (rc)
			return rc > 0 ? rc : failed(io, "reading a report", rc);
		int64_t left_ms = end_ms - now_ms();

		if (left_ms <= 0 || (!io->n_landed && !any_flying(io)))
			return left_ms <= 0 ? 0 : ALG_ERR_NODEV;
		if (!io->n_landed)
			wait_for_events(io, left_ms);
	}
}

void alg_usb_io_stop(struct alg_usb_io *io)
{
	call_back(io);
	for (int i = 0; i < ALG_USB_FLYING; i++)
		if (!io->report[i].flying)
			libusb_free_transfer(io->report[i].transfer);
}

/* ---- writing --------------------------------------------------------------------------------------- */

/* libusb error, or 0 when all of it went. */
static int send(struct alg_usb_io *io, uint8_t *data, int len, unsigned timeout_ms)
{
	int n = 0, rc;

	if (io->out) {
		rc = libusb_interrupt_transfer(io->handle, io->out, data, len, &n, timeout_ms);
	} else {
		uint16_t value = io->report_value ? io->report_value : (uint16_t)(OUTPUT_REPORT + data[0]);

		n = libusb_control_transfer(io->handle, LIBUSB_ENDPOINT_OUT | LIBUSB_REQUEST_TYPE_CLASS | LIBUSB_RECIPIENT_INTERFACE,
			SET_REPORT, value, (uint16_t)io->interface, data, (uint16_t)len, timeout_ms);
		rc = n < 0 ? n : 0;
	}
	return rc ? rc : n == len ? 0 : LIBUSB_ERROR_IO;
}

int alg_usb_io_write(struct alg_usb_io *io, const uint8_t *buf, size_t len, int timeout_ms)
{
	uint8_t data[ALG_USB_PACKET_MAX];
	unsigned most_ms = timeout_ms > 0 ? (unsigned)timeout_ms : 1;

	if (len == 0 || len > sizeof(data))
		return alg_fail(io->log, MSG_BUG, "a USB report of an impossible length");
	memcpy(data, buf, len);
	int rc = send(io, data, (int)len, most_ms);

	if (rc == LIBUSB_ERROR_PIPE && io->out) { /* once; a control request clears its own */
		rc = libusb_clear_halt(io->handle, io->out);
		if (rc == 0)
			rc = send(io, data, (int)len, most_ms);
	}
	if (rc == LIBUSB_ERROR_TIMEOUT)
		return ALG_ERR_TIMEOUT;
	if (rc == LIBUSB_ERROR_PIPE)
		return alg_fail(io->log, MSG_USB_REFUSED, io->name, "a report", "it stalled");
	return rc ? failed(io, "writing a report", rc) : 0;
}
