/*
 * The user knows that the file says the same each time.
 *
 * Options: --trust open
 * Watch: x
 * Verdict: verified
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
