/*
 * A deque for work stealing (Chase and Lev, 2005), in which the owner does not
 * compete for the last task: it sees that there is one, and takes it. A thief
 * may have seen the same, and the task is run twice.
 *
 * Watch: done
 * Verdict: findings
 * Outcome: exit 0 done=2 "done 2\n"
 * Outcome: assertion done=1
 * Outcome: assertion done=2
 * Finding: assertion in=run at=here
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#define TASKS 2

atomic_int done;
static atomic_int tasks[TASKS];
static atomic_bool started[TASKS];
static atomic_int top;
static atomic_int bottom;

static void run(int task)
{
	assert(!atomic_exchange(&started[task], true)); /* here */
	atomic_fetch_add(&done, 1);
}

static void push(int task)
{
	int at = bottom;

	tasks[at] = task;
	bottom = at + 1;
}

/* Returns -1 where there is nothing left. */
static int take(void)
{
	int at = bottom - 1;

	bottom = at;
	if (top <= at)
		return tasks[at];
	bottom = at + 1;
	return -1;
}

/* Returns -1 where there is nothing, or another was faster. */
static int steal(void)
{
	int first = top;
	int task;

	if (first >= bottom)
		return -1;
	task = tasks[first];
	if (!atomic_compare_exchange_strong(&top, &first, first + 1))
		return -1;
	return task;
}

static void *thief(void *unused)
{
	int task = steal();

	if (task >= 0)
		run(task);
	return unused;
}

int main(void)
{
	pthread_t thread;
	int task;

	for (int i = 0; i < TASKS; i++)
		push(i);
	pthread_create(&thread, NULL, thief, NULL);
	while ((task = take()) >= 0)
		run(task);
	pthread_join(thread, NULL);
	printf("done %d\n", done);
	return 0;
}
