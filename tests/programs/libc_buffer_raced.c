/*
 * Functions of libc read and write buffers of the program's: here both threads
 * have one do so with the same.
 *
 * Case: localtime
 * Verdict: findings
 * Finding: data-race variable=parts in=use,use
 * Case: strftime
 * Verdict: findings
 * Finding: data-race variable=text in=use,use
 * Case: inet_ntop
 * Verdict: findings
 * Finding: data-race variable=text in=use,use
 * Case: mbstowcs
 * Verdict: findings
 * Finding: data-race variable=wide in=use,use
 * Case: swprintf
 * Verdict: findings
 * Finding: data-race variable=wide in=use,use
 * Case: realpath
 * Verdict: findings
 * Finding: data-race variable=text in=use,use
 * Case: modf
 * Verdict: findings
 * Finding: data-race variable=whole in=use,use
 * Case: wcstol
 * Verdict: findings
 * Finding: data-race variable=end in=use,use
 */
#include <arpa/inet.h>
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

static const char *sort = "localtime";
static char text[PATH_MAX];
static wchar_t wide[16];
static wchar_t *end;
static struct tm parts;
static double whole;

static int is(const char *name)
{
	return strcmp(sort, name) == 0;
}

static void *use(void *unused)
{
	const struct tm day = {.tm_mday = 1};
	const struct in_addr address = {0};
	const time_t moment = 0;

	if (is("localtime"))
		localtime_r(&moment, &parts);
	else if (is("strftime"))
		strftime(text, sizeof(text), "%d", &day);
	else if (is("inet_ntop"))
		inet_ntop(AF_INET, &address, text, sizeof(text));
	else if (is("mbstowcs"))
		mbstowcs(wide, "ab", 16);
	else if (is("swprintf"))
		swprintf(wide, 16, L"%d", 1);
	else if (is("realpath"))
		(void)!realpath("/", text);
	else if (is("modf"))
		modf(1.5, &whole);
	else if (is("wcstol"))
		wcstol(L"12", &end, 10);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc > 1)
		sort = argv[1];
	pthread_create(&thread, NULL, use, NULL);
	use(NULL);
	pthread_join(thread, NULL);
	return 0;
}
