/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * harm.c - requests that no part of this program may send to any gauge, whoever asks for them: they write a
 * memory, switch a gauge off or silence it, or make a machine press. The second lock behind each family's own
 * list of requests (device.c), the only one before the requests of profiles, which are files of anybody.
 *
 * A letter that is harmless on one gauge and not on another ("x", "!", digits) cannot stand here: such gauges
 * are kept apart by their families' lists.
 *
 * Source: the head comments of driver/devices/ mark10.c imada.c kcp.c wagner_fdix.c golink.c cpar.c; Attonic
 * AD-FG manual p. 20 (SET_SAVE)
 */
#include "driver/algometer.h"

#include <ctype.h>
#include <string.h>

enum { GOLINK_LEN = 8 };

/* Whole texts, compared without case and without what ends the line. */
static const struct {
	const char *text, *why;
} words[] = {
	{"SAVE", "writes a Mark-10's memory"},
	{"CLRMEM", "erases a Mark-10's memory"},
	{"SET_SAVE", "writes an Attonic's memory"},
	{"OM", "writes an Imada's memory"},
	{"OC0", "erases from an Imada's memory"},
	{"OC1", "erases an Imada's memory"},
	{"Q", "switches an Imada off"},
	{"CX", "silences a Wagner FDIX at rest"},
};

static bool is_word(const char *word, const uint8_t *text, size_t len)
{
	size_t i = 0;

	while (i < len && word[i] && word[i] == toupper(text[i]))
		i++;
	return i == len && word[i] == '\0';
}

static const char *harm_of_text(const uint8_t *text, size_t len)
{
	while (len && (text[len - 1] == '\r' || text[len - 1] == '\n' || text[len - 1] == ' '))
		len--;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (is_word(words[i].text, text, len))
			return words[i].why;
	if (len > 1 && toupper(text[0]) == 'E' && (isdigit(text[1]) || text[1] == '+' || text[1] == '-'))
		return "writes an Imada's set points";
	if (len > 4 && is_word("I4 A", text, 4))
		return "writes a KERN instrument's serial number";
	return NULL;
}

/* Of all generations' functions: identify, and the codes that stop. 02 and 08 hold its watchdog off; 13 starts an older one. */
static bool may_go_to_cpar(uint8_t function)
{
	return function == 0x01 || function == 0x04 || function == 0x13 || function == 0x14;
}

static const char *harm_of_bytes(const uint8_t *b, size_t len)
{
	if (len >= 3 && b[0] == 0xFF && b[1] == 0xF1 && !may_go_to_cpar(b[2]))
		return "could make a CPAR inflate its cuff";
	if (len == GOLINK_LEN && b[GOLINK_LEN - 1] == 0 && ((b[0] >= 0x11 && b[0] <= 0x16) || (b[0] >= 0x21 && b[0] <= 0x26)))
		return "writes a Go!Link's or its probe's memory";
	return NULL;
}

/* The text that a request has in it may be several lines: each of them is one. */
const char *alg_request_harm(const void *bytes, size_t len)
{
	const uint8_t *text = bytes;
	const char *why = harm_of_bytes(text, len);

	for (size_t at = 0; !why && at < len;) {
		size_t n = 0;

		while (at + n < len && text[at + n] != '\r' && text[at + n] != '\n')
			n++;
		while (n && text[at] == ' ') {
			at++;
			n--;
		}
		why = harm_of_text(text + at, n);
		at += n + 1;
	}
	return why;
}
