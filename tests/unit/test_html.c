/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The writer of HTML: what reaches a page from outside is text and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "analysis/html.h"

#include <stdlib.h>
#include <string.h>

static struct ana_html page;

static char *ended(void)
{
	char *data;
	size_t len;

	assert_int_equal(ana_html_end(&page, &data, &len), 0);
	assert_non_null(data);
	assert_int_equal(strlen(data), len);
	return data;
}

static void is_page(const char *wanted)
{
	char *data = ended();

	assert_string_equal(data, wanted);
	free(data);
}

static void text_of(const char *text, const char *wanted)
{
	ana_html_begin(&page);
	ana_html_text(&page, text);
	is_page(wanted);
}

static void test_text(void **state)
{
	(void)state;
	text_of("", "");
	text_of("Upper trapezius, Gr\xc3\xb6\xc3\x9f" "e 5 \xc2\xb1 2", "Upper trapezius, Gr\xc3\xb6\xc3\x9f" "e 5 "
		"\xc2\xb1 2");
	text_of("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;");
	text_of("\" onload='x' &amp;", "&quot; onload=&#39;x&#39; &amp;amp;");
	text_of("]]>", "]]&gt;");
	text_of("a\tb\nc\033[31m\x7f", "a\\x09b\\x0Ac\\x1B[31m\\x7F");
	text_of("R\xe2\x80\xaeL", "R\\u202EL");
	text_of("\xc3(\xff", "\\xC3(\\xFF");
	text_of("\xc0\xbcscript>", "\\xC0\\xBCscript&gt;"); /* an overlong '<' */
}

static void test_long_text(void **state)
{
	char text[501], *data;

	(void)state;
	memset(text, '<', 500);
	text[500] = '\0';
	ana_html_begin(&page);
	ana_html_text(&page, text);
	data = ended();
	assert_int_equal(strlen(data), 4 * 500);
	assert_null(strchr(data, '<'));
	free(data);
}

static void test_elements(void **state)
{
	(void)state;
	ana_html_begin(&page);
	ana_html_put(&page, "p class=\"x\"", "%s <%d>", "a&b", 5);
	is_page("<p class=\"x\">a&amp;b &lt;5&gt;</p>\n");
	ana_html_begin(&page);
	ana_html_head(&page, "lr", (const char *const[]){"Point", "kPa", "more", NULL});
	is_page("<thead><tr>\n<th scope=\"col\">Point</th>\n<th scope=\"col\" class=\"n\">kPa</th>\n<th "
		"scope=\"col\">more</th>\n</tr></thead>\n");
	ana_html_begin(&page);
	ana_html_table(&page, "wide", "Of <%s>", "x");
	ana_html_table_end(&page);
	is_page("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-labelledby=\"t1\">\n<table class=\"wide\">\n"
		"<caption id=\"t1\">Of &lt;x&gt;</caption>\n</table>\n</div>\n");
}

static void number_of(const char *text, const char *wanted)
{
	char whole[100];

	snprintf(whole, sizeof(whole), "<td>%s</td>\n", wanted);
	ana_html_begin(&page);
	ana_html_number(&page, "td", "%s", text);
	is_page(whole);
}

static void test_numbers(void **state)
{
	(void)state;
	number_of("-114", "\xe2\x88\x92" "114");
	number_of("-169 to -59", "\xe2\x88\x92" "169 to \xe2\x88\x92" "59");
	number_of(">=143", "\xe2\x89\xa5" "143");
	number_of("<=-12 %", "\xe2\x89\xa4\xe2\x88\x92" "12 %");
	number_of(">553", "&gt;553");
	number_of("-", "\xe2\x80\x93");
	number_of("2026-01-12", "2026-01-12");
}

/* RFC 4648, section 10, by way of a picture. */
static void svg_of(const char *svg, const char *base64)
{
	char whole[200];

	snprintf(whole, sizeof(whole), "<img "
		"width=\"96\" height=\"48\" alt=\"a&quot;&gt;b\" src=\"data:image/svg+xml;base64,%s\">\n", base64);
	ana_html_begin(&page);
	ana_html_svg(&page, "a\">b", svg, strlen(svg), 25.4, 12.7);
	is_page(whole);
}

static void test_pictures(void **state)
{
	(void)state;
	svg_of("f", "Zg==");
	svg_of("fo", "Zm8=");
	svg_of("foo", "Zm9v");
	svg_of("foobar", "Zm9vYmFy");
	svg_of("\xff\xfe\xfd", "//79");
}

static void test_css(void **state)
{
	(void)state;
	ana_html_begin(&page);
	ana_html_css_string(&page, "P012\"; } </style><script>\n\xc3\xa4\\");
	is_page("\"P012\\000022 \\00003b \\000020 \\00007d \\000020 \\00003c \\00002f style\\00003e \\00003c "
		"script\\00003e "
		"\\00005c x0A\xc3\xa4\\00005c \"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_long_text),
		cmocka_unit_test(test_elements),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_pictures),
		cmocka_unit_test(test_css),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
