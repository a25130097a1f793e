/*
 * Whole messages over a stream socket.
 */
#include "channel/socket.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static int ends[2];

static void open_ends(void)
{
	cr_assert(eq(int, socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0));
}

static void close_ends(void)
{
	close(ends[0]);
	close(ends[1]);
}

TestSuite(channel_socket, .init = open_ends, .fini = close_ends);

Test(channel_socket, messages_arrive_one_by_one_in_order)
{
	struct buffer sent = {0};
	struct buffer received = {0};
	enum message_type type;

	buffer_put_u32(&sent, 77);
	cr_assert(eq(int, channel_send(ends[0], MESSAGE_ACK, &sent), 0));
	cr_assert(eq(int, channel_send(ends[0], MESSAGE_DONE, NULL), 0));
	cr_assert(eq(int, channel_receive(ends[1], &type, &received), 1));
	cr_assert(eq(int, (int)type, MESSAGE_ACK));
	cr_assert(eq(sz, received.length, 4));
	cr_assert(eq(int, channel_receive(ends[1], &type, &received), 1));
	cr_assert(eq(int, (int)type, MESSAGE_DONE));
	cr_assert(eq(sz, received.length, 0));
	buffer_fini(&sent);
	buffer_fini(&received);
}

static void nothing(int number)
{
	(void)number;
}

/* A body larger than the socket's buffers goes and comes in pieces, while
 * signals interrupt both sides. */
Test(channel_socket, a_large_body_survives_pieces_and_signals)
{
	const size_t bytes = 4 << 20;
	struct sigaction action = {.sa_handler = nothing};
	struct buffer body = {0};
	enum message_type type;
	pid_t sender;

	sigaction(SIGUSR1, &action, NULL);
	for (uint32_t i = 0; i < bytes / 4; i++)
		buffer_put_u32(&body, i);
	sender = fork();
	if (sender == 0)
		_exit(channel_send(ends[0], MESSAGE_STEP, &body) ? 1 : 0);
	for (int i = 0; i < 100; i++)
		kill(sender, SIGUSR1);
	buffer_clear(&body);
	cr_assert(eq(int, channel_receive(ends[1], &type, &body), 1));
	waitpid(sender, NULL, 0);
	cr_assert(eq(sz, body.length, bytes));
	for (uint32_t i = 0; i < bytes / 4; i++)
		cr_assert(eq(int, memcmp(body.data + (size_t)i * 4, &i, 4), 0));
	buffer_fini(&body);
}

Test(channel_socket, the_end_between_messages_is_no_error)
{
	struct buffer body = {0};
	enum message_type type;

	shutdown(ends[0], SHUT_WR);
	cr_assert(eq(int, channel_receive(ends[1], &type, &body), 0));
}

Test(channel_socket, the_end_within_a_header_is_an_error)
{
	struct buffer body = {0};
	enum message_type type;

	send(ends[0], "abc", 3, 0);
	shutdown(ends[0], SHUT_WR);
	cr_assert(eq(int, channel_receive(ends[1], &type, &body), -1));
	cr_assert(eq(int, errno, EPROTO));
}

Test(channel_socket, a_length_of_gigabytes_takes_memory_only_as_bytes_come)
{
	const uint32_t header[] = {MESSAGE_STEP, UINT32_MAX};
	struct buffer body = {0};
	enum message_type type;

	send(ends[0], header, sizeof(header), 0);
	send(ends[0], "abc", 3, 0);
	shutdown(ends[0], SHUT_WR);
	cr_assert(eq(int, channel_receive(ends[1], &type, &body), -1));
	cr_assert(eq(int, errno, EPROTO));
	cr_assert(lt(sz, body.capacity, 1 << 20));
	buffer_fini(&body);
}

Test(channel_socket, what_is_no_message_is_an_error_whatever_its_length)
{
	const uint32_t header[] = {MESSAGE_LAST + 1, UINT32_MAX};
	struct buffer body = {0};
	enum message_type type;

	send(ends[0], header, sizeof(header), 0);
	cr_assert(eq(int, channel_receive(ends[1], &type, &body), -1));
	cr_assert(eq(int, errno, EBADMSG));
}

Test(channel_socket, patience_for_the_rest_of_a_message_ends_with_the_sockets)
{
	const uint32_t header[] = {MESSAGE_STEP, 100};
	const struct timeval patience = {.tv_usec = 1000};
	struct buffer body = {0};
	enum message_type type;

	setsockopt(ends[1], SOL_SOCKET, SO_RCVTIMEO, &patience,
		   sizeof(patience));
	send(ends[0], header, sizeof(header), 0);
	cr_assert(eq(int, channel_receive(ends[1], &type, &body), -1));
	cr_assert(eq(int, errno, EAGAIN));
	buffer_fini(&body);
}

Test(channel_socket, a_peer_that_is_gone_is_an_error_and_no_signal)
{
	close(ends[1]);
	cr_assert(eq(int, channel_send(ends[0], MESSAGE_ACK, NULL), -1));
	cr_assert(eq(int, errno, EPIPE));
}

Test(channel_socket, errno_is_left_alone)
{
	struct buffer body = {0};
	enum message_type type;

	errno = ERANGE;
	cr_assert(eq(int, channel_send(ends[0], MESSAGE_ACK, NULL), 0));
	cr_assert(eq(int, channel_wait(ends[1], 1000), 1));
	cr_assert(eq(int, channel_receive(ends[1], &type, &body), 1));
	cr_assert(eq(int, channel_wait(ends[1], 0), 0));
	shutdown(ends[0], SHUT_WR);
	cr_assert(eq(int, channel_receive(ends[1], &type, &body), 0));
	cr_assert(eq(int, errno, ERANGE));
}
