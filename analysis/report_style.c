/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report_style.c - how a report looks. Rise and fall have an arrow and a word besides their colours (Okabe
 * and Ito, darkened to 4.5:1 on white). On paper nothing scrolls, heads repeat, and no row, figure or
 * heading is torn.
 */
#include "analysis/report_part.h"

static const char screen[] =
	"html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }\n"
	"body { margin: 0 auto; padding: 0 1rem 2rem; max-width: 62rem; background: #ffffff; color: #1a1a1a;\n"
	"  font: 1rem/1.45 \"Liberation Sans\", Arial, Helvetica, \"DejaVu Sans\", sans-serif; overflow-wrap: anywhere; }\n"
	"h1 { font-size: 1.5rem; line-height: 1.2; margin: 1.2rem 0 0.2rem; }\n"
	"h2 { font-size: 1.2rem; margin: 1.8rem 0 0.4rem; padding-top: 0.5rem; border-top: 2px solid #1a1a1a; }\n"
	"h3 { font-size: 1rem; margin: 1rem 0 0.3rem; }\n"
	"p, ul { margin: 0.4rem 0; }\n"
	"ul { padding-left: 1.3rem; }\n"
	"li { margin: 0.15rem 0; }\n"
	".sub { color: #4a4a4a; }\n"
	".small { font-size: 0.875rem; color: #4a4a4a; }\n"
	".tally { font-weight: bold; }\n"
	".simulated { margin: 0 -1rem; padding: 0.6rem 1rem; background: #1a1a1a; color: #ffffff; }\n"
	".facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.1rem 1rem; margin: 0.6rem 0; font-size: 0.875rem; }\n"
	".facts dt { color: #4a4a4a; }\n"
	".facts dd { margin: 0; }\n"
	".scroll { overflow-x: auto; margin: 0.6rem 0; }\n"
	".scroll + .scroll { margin-top: 1.2rem; }\n"
	".scroll:focus-visible { outline: 2px solid #0072b2; outline-offset: 2px; }\n"
	"figure { margin: 0.8rem 0; }\n"
	"figcaption { font-weight: bold; }\n"
	"figure img { display: block; }\n"
	"@media screen and (max-width: 45rem) { figure img { width: auto; height: auto; } }\n"
	"table { border-collapse: collapse; width: 100%; font-size: 0.875rem; font-variant-numeric: tabular-nums; }\n"
	"caption { text-align: left; color: #4a4a4a; padding-bottom: 0.3rem; }\n"
	"th, td { text-align: left; vertical-align: top; padding: 0.15rem 0.6rem 0.15rem 0; border-bottom: 1px solid #d9d9d9;\n"
	"  font-weight: normal; overflow-wrap: break-word; }\n"
	"thead th { vertical-align: bottom; border-bottom: 1px solid #1a1a1a; font-weight: bold; overflow-wrap: normal; }\n"
	"th[scope=row], th[scope=rowgroup], caption { overflow-wrap: anywhere; }\n"
	"th[scope=row] { min-width: 7rem; }\n"
	"th[scope=row].n { min-width: 0; }\n"
	"td.t { min-width: 6rem; overflow-wrap: anywhere; }\n"
	"th.s { white-space: nowrap; min-width: 0; }\n"
	".grid { width: auto; min-width: 60%; }\n"
	".grid .n { min-width: 3.6rem; }\n"
	".n { text-align: right; }\n"
	".n + :not(.n) { padding-left: 0.5rem; }\n"
	"thead .n { text-align: right; }\n"
	"td.n { white-space: nowrap; }\n"
	".grid td.n { white-space: normal; }\n"
	"pre { margin: 0; font: 0.8125rem/1.35 \"Liberation Mono\", \"DejaVu Sans Mono\", monospace; }\n"
	".role th { font-weight: bold; padding-top: 0.5rem; }\n"
	".mean th, .mean td { font-style: italic; }\n"
	".used { display: block; font-size: 0.75rem; color: #5a5a5a; font-weight: normal; font-style: normal; }\n"
	".rise { color: #0072b2; font-weight: bold; }\n"
	".fall { color: #a84a00; font-weight: bold; }\n"
	".rise .used, .fall .used { font-weight: normal; }\n";

static const char print[] =
	"@media print {\n"
	"  body { max-width: none; padding: 0; font-size: 9.5pt; line-height: 1.35; }\n"
	"  h1 { font-size: 15pt; margin-top: 0; }\n"
	"  h2 { font-size: 12pt; margin-top: 12pt; }\n"
	"  h3 { font-size: 9.5pt; }\n"
	"  .simulated { margin: 0 0 8pt; padding: 4pt 6pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n"
	"  .small, .facts, table { font-size: 8pt; }\n"
	"  .used { font-size: 7pt; }\n"
	"  .scroll { overflow: visible; margin: 4pt 0; }\n"
	"  h2, h3, figcaption, caption, thead, .role { break-after: avoid; }\n"
	"  figure, tr, li, dl, h2, h3, caption { break-inside: avoid; }\n"
	/* Browsers leave a heading or a caption alone at a page's end: each claims room for what follows. */
	"  h2::after, h3::after, caption::after { content: \"\"; display: block; height: 24mm; margin-bottom: -24mm; }\n"
	"  tbody.point { break-inside: avoid; }\n"
	"  p { orphans: 3; widows: 3; }\n"
	"  thead { display: table-header-group; }\n"
	"  .scroll + .scroll { margin-top: 12pt; }\n"
	"  figure img { max-width: 100%; width: auto; height: auto; }\n"
	"  th, td { padding: 1.2pt 5pt 1.2pt 0; }\n"
	"  pre { font-size: 8pt; }\n"
	"  .sems { font-size: 7pt; }\n"
	"  .sems td.t { min-width: 36mm; }\n"
	"  .press-lists { columns: 2; column-gap: 8mm; }\n"
	"  .presses { font-size: 7pt; line-height: 1.2; }\n"
	"  .presses th, .presses td { padding: 0.5pt 3pt 0.5pt 0; }\n"
	"  .presses th[scope=row] { min-width: 0; }\n"
	"  .appendix { break-before: page; }\n"
	"}\n";

/* A picture and its heading stay on one page. */
static void picture_room(struct ana_html *html, enum ana_paper paper)
{
	ana_html_raw(html, paper == ANA_PAPER_LETTER ? "@media print { figure img { max-height: 222mm; } }\n"
		: "@media print { figure img { max-height: 240mm; } }\n");
}

void ana_report_style(struct ana_html *html, const struct ana_report *report)
{
	const struct ana_course *c = report->course;
	char edge[160], dates[32];

	ana_html_raw(html, screen);
	ana_report_dates(dates, sizeof(dates), c);
	snprintf(edge, sizeof(edge), "%s, %s. Not a diagnosis.", c->participant, dates);
	ana_html_raw(html, report->options.paper == ANA_PAPER_LETTER ? "@page { size: letter;" : "@page { size: A4;");
	ana_html_raw(html, " margin: 16mm 15mm 18mm; font: 8pt \"Liberation Sans\", Arial, sans-serif; color: #4a4a4a;\n"
		"  @bottom-left { content: ");
	ana_html_css_string(html, edge);
	ana_html_raw(html, "; }\n  @bottom-right { content: \"page \" counter(page) \" of \" counter(pages); }\n");
	if (c->simulated)
		ana_html_raw(html, "  @top-right { content: \"SIMULATED DATA\"; font-weight: bold; color: #1a1a1a; }\n");
	ana_html_raw(html, "}\n");
	ana_html_raw(html, print);
	picture_room(html, report->options.paper);
}
