/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plot.h - pictures as gnuplot scripts, with the table of numbers behind each.
 *
 * A plot_<kind>.c decides what stands where and writes a complete script into a struct ana_plot;
 * ana_plot_render hands the script to gnuplot and checks the picture. Layout is in millimetres
 * from the top left of the final picture, so that 11 pt is 11 pt on paper and on the screen.
 *
 * Every text that reaches a script goes through ana_plot_string: what is not a plain letter, digit
 * or blank becomes an octal escape, so that no label, name or path can end its string, and neither
 * backticks, macros, formats nor datablock ends exist in a script. No file name ever stands in it.
 *
 * Colours are those of Okabe and Ito; every difference that a colour makes is made by a shape, a
 * line style or a word besides.
 */
#ifndef ANA_PLOT_H
#define ANA_PLOT_H

#include "analysis/compare.h"
#include "analysis/course.h"
#include "analysis/table.h"
#include "data/check.h"

#include <stdbool.h>
#include <stdio.h>

enum ana_plot_format { ANA_PLOT_SVG = 1, ANA_PLOT_PDF = 2, ANA_PLOT_PNG = 3, ANA_PLOT_TEXT = 4 };

#define ANA_PLOT_WIDTH_MM 180.0 /* the text width of an A4 page */
#define ANA_PLOT_WIDTH_MIN_MM 80.0
#define ANA_PLOT_WIDTH_MAX_MM 400.0

struct ana_plot_style {
	enum ana_plot_format format;
	double width_mm; /* of pictures; 0 for ANA_PLOT_WIDTH_MM */
	int columns, rows; /* of text; 0 for 80 x 24 */
	const char *words; /* at the top of a picture in place of what changed, where it shows a part of the points; NULL */
};

struct ana_plot {
	struct ana_plot_style style;
	const char *kind;        /* "trace" "course" "slope" "forest" "bodymap" "side" "rate" "check" "agreement" */
	char title[256];         /* one line: what the picture shows */
	struct ana_table table;
	char *script;            /* owned, after ana_plot_end */
	size_t script_len;
	char *words;             /* owned: for text, lines to print under the drawing; "" for pictures */
	size_t words_len;
	/* while it is being written: */
	FILE *gp, *say;
	double width_mm, height_mm;
	int labels;
};

/* ---- the kinds. *plot is to be freed even after failure; nothing is drawn yet. -------------- */

/* One press of a session: trial is the row of ses->trials. */
int ana_plot_trace(struct ana_plot *plot, const struct ana_plot_style *style, const struct ses_session *ses,
	size_t trial, struct alg_log *log);
int ana_plot_course(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_course *course,
	struct alg_log *log);
int ana_plot_slope(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_compare *compare,
	struct alg_log *log);

/* The change at each point with its interval, what measurement error reaches, and the net change. */
int ana_plot_forest(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_compare *compare,
	struct alg_log *log);
/* Each target of a session with the same place on the other side. */
int ana_plot_side(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_visit *visit,
	struct alg_log *log);
/* How the presses kept to the target rate: of one session a column a press, of a course a column a session. */
int ana_plot_rate(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_visit *visit,
	struct alg_log *log);
int ana_plot_rate_course(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_course *course,
	struct alg_log *log);

/* Outline of a body, as read from sites/body_outline.tsv: view, number, x, y. */
struct ana_outline {
	struct { char view[16]; double x, y; } *at; /* owned */
	size_t n;
};
int ana_outline_load(struct ana_outline *outline, const char *path, struct alg_log *log);
void ana_outline_free(struct ana_outline *outline);

/* Thresholds of one session, or (compare) the changes between two. */
int ana_plot_bodymap(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_visit *visit,
	const struct ana_outline *outline, struct alg_log *log);
int ana_plot_bodymap_change(struct ana_plot *plot, const struct ana_plot_style *style,
	const struct ana_compare *compare, const struct ana_outline *outline, struct alg_log *log);

/* The errors of one gauge over its checks, oldest first: n of them. */
int ana_plot_check(struct ana_plot *plot, const struct ana_plot_style *style, const struct ses_check *check, size_t n,
	struct alg_log *log);

/* Differences of stable pairs against their means: bias, limits of agreement (Bland & Altman). */
struct ana_agreement;
int ana_plot_agreement(struct ana_plot *plot, const struct ana_plot_style *style, const struct ana_agreement *agreement,
	struct alg_log *log);

void ana_plot_free(struct ana_plot *plot);

/*
 * Draws with gnuplot. *out (the caller frees) is the whole picture, checked for its beginning, its
 * end and its size; the same plot gives the same bytes. NULL on failure.
 */
