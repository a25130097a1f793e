/*
 * The frame of every program here: uses a function of libc that keeps state,
 * in main, in a thread that meets another one, and in main again. The threads
 * can meet in several orders, so the program runs several times in one
 * process; what use() prints must be the same each time, and the same as in a
 * process of its own.
 */
#ifndef TESTS_LIBC_STATE_AGAIN_H
#define TESTS_LIBC_STATE_AGAIN_H

#include <pthread.h>
#include <stddef.h>
#include <stdio.h>

/* Prints what the function says now, and then changes its state. */
static void use(const char *when);

static int meetings;

static void *meet(void *unused)
{
	__atomic_fetch_add(&meetings, 1, __ATOMIC_SEQ_CST);
	return unused;
}

static void *meet_and_use(void *unused)
{
	meet(NULL);
	use("thread");
	return unused;
}

int main(void)
{
	pthread_t first;
	pthread_t second;

	use("main");
	pthread_create(&first, NULL, meet_and_use, NULL);
	pthread_create(&second, NULL, meet, NULL);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	use("again");
	return 0;
}

#endif
