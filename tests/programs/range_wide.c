/*
 * Strings of wide characters are written whole, and must have room.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Finding: data-race in=writer,main at=here,there
 * Finding: out-of-bounds in=writer at=beyond message=heap block of 16 bytes
 */
#include <pthread.h>
#include <stdlib.h>
#include <wchar.h>

static wchar_t text[16];

static void *writer(void *unused)
{
	wchar_t *copy = malloc(4 * sizeof(*copy));

	wcscpy(text + 4, L"abc"); /* here */
	wcscpy(copy, L"four");	  /* beyond */
	free(copy);
	return unused;
}

int main(void)
{
	pthread_t thread;

	pthread_create(&thread, NULL, writer, NULL);
	text[5] = L'x'; /* there */
	pthread_join(thread, NULL);
	return 0;
}
