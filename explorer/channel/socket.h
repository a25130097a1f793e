/*
 * Whole messages over a stream socket.
 *
 * The library exports write(), read() and their kin to the program under test,
 * and what else libc has for it would write into the program's memory: these
 * functions ask the kernel (base/system_call.h). A transfer that a signal
 * interrupts, or that the socket takes or gives in pieces, is carried on with;
 * a peer that is gone is an error, never a signal. errno is left as it was
 * unless -1 is returned.
 */
#ifndef EXPLORER_CHANNEL_SOCKET_H
#define EXPLORER_CHANNEL_SOCKET_H

#include "base/buffer.h"
#include "channel/message.h"

/* Sends one message; body may be NULL for an empty one. Blocks until all of it
 * is on its way. Returns 0; or -1 with errno (EPIPE: the other end is closed;
 * EMSGSIZE: the body is longer than a message can say). */
int channel_send(int socket, enum message_type type, const struct buffer *body);

/* Receives the next message: its body replaces what is in *body. Blocks until
 * all of it is here, or for as long as the socket lets wait for the next piece.
 * Returns 1; 0 at the end of the stream; or -1 with errno (EPROTO: the stream
 * ends within a message; EBADMSG: there is no such message; EAGAIN: the rest
 * does not come). */
int channel_receive(int socket, enum message_type *ret_type,
		    struct buffer *body);

/* Waits until there is something to receive (the end of the stream is).
 * Returns 1 if there is; 0 if not within timeout_ms, or a signal came first;
 * or -1 with errno. */
int channel_wait(int socket, int timeout_ms);

#endif
