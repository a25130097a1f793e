/*
 * Reading and asking the system: what there is in a file and a pipe, and what
 * is refused.
 */
#include "check.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static char text[16];

static void pipes(void)
{
	struct pollfd ready = {.events = POLLIN};
	int ends[2] = {-1, -1};

	CHECK_ERRNO(pipe(ends));
	ready.fd = ends[0];
	CHECK_ERRNO(poll(&ready, 1, 0));
	CHECK_ERRNO((int)write(ends[1], "abcdef", 6));
	CHECK_ERRNO(poll(&ready, 1, 0));
	CHECK_VALUE(ready.revents == POLLIN);
	CHECK_ERRNO((int)read(ends[0], text, 2));
	CHECK_VALUE(text[1]);
	CHECK_ERRNO((int)readv(ends[0],
			       (struct iovec[]){{text, 1}, {text + 8, 9}}, 2));
	CHECK_VALUE(text[9]);
	CHECK_ERRNO((int)pread(ends[0], text, 1, 0));
	CHECK_ERRNO((int)recv(ends[0], text, 1, 0));
	CHECK_ERRNO(close(ends[1]));
	CHECK_ERRNO((int)read(ends[0], text, 2));
	CHECK_ERRNO(close(ends[0]));
	CHECK_ERRNO(close(ends[0]));
	CHECK_ERRNO(pipe2(ends, -1));
	CHECK_ERRNO(pipe2(ends, O_CLOEXEC));
	close(ends[0]);
	close(ends[1]);
}

static void files(void)
{
	struct stat status;
	const int zero = open("/dev/zero", O_RDONLY);
	FILE *null = fopen("/dev/null", "r");
	FILE *stream = fopen("/dev/zero", "r");

	text[0] = 'x';
	CHECK_ERRNO((int)pread(zero, text, 1, 0));
	CHECK_VALUE(text[0]);
	CHECK_ERRNO((int)pread64(zero, text, 4, 0));
	CHECK_ERRNO(fstat(zero, &status));
	CHECK_VALUE(S_ISCHR(status.st_mode));
	CHECK_ERRNO(stat("/dev/null", &status));
	CHECK_ERRNO(lstat("/dev/null", &status));
	CHECK_ERRNO(stat("/nowhere", &status));
	CHECK_ERRNO((int)readlink("/dev/null", text, sizeof(text)));
	CHECK_VALUE(fread(text, 1, 4, null));
	CHECK_VALUE(fread_unlocked(text, 2, 4, stream));
	CHECK_VALUE(fclose(stream));
	CHECK_VALUE(fclose(null));
	close(zero);
}

static void names(void)
{
	CHECK_VALUE(getcwd(text, 1) == NULL);
	CHECK_ERRNO(gethostname(text, 0));
}

int main(void)
{
	pipes();
	files();
	names();
	return 0;
}
