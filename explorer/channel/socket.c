/*
 * Whole messages over a stream socket (see socket.h).
 */
#include "channel/socket.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>

#include "base/kept_errno.h"
#include "base/memory.h"
#include "base/system_call.h"

/* A body is taken in pieces that grow with what has really arrived, so that a
 * corrupt length cannot ask for gigabytes. */
#define PIECE_BYTES ((size_t)64 << 10)

struct header {
	uint32_t type;
	uint32_t length;
};

/* Drops the first `sent` bytes from two parts. */
static void parts_advance(struct iovec *parts, size_t sent)
{
	for (size_t i = 0; i < 2; i++) {
		size_t taken =
			sent < parts[i].iov_len ? sent : parts[i].iov_len;

		parts[i].iov_base = (char *)parts[i].iov_base + taken;
		parts[i].iov_len -= taken;
		sent -= taken;
	}
}

static int send_parts(int socket, struct iovec *parts)
{
	while (parts[0].iov_len + parts[1].iov_len > 0) {
		struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
		const uintptr_t arguments[6] = {
			(uintptr_t)socket, (uintptr_t)&message, MSG_NOSIGNAL};
		long sent = system_call(SYS_sendmsg, arguments);

		if (sent >= 0)
			parts_advance(parts, (size_t)sent);
		else if (errno != EINTR)
			return -1;
	}
	return 0;
}

int channel_send(int socket, enum message_type type, const struct buffer *body)
{
	int saved_errno = errno;
	size_t length = body ? body->length : 0;
	struct header header = {(uint32_t)type, (uint32_t)length};
	struct iovec parts[2] = {
		{&header, sizeof(header)},
		{body ? body->data : NULL, length},
	};

	if (length > UINT32_MAX) {
		errno = EMSGSIZE;
		return -1;
	}
	if (send_parts(socket, parts) != 0)
		return -1;
	errno_put_back(saved_errno);
	return 0;
}

/* Returns how many of the bytes came before the end of the stream; -1 with
 * errno. */
static ssize_t receive_bytes(int socket, uint8_t *bytes, size_t length)
{
	size_t done = 0;

	while (done < length) {
		const uintptr_t arguments[6] = {(uintptr_t)socket,
						(uintptr_t)(bytes + done),
						length - done};
		long got = system_call(SYS_recvfrom, arguments);

		if (got == 0)
			break;
		if (got > 0)
			done += (size_t)got;
		else if (errno != EINTR)
			return -1;
	}
	return (ssize_t)done;
}

static void body_reserve(struct buffer *body, size_t capacity)
{
	void *data = body->data;

	memory_reserve(&data, &body->capacity, capacity, 1);
	body->data = data;
}

static int receive_body(int socket, size_t length, struct buffer *body)
{
	body->length = 0;
	while (body->length < length) {
		size_t room = body->length + PIECE_BYTES;
		ssize_t got;

		body_reserve(body, room < length ? room : length);
		room = body->capacity < length ? body->capacity : length;
		got = receive_bytes(socket, body->data + body->length,
				    room - body->length);
		if (got < 0)
			return -1;
		body->length += (size_t)got;
		if (body->length < room) {
			errno = EPROTO;
			return -1;
		}
	}
	return 0;
}

int channel_receive(int socket, enum message_type *ret_type,
		    struct buffer *body)
{
	int saved_errno = errno;
	struct header header = {0};
	ssize_t got;

	got = receive_bytes(socket, (uint8_t *)&header, sizeof(header));
	if (got < 0)
		return -1;
	if (got == 0) {
		errno_put_back(saved_errno);
		return 0;
	}
	if ((size_t)got < sizeof(header)) {
		errno = EPROTO;
		return -1;
	}
	if (header.type == 0 || header.type > MESSAGE_LAST) {
		errno = EBADMSG;
		return -1;
	}
	if (receive_body(socket, header.length, body) != 0)
		return -1;
	*ret_type = (enum message_type)header.type;
	errno_put_back(saved_errno);
	return 1;
}

int channel_wait(int socket, int timeout_ms)
{
	int saved_errno = errno;
	struct pollfd polled = {.fd = socket, .events = POLLIN};
	struct timespec timeout = {
		.tv_sec = timeout_ms / 1000,
		.tv_nsec = timeout_ms % 1000 * 1000000L,
	};
	const uintptr_t arguments[6] = {
		(uintptr_t)&polled, 1,
		(uintptr_t)(timeout_ms < 0 ? NULL : &timeout)};
	long ready = system_call(SYS_ppoll, arguments);

	if (ready < 0 && errno != EINTR)
		return -1;
	errno_put_back(saved_errno);
	return ready > 0 ? 1 : 0;
}
