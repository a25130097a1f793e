/*
 * Functions of libc that are given buffers, which the search measures first:
 * what they write and answer is as without it.
 */
#include "check.h"

#include <arpa/inet.h>
#include <iconv.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <regex.h>
#include <search.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <wchar.h>

static char text[PATH_MAX];
static wchar_t wide[64];
/* A count that no function takes. */
static volatile int none = -1;

static void times(void)
{
	const time_t moment = 1000000000;
	struct tm parts;
	char short_text[4] = "xyz";

	CHECK_VALUE(gmtime_r(&moment, &parts) == &parts);
	CHECK_VALUE(parts.tm_year * 1000 + parts.tm_yday);
	CHECK_VALUE(strftime(text, sizeof(text), "%Y-%m-%d", &parts));
	printf("%s\n", text);
	CHECK_VALUE(strftime(short_text, sizeof(short_text), "%Y", &parts));
	CHECK_VALUE(asctime_r(&parts, text) == text);
	printf("%s", text);
	CHECK_VALUE(timegm(&parts) == moment);
	CHECK_VALUE(strptime("2001-02-03", "%Y-%m-%d", &parts) != NULL);
	CHECK_VALUE(parts.tm_mday);
	CHECK_VALUE(wcsftime(wide, 64, L"%H", &parts));
}

static void numbers(void)
{
	char *end;
	wchar_t *wide_end;
	double whole;
	int exponent;

	CHECK_VALUE(frexp(12, &exponent) * 100);
	CHECK_VALUE(exponent);
	CHECK_VALUE(modf(2.5, &whole) * 100);
	CHECK_VALUE(whole);
	CHECK_VALUE(strtof("1.5rest", &end) * 10);
	printf("%s\n", end);
	CHECK_VALUE(strtold(" -2e2,", &end));
	printf("%s\n", end);
	CHECK_VALUE(strtoimax("0x1fg", &end, 16));
	printf("%s\n", end);
	CHECK_VALUE(wcstol(L" 12 ", &wide_end, 10));
	CHECK_VALUE(*wide_end);
	CHECK_VALUE(wcstod(L"0.25", NULL) * 100);
}

static void addresses(void)
{
	struct in6_addr six;
	struct in_addr four;

	CHECK_VALUE(inet_pton(AF_INET, "10.0.0.1", &four));
	CHECK_VALUE(inet_pton(AF_INET, "10.0.0", &four));
	CHECK_VALUE(inet_pton(AF_INET6, "::1", &six));
	CHECK_VALUE(inet_ntop(AF_INET, &four, text, sizeof(text)) == text);
	CHECK_VALUE(inet_ntop(AF_INET6, &six, text, sizeof(text)) == text);
	printf("%s\n", text);
	errno = 0;
	CHECK_VALUE(inet_ntop(AF_INET, &four, text, 3) == NULL);
	CHECK_VALUE(errno == ENOSPC);
	CHECK_VALUE(inet_aton("1.2.3.4", &four));
}

static void wide_characters(void)
{
	mbstate_t state = {0};
	const char *from = "more";
	wchar_t *rest;
	wchar_t one;

	CHECK_VALUE(mbstowcs(wide, "abc", 64));
	CHECK_VALUE(wcstombs(text, wide, 2));
	CHECK_VALUE(mbrtowc(&one, "x", 1, &state));
	CHECK_VALUE(one);
	CHECK_VALUE(mbsrtowcs(wide, &from, 64, &state));
	CHECK_VALUE(from == NULL);
	CHECK_VALUE(swprintf(wide, 64, L"%d %ls", 5, L"six"));
	CHECK_VALUE(swprintf(wide, 3, L"%d", 12345));
	CHECK_VALUE(wcpcpy(wide, L"abc") - wide);
	CHECK_VALUE(wcpncpy(wide, L"abc", 2) - wide);
	CHECK_VALUE(wcsncat(wcscpy(wide, L"ab"), L"cdef", 2) == wide);
	CHECK_VALUE(wcslen(wide));
	CHECK_VALUE(wmempcpy(wide, L"xy", 2) - wide);
	CHECK_VALUE(wcstok(wcscpy(wide, L"a b"), L" ", &rest) == wide);
	CHECK_VALUE(wcsxfrm(wide, L"abc", 64));
}

static void system_calls(void)
{
	struct iovec part = {text, 1};
	struct utsname name;
	gid_t group;

	CHECK_ERRNO(uname(&name));
	CHECK_VALUE(strcmp(name.sysname, "Linux"));
	CHECK_VALUE(realpath("/usr/../", text) == text);
	printf("%s\n", text);
	CHECK_VALUE(realpath("/usr/none/such", text) == NULL);
	CHECK_ERRNO((int)preadv(STDIN_FILENO, &part, none, 0));
	CHECK_ERRNO(getgroups(none, &group));
	CHECK_VALUE(fgetws(wide, none, stdin) == NULL);
	CHECK_VALUE(confstr(_CS_PATH, NULL, 0) > 0);
	CHECK_VALUE(strcmp(strerror_r(EINVAL, text, 64), "Invalid argument"));
}

static int compare(const void *a, const void *b)
{
	return strcmp(a, b);
}

static void searching(void)
{
	static const char key[] = "key";
	regmatch_t found[2];
	regex_t regex;
	sigset_t set;
	void *tree = NULL;

	CHECK_VALUE(regcomp(&regex, "b(c+)", REG_EXTENDED));
	CHECK_VALUE(regexec(&regex, "abccd", 2, found, 0));
	CHECK_VALUE(found[1].rm_so * 10 + found[1].rm_eo);
	CHECK_VALUE(regerror(REG_NOMATCH, &regex, text, sizeof(text)));
	regfree(&regex);
	CHECK_VALUE(tfind(key, &tree, compare) == NULL);
	CHECK_VALUE(tsearch(key, &tree, compare) != NULL);
	CHECK_VALUE(tfind(key, &tree, compare) != NULL);
	CHECK_VALUE(tdelete(key, &tree, compare) != NULL);
	CHECK_VALUE(tree == NULL);
	CHECK_ERRNO(sigemptyset(&set));
	CHECK_ERRNO(sigaddset(&set, SIGUSR1));
	CHECK_VALUE(sigismember(&set, SIGUSR1));
}

static void converting(void)
{
	iconv_t conversion = iconv_open("UTF-16LE", "UTF-8");
	char from[] = "ab";
	char *in = from;
	char *out = text;
	size_t in_left = 2;
	size_t out_left = 3;

	errno = 0;
	CHECK_VALUE((int)iconv(conversion, &in, &in_left, &out, &out_left));
	CHECK_VALUE(errno == E2BIG);
	CHECK_VALUE(in - from);
	CHECK_VALUE(out_left);
	iconv_close(conversion);
	swab("abcd", text, 4);
	printf("%.4s\n", text);
	swab("efgh", text, none);
	printf("%.4s\n", text);
}

int main(void)
{
	times();
	numbers();
	addresses();
	wide_characters();
	system_calls();
	searching();
	converting();
	return 0;
}
