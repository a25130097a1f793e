/*
 * What a file says is none of Explorer's business: the search is complete, but
 * that every execution was given the same is not known.
 *
 * Watch: x
 * Verdict: incomplete
 * Incomplete: uncontrolled-call
 * Outcome: exit 0 x=2
 */
#include <fcntl.h>
#include <unistd.h>

static int x;

int main(void)
{
	int file = open("/dev/null", O_RDONLY);
	char byte;

	if (read(file, &byte, 1) == 0)
		x = 2;
	close(file);
	return 0;
}
