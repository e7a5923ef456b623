/* SPDX-License-Identifier: GPL-3.0-or-later */
/* examine.c - the order in which everything is looked at, and what of it prevents measuring. */
#include "host/look.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void host_view_here(struct host_view *view, const char *release)
{
	*view = (struct host_view){.root = "", .path = getenv("PATH"), .release = release, .stat = stat, .access = access,
		.statfs = statfs, .adjtimex = adjtimex};
	alg_access_me(&view->user);
}

static bool is_candidate_faulty(const struct host_report *report, const struct alg_candidate *candidate)
{
	for (size_t i = 0; i < report->n; i++)
		if (report->found[i].severity == HOST_FAULT && strcmp(report->found[i].where, candidate->node) == 0)
			return true;
	return false;
}

/* Ports of the board are there without a gauge: they count only where nothing is plugged into USB. */
static bool is_any_usable(const struct host_look *look, bool usb)
{
	const struct host_view *view = look->view;

	for (size_t i = 0; i < view->n_candidates; i++)
		if ((*view->candidates[i].usb_id != '\0') == usb && !is_candidate_faulty(look->report, &view->candidates[i]))
			return true;
	return false;
}

static bool has_usb(const struct host_look *look)
{
	for (size_t i = 0; i < look->view->n_candidates; i++)
		if (*look->view->candidates[i].usb_id)
			return true;
	return look->faulty_usb > 0;
}

static void tell_nothing(struct host_look *look)
{
	struct host_finding *finding = host_add(look, "no-device", HOST_FAULT, HOST_PORTS, "USB and serial ports");

	host_what(finding, "No gauge, no adapter and no serial port is connected to this computer.");
	host_remedy(finding, "Switch the gauge on; push the plug home at both ends; try another USB socket, without a hub; try "
		"another cable, as some only charge; then look again:");
	host_command(finding, "algometer doctor");
}

/* A gauge with a USB plug that is not seen looks like this on a computer that has a serial port of its own. */
static void tell_no_usb(struct host_look *look)
{
	const char *node = look->view->candidates[0].node;
	struct host_finding *finding = host_add(look, "no-usb", HOST_NOTE, HOST_PORTS, "USB");

	host_what(finding, "No gauge and no adapter is connected by USB; there is only the computer's own serial port %s.", node);
	host_remedy(finding, "If your gauge has a USB plug: switch it on, push the plug home at both ends, try another USB socket and "
		"another cable, as some only charge; then look again:");
	host_command(finding, "algometer doctor");
}

static void look_at_ports(struct host_look *look, struct host_port *ports, size_t n)
{
	bool usb = has_usb(look);

	for (size_t i = 0; i < n; i++) {
		size_t before = look->report->n;

		host_look_at_port(look, &ports[i]);
		host_look_at_holders(look, &ports[i]);
		host_look_at_services(look, &ports[i]);
		/* Beside a USB device a port of the board is rarely meant. */
		for (size_t k = before; k < look->report->n; k++)
			if (usb && !ports[i].usb)
				look->report->found[k].severity = HOST_NOTE;
	}
	host_look_for_twins(look, ports, n);
	look->report->looked[HOST_PORTS] = look->report->looked[HOST_PROGRAMS] = true;
}

static int look_at_devices(struct host_look *look)
{
	const struct host_view *view = look->view;
	struct host_port *ports = calloc(view->n_candidates + 1, sizeof(*ports));
	size_t n = 0;
	int rc;

	if (!ports)
		return ALG_ERR_NOMEM;
	for (size_t i = 0; i < view->n_candidates; i++)
		if (host_port_open(look, &view->candidates[i], &ports[n]))
			n++;
	look_at_ports(look, ports, n);
	rc = host_look_for_unbound(look);
	if (rc == 0 && view->n_candidates == 0 && look->faulty_usb == 0)
		tell_nothing(look);
	else if (rc == 0 && !has_usb(look))
		tell_no_usb(look);
	while (n)
		host_port_close(&ports[--n]);
	free(ports);
	return rc;
}

/* Stable: within a severity in the order of finding. */
static void sort(struct host_report *report)
{
	for (size_t i = 1; i < report->n; i++) {
		struct host_finding moved = report->found[i];
		size_t at = i;

		for (; at && report->found[at - 1].severity > moved.severity; at--)
			report->found[at] = report->found[at - 1];
		report->found[at] = moved;
	}
}

static bool has_fault(const struct host_report *report, enum host_group group)
{
	for (size_t i = 0; i < report->n; i++)
		if (report->found[i].severity == HOST_FAULT && report->found[i].group == group)
			return true;
	return false;
}

size_t host_with_node(struct alg_candidate *list, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (*list[i].node && !list[i].unknown)
			list[kept++] = list[i];
	return kept;
}

int host_examine(const struct host_view *view, struct host_report *report, struct alg_log *log)
{
	struct host_look look = {.view = view, .report = report, .udev = udev_new()};
	int rc;

	*report = (struct host_report){0};
	rc = look.udev ? look_at_devices(&look) : ALG_ERR_NOMEM;
	if (rc == 0) {
		host_look_at_rules(&look);
		host_look_at_study(&look);
		host_look_at_computer(&look);
		report->device_usable = is_any_usable(&look, has_usb(&look));
		report->study_usable = !has_fault(report, HOST_STUDY);
		sort(report);
	}
	udev_unref(look.udev);
	return rc ? alg_fail(log, MSG_DEV_UDEV, alg_status_text(rc)) : 0;
}