int ana_plot_render(const struct ana_plot *plot, char **out, size_t *out_len, struct alg_log *log);

/* ---- for plot_<kind>.c ------------------------------------------------------------------------ */

/* The text as a gnuplot string constant in double quotes, inert whatever it holds. */
void ana_plot_string(FILE *out, const char *text);

/* 0xRRGGBB. The greys come out at clearly different brightness. */
#define ANA_INK 0x1a1a1a
#define ANA_GREY 0x6e6e6e
#define ANA_PALE 0xd9d9d9
#define ANA_BLUE 0x0072b2       /* rose: less tender */
#define ANA_VERMILLION 0xd55e00 /* fell: more tender */
#define ANA_GREEN 0x007a5a      /* bluish green, darkened to 4.5:1 on white */
#define ANA_SKY 0x56b4e9
#define ANA_ORANGE 0xe69f00

#define ANA_UP "\xe2\x96\xb2"      /* black up-pointing triangle */
#define ANA_DOWN "\xe2\x96\xbc"
#define ANA_UP_OPEN "\xe2\x96\xb3"
#define ANA_DOWN_OPEN "\xe2\x96\xbd"
#define ANA_MINUS "\xe2\x88\x92"
#define ANA_DASH "\xe2\x80\x93"    /* en dash */
#define ANA_PLUSMINUS "\xc2\xb1"
#define ANA_MORE "> "
#define ANA_AT_LEAST "\xe2\x89\xa5"

#define ANA_PT_PER_MM (72.0 / 25.4)
#define ANA_FONT_PT 11.0           /* the smallest that is used */

/* Zeroes *plot, opens the script and the words. */
int ana_plot_begin(struct ana_plot *plot, const char *kind, const struct ana_plot_style *style, struct alg_log *log);
/* Terminal and settings for a page of that height (text: of that many rows). */
void ana_plot_page(struct ana_plot *plot, double height_mm);
/* Ends the script; MSG_NOMEM when any of it got lost. */
int ana_plot_end(struct ana_plot *plot, struct alg_log *log);
bool ana_plot_is_text(const struct ana_plot *plot);

/* Words of a picture: room for a caption with all that its judgements rest on. */
enum { ANA_PLOT_WORDS_MAX = ANA_BASIS_TEXT_MAX + 3000 };

enum ana_align { ANA_LEFT, ANA_CENTRE, ANA_RIGHT };
enum { ANA_BOLD = 1, ANA_UPRIGHT = 2 /* turned, read from below */ };

/* Width of a text in mm at a size in pt, by the advance widths of a plain sans serif: a little generous. */
double ana_text_mm(const char *text, double pt, bool bold);
/* Copies text, shortened with an ellipsis to fit. */
void ana_text_fit(char *out, size_t cap, const char *text, double mm, double pt, bool bold);
/* Places text with the middle of its line at y. Drawn with the next panel. */
void ana_plot_text(struct ana_plot *plot, double x_mm, double y_mm, enum ana_align align, double pt, int flags,
	unsigned rgb, const char *text);
/*
 * Writes text over as many lines as it needs in width_mm, from y_mm downwards, and returns the y
 * below it; with plot NULL it only measures.
 */
double ana_plot_paragraph(struct ana_plot *plot, double x_mm, double y_mm, double width_mm, double pt, int flags,
	unsigned rgb, const char *text);
double ana_line_mm(double pt);
/* For text: a and b on as many lines of the terminal as they need, under the drawing; returns how many. */
int ana_plot_say(struct ana_plot *plot, const char *a, const char *b);
/* A straight stroke; dash is gnuplot's dash type number. Drawn with the next panel. */
void ana_plot_stroke(struct ana_plot *plot, double x0_mm, double y0_mm, double x1_mm, double y1_mm, double width,
	int dash, unsigned rgb);
/* One of gnuplot's point types, drawn with the next panel. */
void ana_plot_glyph(struct ana_plot *plot, double x_mm, double y_mm, int point_type, double size, unsigned rgb);
/* The outline of a regular figure with that many corners, the first at turn_deg from the top: the same size in every format. */
void ana_plot_outline(struct ana_plot *plot, double x_mm, double y_mm, double radius_mm, int corners, double turn_deg, unsigned rgb);
/* A filled rectangle behind the next panel. */
void ana_plot_box(struct ana_plot *plot, double x_mm, double y_mm, double w_mm, double h_mm, unsigned rgb);
/* The plotting area of the next panel. */
void ana_plot_panel(struct ana_plot *plot, double x_mm, double y_mm, double w_mm, double h_mm);
/* What stands at the axes of a panel: below and at the left. */
void ana_plot_axes(struct ana_plot *plot, double x_mm, double y_mm, double w_mm, double h_mm, const char *x, const char *y);
/* A panel without axes over the whole page, coordinates in mm from the top left, for free drawing. */
void ana_plot_canvas(struct ana_plot *plot);
/* Forgets labels, arrows and objects after a panel. */
void ana_plot_clear(struct ana_plot *plot);
/* A plain number for a datablock or a command; v must be finite. */
void ana_plot_number(FILE *out, double v);

