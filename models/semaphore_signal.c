/*
 * A semaphore as a signal: it starts at zero, so the wait cannot pass before
 * the post, and what was written before the post is there after the wait. The
 * two are in different threads, which no lock could do. If it starts at one,
 * nobody waits for anybody.
 *
 *     semaphore_signal [START]      0 by default
 *
 * Watch: received
 * Case: 0
 * Verdict: verified
 * Outcome: exit 0 received=42 "received 42\n"
 * Case: 1
 * Verdict: findings
 * Outcome: exit 0 received=0 "received 0\n"
 * Outcome: exit 0 received=42 "received 42\n"
 * Finding: data-race variable=message in=send,receive at=sent,taken
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

int received;
static int message;
static sem_t ready;

static void *send(void *unused)
{
	message = 42; /* sent */
	sem_post(&ready);
	return unused;
}

static void *receive(void *unused)
{
	sem_wait(&ready);
	received = message; /* taken */
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t sender;
	pthread_t receiver;
	unsigned start = argc > 1 ? (unsigned)atoi(argv[1]) : 0;

	sem_init(&ready, 0, start);
	pthread_create(&receiver, NULL, receive, NULL);
	pthread_create(&sender, NULL, send, NULL);
	pthread_join(receiver, NULL);
	pthread_join(sender, NULL);
	printf("received %d\n", received);
	return 0;
}
