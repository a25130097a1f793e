/*
 * Functions of libc that are given room write no more of it than they need:
 * another thread may have the rest. One that writes it all may not be beside
 * anybody.
 *
 * Case: strftime
 * Verdict: verified
 * Outcome: exit 0 "01 x"
 * Case: inet_ntop
 * Verdict: verified
 * Outcome: exit 0 "0.0.0.0 x"
 * Case: strerror
 * Verdict: verified
 * Outcome: exit 0 "Success x"
 * Case: confstr
 * Verdict: verified
 * Outcome: exit 0 "/bin:/usr/bin x"
 * Case: strxfrm
 * Verdict: verified
 * Outcome: exit 0 "abc x"
 * Case: wide
 * Verdict: verified
 * Outcome: exit 0 "12 x"
 * Case: explicit
 * Verdict: findings
 * Finding: data-race variable=text in=use,main
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#define ROOM 64

static const char *sort = "strftime";
static char text[ROOM];
static wchar_t wide[ROOM];

static int is(const char *name)
{
	return strcmp(sort, name) == 0;
}

static void *use(void *unused)
{
	const struct tm day = {.tm_mday = 1};
	const struct in_addr address = {0};

	if (is("strftime"))
		strftime(text, ROOM, "%d", &day);
	else if (is("inet_ntop"))
		inet_ntop(AF_INET, &address, text, ROOM);
	else if (is("strerror"))
		strcpy(text, strerror_r(0, text, ROOM));
	else if (is("confstr"))
		confstr(_CS_PATH, text, ROOM);
	else if (is("strxfrm"))
		strxfrm(text, "abc", ROOM);
	else if (is("wide"))
		swprintf(wide, ROOM, L"%d", 12);
	else if (is("explicit"))
		explicit_bzero(text, ROOM);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc > 1)
		sort = argv[1];
	pthread_create(&thread, NULL, use, NULL);
	text[60] = 'x';
	wide[60] = 'x';
	pthread_join(thread, NULL);
	if (is("wide"))
		printf("%ls %c", wide, (char)wide[60]);
	else if (!is("explicit"))
		printf("%s %c", text, text[60]);
	return 0;
}