/*
 * Moves n wanted positions apart by at least gap, within lo..hi where that is possible, keeping
 * their order and the sum of their moves small. want is sorted upwards.
 */
void ana_spread(double *want, size_t n, double gap, double lo, double hi);

/* A step of 1, 2 or 5 times a power of ten that gives about n ticks over span. */
double ana_tick(double span, int n);

/* ---- words (plot_words.c): cleaned by whoever writes them out ------------------------------ */

/* "Upper trapezius": the site's label without its own "(right)". */
void ana_point_place(const struct ses_point *point, char *out, size_t cap);
/* "Upper trapezius, right", with " (place 2)" for a moved point. */
void ana_point_label(const struct ses_point *point, char *out, size_t cap);
/* "UTRAP R" for UTRAP_R, with "/2" for a moved point. */
void ana_point_short(const struct ses_point *point, char *out, size_t cap);
/* "+118" or "-4" with a real minus sign, "0", "?" when not finite. */
void ana_signed_text(char *out, size_t cap, double v, int decimals);
/* "at least ", "at most " or "". */
const char *ana_bound_word(enum ana_change_kind kind);
/* To whole kPa or percent, so that a bound stays one: down for "at least", up for "at most". */
double ana_bound_rounded(enum ana_change_kind kind, double v);
/* "+118 kPa (+48 %)". */
void ana_change_number(char *out, size_t cap, const struct ana_change *change);
/* The same with its verdict: "(up) rose: +118 kPa (+48 %)", "+4 kPa (+1 %), within measurement error". */
void ana_change_words(char *out, size_t cap, const struct ana_change *change);
const char *ana_verdict_word(enum ana_verdict verdict); /* "" when there is none */
void ana_rule_words(char *out, size_t cap, enum ses_rule rule);
/* The letter that marks a missing value, and what it stands for. */
char ana_reason_letter(enum ses_reason reason);
const char *ana_reason_letter_words(char letter);
/* "P012 ses-02 post, 2026-03-09: WHAT" */
void ana_session_title(const struct ses_header *header, const char *what, char *out, size_t cap);
/* Why a point has no value: "not measured", "none: patient asked to stop"; "" when it has one. point may be NULL. */
void ana_no_value_words(const struct ana_point *point, char *out, size_t cap);
/* "2 Mar" of "2026-03-02". */
void ana_day_words(char *out, size_t cap, const char *iso);
/* "212.0 >600.0 rejected(examiner)": the presses behind a value, in order. */
void ana_presses_text(const struct ana_point *point, char *out, size_t cap);
/* Cells of a table: site_code, side, series, role, label; change, change_kpa, change_percent, ANA_CHANGE_CELLS_TAIL, verdict. */
void ana_point_cells(struct ana_table *table, const struct ses_point *point);
#define ANA_CHANGE_CELLS_TAIL \
	"ci_low_kpa", "ci_high_kpa", "ci_low_percent", "ci_high_percent", "fall_kpa", "rise_kpa", "sem_kind"
void ana_change_cells(struct ana_table *table, const struct ana_change *change);
/* Appends text, with between before it when out is not empty. */
void ana_join(char *out, size_t cap, const char *text, const char *between);
/* The table of a comparison: places, both values with their presses, change and verdict. */
void ana_compare_table(struct ana_table *table, const struct ana_compare *c);
/* Of a comparison (plot_slope.c): "P012: WHAT, 2026-03-02 to 2026-04-06"; what changed; how it was made. */
void ana_compare_title(const struct ana_compare *c, const char *what, char *out, size_t cap);
void ana_compare_summary(const struct ana_compare *c, char *out, size_t cap); /* of many points the first are named */
void ana_compare_caption(const struct ana_compare *c, char *out, size_t cap);
/* "SIMULATED DATA" stands at the top right of every picture made from a simulation. */
void ana_plot_simulated(struct ana_plot *plot, bool simulated);

#endif
