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
#define MSG_DEV_ABSENT      301, ALG_ERR_NODEV, 3, "%s: no such port or device (is it plugged in and switched on? 'algometer devices' lists what is there)"
#define MSG_DEV_ACCESS      302, ALG_ERR_ACCESS, 3, "%s: no permission: %s"
#define MSG_DEV_BUSY        303, ALG_ERR_BUSY, 3, "%s: another program is using it (close that program and try again)"
#define MSG_DEV_OPEN        304, ALG_ERR_IO, 3, "%s: cannot be opened: %s"
#define MSG_DEV_NOT_PORT    305, ALG_ERR_UNSUPPORTED, 3, "%s: not a serial port (%s)"
#define MSG_DEV_LINE        306, ALG_ERR_UNSUPPORTED, 3, "%s: the port refuses %s: %s"
#define MSG_DEV_SILENT      307, ALG_ERR_TIMEOUT, 3, "%s: port opens, but nothing that a %s gauge sends came: %llu bytes, %llu junk (%s)"
#define MSG_DEV_NOT_GAUGE   308, ALG_ERR_PROTO, 3, "%s: port opens, but nothing that a %s gauge sends came: %llu bytes, %llu junk (%s)"
#define MSG_DEV_GONE        309, ALG_ERR_NODEV, 3, "%s: the device is gone (unplugged or switched off: connect it again)"
#define MSG_DEV_IO          310, ALG_ERR_IO, 3, "%s: %s failed: %s"
#define MSG_DEV_AMBIGUOUS   311, ALG_ERR_ARG, 3, "%s: %d devices alike are connected (serial numbers: %s): name one with usb:VID:PID:SERIAL, or unplug the others"
#define MSG_DEV_NO_HID      312, ALG_ERR_UNSUPPORTED, 3, "%s: none of its interfaces is a HID interface of usage page %02X, so it is not such a gauge"
#define MSG_DEV_TRANSPORT   313, ALG_ERR_ARG, 2, "family '%s' speaks over %s, not over '%s:'"
#define MSG_DEV_HOST        314, ALG_ERR_NODEV, 3, "%s: host not found: %s"
#define MSG_DEV_CONNECT     315, ALG_ERR_NODEV, 3, "%s: no connection: %s (is the other end running?)"
#define MSG_DEV_NO_UNIT     316, ALG_ERR_DATA, 3, "%s: the gauge sends no unit, so its numbers are not yet forces: add ?unit=N (or kgf, lbf, ...) as its display shows"
#define MSG_DEV_PEAK        317, ALG_ERR_DATA, 3, "%s: the gauge is set to hold its peak: set it to live (current) reading"
#define MSG_DEV_NO_STREAM   318, ALG_ERR_UNSUPPORTED, 3, "%s: the gauge did not say that it can stream, so it is asked for each reading instead"
#define MSG_DEV_COMMAND     319, ALG_ERR_UNSUPPORTED, 3, "%s: a %s gauge has no documented command for %s (use the gauge's own key)"
#define MSG_DEV_UDEV        320, ALG_ERR_IO, 3, "devices cannot be listed: %s"
#define MSG_REC_SYNTAX      331, ALG_ERR_FORMAT, 1, "%s:%zu: %s"
#define MSG_REC_NEWER       332, ALG_ERR_FORMAT, 1, "%s:1: recording format %s is newer than %d, the newest that this program reads: update algometer"
#define MSG_REC_STRICT      333, ALG_ERR_PROTO, 1, "%s: the program's request %llu differs from the recording: %s"
#define MSG_CAPTURE         334, ALG_ERR_IO, 1, "%s: recording stopped, readings go on: %s"

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
#define MSG_H5_HEADER       411, ALG_ERR_FORMAT, 4, "the session's attributes, texts or points do not have the digest that is stored with them: they were changed after the start"
#define MSG_H5_OLD          412, ALG_ERR_FORMAT, 4, "%s: is of format %d.%d, from before the format was settled (1.0): read it with the Algometer that wrote it"
#define MSG_AMENDMENT       410, ALG_ERR_DATA, 4, "amendment %d cannot be applied: %s of press %d to '%s' (see docs/FORMAT.md)"

