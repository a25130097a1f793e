/*
 * Functions of libc write beyond a block that is too small for what they have
 * to say, and one that is just large enough.
 *
 * Case: localtime
 * Verdict: findings
 * Finding: out-of-bounds in=use message=heap block of 8 bytes
 * Case: ctime
 * Verdict: findings
 * Finding: out-of-bounds in=use message=heap block of 8 bytes
 * Case: uname
 * Verdict: findings
 * Finding: out-of-bounds in=use message=heap block of 8 bytes
 * Case: iconv
 * Verdict: findings
 * Finding: out-of-bounds in=convert message=heap block of 8 bytes
 * Case: parts
 * Verdict: findings
 * Incomplete: uncontrolled-call
 * Finding: out-of-bounds in=receive message=heap block of 8 bytes
 * Case: strftime
 * Verdict: verified
 * Outcome: exit 0
 */
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#define BYTES 8

static const char *sort = "localtime";

static int is(const char *name)
{
	return strcmp(sort, name) == 0;
}

static void convert(char *block)
{
	iconv_t conversion = iconv_open("UTF-16LE", "UTF-8");
	char from[] = "abcdef";
	char *in = from;
	size_t in_left = sizeof(from);
	size_t out_left = 2 * sizeof(from);

	iconv(conversion, &in, &in_left, &block, &out_left);
	iconv_close(conversion);
}

static void receive(char *block)
{
	struct iovec part = {block, 2 * BYTES};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
		return;
	(void)!write(ends[1], "some sixteen by", 16);
	recvmsg(ends[0], &message, 0);
	close(ends[0]);
	close(ends[1]);
}

static void use(void *block)
{
	const struct tm day = {.tm_mday = 1, .tm_year = 101};
	const time_t moment = 0;

	if (is("localtime"))
		localtime_r(&moment, block);
	else if (is("ctime"))
		ctime_r(&moment, block);
	else if (is("uname"))
		uname(block);
	else if (is("iconv"))
		convert(block);
	else if (is("parts"))
		receive(block);
	else if (is("strftime"))
		strftime(block, 2 * BYTES, "%Y-%m", &day);
}

int main(int argc, char **argv)
{
	void *block = malloc(BYTES);

	if (argc > 1)
		sort = argv[1];
	use(block);
	free(block);
	return 0;
}
