/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * messages.h - every sentence that the program can say about a fault, in one table.
 *
 * A message is a macro that stands for four arguments of alg_fail(), alg_warn() or alg_note():
 *     id, status, exit code, printf format
 * so that the compiler checks the format against the arguments. The id never changes and is never
 * used again; 1xx general, 2xx typed, 3xx device, 4xx data file, 5xx study, 6xx measuring,
 * 7xx analysis and plots, 8xx simulation. Exit code: 1 tried and failed, 2 what was typed,
 * 3 device, 4 data file. A sentence says what was wrong, where, and after a colon or in
 * parentheses what to do next. docs/MESSAGES.md is made from this file.
 */
#ifndef ALG_BASE_MESSAGES_H
#define ALG_BASE_MESSAGES_H

/* general */
#define MSG_NOMEM           101, ALG_ERR_NOMEM, 1, "out of memory: %s"
#define MSG_BUG             102, ALG_ERR_BUG, 1, "internal error: %s (please report it)"
#define MSG_FILE_ABSENT     103, ALG_ERR_IO, 1, "%s: no such file (check the name)"
#define MSG_FILE_OPEN       104, ALG_ERR_IO, 1, "%s: cannot be opened: %s"
#define MSG_FILE_READ       105, ALG_ERR_IO, 1, "%s: cannot be read: %s"
#define MSG_FILE_WRITE      106, ALG_ERR_IO, 1, "%s: cannot be written: %s"
#define MSG_FILE_EXISTS     107, ALG_ERR_EXISTS, 1, "%s: exists already and is never overwritten: %s"
#define MSG_FILE_SIZE       108, ALG_ERR_IO, 1, "%s: %lld bytes is more than the %lld allowed for this kind of file"
#define MSG_DIR_MAKE        109, ALG_ERR_IO, 1, "%s: folder cannot be made: %s"
#define MSG_CANCELLED       110, ALG_ERR_CANCELLED, 1, "stopped: %s"

/* what was typed */
#define MSG_USAGE           201, ALG_ERR_ARG, 2, "%s (see 'algometer help %s')"
#define MSG_COMMAND         202, ALG_ERR_ARG, 2, "unknown command '%s' (see 'algometer help')"
#define MSG_OPTION_VALUE    203, ALG_ERR_ARG, 2, "option %s: '%s' is not %s"
#define MSG_URI             204, ALG_ERR_ARG, 2, "device address '%s': %s (known: serial:PORT usb:VID:PID tcp:HOST:PORT tty:PATH replay:FILE sim:FAMILY)"
#define MSG_URI_OPTION      205, ALG_ERR_ARG, 2, "device address option '%s': %s"
#define MSG_FAMILY_UNKNOWN  206, ALG_ERR_ARG, 2, "unknown instrument family '%s' (known: %s)"
#define MSG_FAMILY_MISSING  207, ALG_ERR_ARG, 2, "%s: which family of gauge is it? add ?family=NAME (known: %s)"
#define MSG_CODE            208, ALG_ERR_ARG, 2, "participant '%s' is not a code of this study (%s): codes only, never a name"
#define MSG_SITE_UNKNOWN    209, ALG_ERR_ARG, 2, "unknown site '%s' (see 'algometer points --sites')"
#define MSG_PROCEDURE_UNKNOWN 210, ALG_ERR_ARG, 2, "unknown procedure '%s' (known: %s)"

/* device (3xx) */

/* data file (4xx) */
#define MSG_H5_NOT_HDF5     401, ALG_ERR_FORMAT, 4, "%s: is not an HDF5 file (a session file ends in _algometry.h5)"
#define MSG_H5_NOT_OURS     402, ALG_ERR_FORMAT, 4, "%s: is HDF5, but not an Algometer session (%s)"
#define MSG_H5_DAMAGED      403, ALG_ERR_FORMAT, 4, "%s: is truncated or damaged: %s (use a copy of it)"
#define MSG_H5_NEWER        404, ALG_ERR_FORMAT, 4, "%s: was written by a newer version (format %d.%d, this program reads up to %d.%d): use a newer Algometer"
#define MSG_H5_CONTENT      405, ALG_ERR_FORMAT, 4, "%s: is an Algometer session that makes no sense: %s (it was written by something else, or is damaged)"
#define MSG_H5_BUILD        406, ALG_ERR_IO, 1, "session file cannot be built: %s"
#define MSG_H5_NO_CHECKSUM  407, ALG_ERR_FORMAT, 4, "%s: has no checksum at its end: it was cut there or written by another program"
#define MSG_H5_DIGEST       408, ALG_ERR_FORMAT, 4, "press %d does not have the digest that is stored with it: it was changed after the measurement"
#define MSG_H5_SEAL         409, ALG_ERR_FORMAT, 4, "the seal is not the digest of the last press: presses were removed or added after the end"
#define MSG_AMENDMENT       410, ALG_ERR_DATA, 4, "amendment %d cannot be applied: %s of press %d to '%s' (see docs/FORMAT.md)"

/* study, sites, points, procedures, YAML (5xx) */

/* measuring, storing (6xx) */

/* analysis and plots (7xx) */

/* simulation (8xx) */
#define MSG_SIM_OPTION      801, ALG_ERR_ARG, 2, "simulation option '%s': %s"
#define MSG_SIM_LINE        802, ALG_ERR_ARG, 3, "the host set the line to %d baud %d%c%d, the emulated %s speaks %d baud 8N1: bytes come out wrong"
#define MSG_SIM_PORT        803, ALG_ERR_IO, 1, "cannot serve the emulated gauge on %s: %s"
#define MSG_SIM_FIFO        804, ALG_ERR_ARG, 2, "%s: cannot be used as the patient's button: %s"
#define MSG_SIM_SITE        805, ALG_ERR_ARG, 2, "site '%s' is not a site code (letters, digits and '_', up to 15)"
#define MSG_SIM_SERVED      806, ALG_OK, 1, "simulated %s: no instrument, no patient and no examiner; press Ctrl-C to stop"
#define MSG_SIM_HOST        807, ALG_OK, 1, "simulated %s: %s"

#endif