/* study, sites, points, procedures, YAML (5xx) */
#define MSG_YAML_SYNTAX     501, ALG_ERR_DATA, 1, "%s:%zu:%zu: not valid YAML: %s"
#define MSG_YAML_LIMIT      502, ALG_ERR_DATA, 1, "%s:%zu:%zu: %s (not allowed in these files)"
#define MSG_YAML_VALUE      503, ALG_ERR_DATA, 1, "%s:%zu:%zu: %s"
#define MSG_YAML_KIND       504, ALG_ERR_FORMAT, 1, "%s:%zu:%zu: this is not a %s file: %s"
#define MSG_YAML_NEWER      505, ALG_ERR_FORMAT, 1, "%s:%zu:%zu: %s format %lld is newer than this program reads (%d): use a newer algometer"
#define MSG_TSV             511, ALG_ERR_DATA, 1, "%s:%zu: %s"
#define MSG_TSV_COLUMN      512, ALG_ERR_DATA, 1, "%s:%zu: column '%s': %s"
#define MSG_STUDY_ABSENT    521, ALG_ERR_ARG, 1, "%s: no study here: no study.yaml (make one with 'algometer init DIR', or name it with --study DIR)"
#define MSG_STUDY_EXISTS    522, ALG_ERR_EXISTS, 1, "%s: is a study already and is left as it is: choose another folder"
#define MSG_STUDY_ZONE      523, ALG_ERR_ARG, 2, "time zone '%s' is not known on this machine: give an IANA name such as Europe/Copenhagen"
#define MSG_STUDY_SETTING   524, ALG_ERR_ARG, 2, "%s '%s' cannot be a setting of a study: %s"
#define MSG_STUDY_PATTERN   525, ALG_ERR_DATA, 1, "participant_pattern '%s': %s"
#define MSG_DATA_ABSENT     526, ALG_ERR_IO, 1, "%s: not found beside the program: install algometer again, or name the folder in ALGOMETER_DATA"
#define MSG_SESSION_FILE    527, ALG_ERR_DATA, 1, "%s: its name does not belong in this folder: it is left out"
#define MSG_SESSION_POST    528, ALG_ERR_ARG, 1, "%s: no session of today waits for its post measurement: it becomes session %d of its own"
#define MSG_SESSION_TIME    529, ALG_ERR_ARG, 2, "time point '%s' is none: say pre or post, or leave it out"
#define MSG_SITE_NEAR       541, ALG_ERR_ARG, 2, "unknown site '%s': did you mean %s? (all: 'algometer points --sites')"
#define MSG_POINT_THERE     551, ALG_ERR_EXISTS, 1, "%s has %s already (series %d): to note that it moved use 'algometer points %s move %s'"
#define MSG_POINT_ABSENT    552, ALG_ERR_ARG, 1, "%s has no point %s: add it with 'algometer points %s add %s'"
#define MSG_POINT_PRIMARY   553, ALG_ERR_ARG, 1, "%s: a primary point is named before the first session, and %d are there: leave --primary out"
#define MSG_POINTS_NONE     554, ALG_ERR_ARG, 1, "no target point is named: add one with 'algometer points CODE add SITE'"
#define MSG_POINTS_COUNT    555, ALG_ERR_ARG, 1, "procedure %s is meant for %d target points and %d are named: all of them are measured"
#define MSG_POINTS_CONTROL  556, ALG_ERR_ARG, 1, "procedure %s: no remote control point is left: its own ones are target points of this participant"
#define MSG_TREATMENT       561, ALG_ERR_ARG, 2, "treatment, %s: %s"
#define MSG_POINT_CONTROL   557, ALG_ERR_ARG, 1, "%s: own control points are measured in place of the procedure's from now on"

/* measuring, storing (6xx) */
#define MSG_BUTTON_KIND     621, ALG_ERR_ARG, 2, "response source '%s': not one of key, peak, fifo:PATH, sim"
#define MSG_BUTTON_LATER    622, ALG_ERR_UNSUPPORTED, 2, "response source '%s' is not in this version (use key, peak or fifo:PATH)"
#define MSG_BUTTON_FIFO     623, ALG_ERR_IO, 1, "response pipe %s: %s"
#define MSG_CLOCK_REAL      624, ALG_ERR_ARG, 2, "--clock is for simulated gauges only: %s is a real one and its session takes the machine's clock"
#define MSG_NEEDS_SIM       625, ALG_ERR_ARG, 2, "%s works with a simulated gauge only (device sim:FAMILY)"
#define MSG_NO_DEVICE       626, ALG_ERR_ARG, 2, "no gauge is named: add --device ADDRESS, or 'device:' to %s/study.yaml ('algometer devices' lists what is plugged in)"
#define MSG_NOT_CONFIRMED   627, ALG_ERR_CANCELLED, 1, "not started: %s"
#define MSG_TIP_DIFFERS     628, ALG_ERR_ARG, 1, "the procedure wants a tip of %.2f cm2 and this session has %.2f cm2"
#define MSG_GAUGE_ENDED     630, ALG_ERR_NODEV, 3, "the gauge is gone and the session cannot go on: %s"
#define MSG_GAUGE_NO_UNIT   632, ALG_ERR_ARG, 2, "%s: the gauge sends numbers without a unit: add unit=N, kgf, lbf ... to its address, as its display shows (a wrong unit is a wrong threshold)"
#define MSG_POLARITY_ABS    631, ALG_OK, 1, "the maker of this gauge does not say which sign pressing has: its size is taken (polarity=+ or polarity=- in the address decides otherwise)"
#define MSG_SCRIPT          601, ALG_ERR_DATA, 1, "%s:%d: %s"
#define MSG_STORE_FAILING   602, ALG_ERR_IO, 1, "%s: the session is not on disk (%s); it is kept in memory and tried again with each press and every two seconds: free the disk, do not end the program"
#define MSG_STORE_BACK      603, ALG_OK, 1, "%s: the session is on disk again, nothing was lost"
#define MSG_STORE_UNSAVED   604, ALG_ERR_IO, 1, "%s: %zu presses could not be written and are lost: %s"

