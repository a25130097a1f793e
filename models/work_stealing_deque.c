/*
 * A deque for work stealing (Chase and Lev, 2005): its owner pushes and takes
 * tasks at the bottom, thieves steal from the top. Owner and thief meet only at
 * the last task; then a compare-and-swap of the top decides who has it.
 *
 * Watch: done
 * Verdict: verified
 * Outcome: exit 0 done=2 "done 2\n"
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
	assert(!atomic_exchange(&started[task], true));
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
	int first;
	int task = -1;

	bottom = at;
	first = top;
	if (first < at)
		return tasks[at];
	if (first == at && atomic_compare_exchange_strong(&top, &first, at + 1))
		task = tasks[at];
	bottom = at + 1;
	return task;
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
