/*
 * What is written to a descriptor is read, wherever it leads.
 *
 * Case: write
 * Verdict: findings
 * Incomplete: uncontrolled-call
 * Finding: data-race variable=text[0] in=work,main
 * Case: writev
 * Verdict: findings
 * Incomplete: uncontrolled-call
 * Finding: data-race variable=text[0] in=work,main
 * Case: pwrite
 * Verdict: findings
 * Incomplete: uncontrolled-call
 * Finding: data-race variable=text[0] in=work,main
 */
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static const char *sort = "write";
static char text[4] = "abc";

static void *work(void *unused)
{
	struct iovec part = {text, sizeof(text)};
	int file = open("/dev/null", O_WRONLY);

	if (strcmp(sort, "write") == 0)
		(void)!write(file, text, sizeof(text));
	else if (strcmp(sort, "writev") == 0)
		(void)!writev(file, &part, 1);
	else
		(void)!pwrite(file, text, sizeof(text), 0);
	close(file);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread;

	if (argc > 1)
		sort = argv[1];
	pthread_create(&thread, NULL, work, NULL);
	text[0] = 'x';
	pthread_join(thread, NULL);
	return 0;
}
