/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * letters.h - letters five dots high for a word that is read across a room: A-Z, 0-9, blank - . > '.
 * Other characters are blanks. Pure.
 */
#ifndef UI_LETTERS_H
#define UI_LETTERS_H

#include <stdbool.h>

enum { UI_LETTERS_HIGH = 5 };

/* Dots from the first to the last column of the word, gaps of one dot between letters counted. */
int ui_letters_wide(const char *word);
/* Whether there is a dot; outside of the word there is none. */
bool ui_letters_dot(const char *word, int y, int x);

#endif
