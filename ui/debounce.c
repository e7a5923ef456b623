/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/debounce.h"

#include "base/clock.h"

bool ui_debounce(struct ui_debounce *debounce, const struct ui_edge *edge)
{
	int64_t since_ns = edge->t_ns - debounce->last_ns;
	bool bounce = debounce->has_last && since_ns < UI_BOUNCE_MS * ALG_NS_PER_MS;

	/* An edge that is older than the last one moves nothing back. */
	if (!debounce->has_last || since_ns > 0)
		debounce->last_ns = edge->t_ns;
	debounce->has_last = true;
	debounce->bounces += edge->down && bounce;
	return edge->down && !bounce;
}