/* analysis and plots (7xx) */
#define MSG_ANA_BLINDED     701, ALG_ERR_ACCESS, 1, "%s: recorded blinded and not unblinded: its values are not shown"
#define MSG_ANA_DAY         702, ALG_ERR_FORMAT, 4, "%s: visit day '%s' is not a date (YYYY-MM-DD)"
#define MSG_ANA_RULE        703, ALG_ERR_FORMAT, 4, "%s: repeat rule '%s' is not known (name one with --rule)"
#define MSG_ANA_ROW         704, ALG_ERR_FORMAT, 4, "%s: press %d %s: the file is damaged or not of this program's making"
#define MSG_ANA_UNLIKE      705, ALG_ERR_ARG, 1, "session %s and session %s are not alike: %s (to compare all the same: --despite REASON, which is printed)"
#define MSG_ANA_MDC         706, ALG_ERR_ARG, 2, "--mdc '%s' is %s (write --mdc 57.1 for every point, or --mdc UTRAP=57.1)"
#define MSG_ANA_MDC_SOURCE  707, ALG_ERR_ARG, 2, "%s"
#define MSG_ANA_PARTICIPANT 708, ALG_ERR_ARG, 1, "%s is of participant '%s', %s of '%s': a course is one person's"
#define MSG_ANA_NO_SESSION  709, ALG_ERR_ARG, 1, "participant %s has no session%s (see 'algometer record %s')"
#define MSG_ANA_NO_PREPOST  710, ALG_ERR_ARG, 1, "session %d of %s has no %s measurement to compare"
#define MSG_ANA_FOLDER      712, ALG_ERR_FORMAT, 4, "%s: is of participant '%s' and lies in the folder of %s: it is left out"
#define MSG_PARTICIPANT_UNKNOWN 713, ALG_ERR_ARG, 2, "participant '%s' is not in the study %s (is the code right? 'algometer points' adds one)"
#define MSG_ANA_ONE_SESSION 711, ALG_ERR_ARG, 1, "participant %s has one session only: nothing to compare it with"
#define MSG_GNUPLOT_ABSENT  750, ALG_ERR_UNSUPPORTED, 1, "gnuplot is not on PATH: pictures need it (install the package gnuplot-nox; --json gives the numbers without it)"
#define MSG_GNUPLOT_START   751, ALG_ERR_IO, 1, "%s: cannot be run: %s"
#define MSG_GNUPLOT_FAILED  752, ALG_ERR_BUG, 1, "gnuplot could not draw the picture (%s %d): %s"
#define MSG_GNUPLOT_TIMEOUT 753, ALG_ERR_TIMEOUT, 1, "gnuplot had not drawn the picture after %g s and was stopped (is the machine overloaded? try again)"
#define MSG_GNUPLOT_SAID    754, ALG_ERR_DATA, 1, "gnuplot, while drawing: %s"
#define MSG_PLOT_ENDING     755, ALG_ERR_ARG, 2, "--out %s: the name must end in .svg, .pdf or .png (nothing else is ever replaced)"
#define MSG_PLOT_FORMAT     756, ALG_ERR_ARG, 2, "--format %s does not go with --out %s (leave --format out: the ending decides)"
#define MSG_PLOT_FOREIGN    757, ALG_ERR_EXISTS, 1, "%s: exists and is not %s made here, so it is not replaced (choose another name)"
#define MSG_PLOT_NOTHING    758, ALG_ERR_ARG, 2, "%s: nothing to draw: %s"
#define MSG_PLOT_PRESS      759, ALG_ERR_ARG, 2, "%s has no press %ld (presses are 1 to %zu)"
#define MSG_PLOT_POINT      760, ALG_ERR_ARG, 2, "%s has no press at '%s' (points: %s)"
#define MSG_PLOT_OUTLINE    761, ALG_ERR_FORMAT, 1, "%s:%zu: not an outline row of view, number, x, y (is the installation whole?)"
#define MSG_PLOT_BINARY     762, ALG_ERR_ARG, 2, "a %s picture is not shown on a terminal (use --out FILE.%s)"

/* simulation (8xx) */
#define MSG_SIM_OPTION      801, ALG_ERR_ARG, 2, "simulation option '%s': %s"
#define MSG_SIM_LINE        802, ALG_ERR_ARG, 3, "the host set the line to %d baud %d%c%d, the emulated %s speaks %d baud 8N1: bytes come out wrong"
#define MSG_SIM_PORT        803, ALG_ERR_IO, 1, "cannot serve the emulated gauge on %s: %s"
#define MSG_SIM_FIFO        804, ALG_ERR_ARG, 2, "%s: cannot be used as the patient's button: %s"
#define MSG_SIM_SITE        805, ALG_ERR_ARG, 2, "site '%s' is not a site code (letters, digits and '_', up to 15)"
#define MSG_SIM_SERVED      806, ALG_OK, 1, "simulated %s: no instrument, no patient and no examiner; press Ctrl-C to stop"
#define MSG_SIM_HOST        807, ALG_OK, 1, "simulated %s: %s"

#endif
