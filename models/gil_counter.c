/*
 * Why Python's counter counts right, and why that proves nothing. Threads run
 * bytecode, under a global interpreter lock: only who holds it may run. At
 * certain instructions a thread lets go of the lock for a moment, and another
 * may go on from there. At which ones is the policy:
 *
 *     bytecodes     after every instruction, as CPython 3.6 to 3.9
 *     calls         at calls and backward jumps only, as CPython 3.10 to 3.13
 *
 * The threads count, in one of two ways:
 *
 *     add           x += 1:    load x, add 1, store x, jump back
 *     call          x = f(x):  load x, call f, store x, jump back
 *
 * The lock makes each instruction atomic, not the statement. If threads may
 * switch between load and store, an update is lost; nothing in "x += 1" says
 * whether they may. There is no data race: each access is under the lock.
 *
 *     gil_counter [POLICY [STATEMENT]]      bytecodes and add by default
 *
 * Watch: x
 * Options: --expect x==4
 * Case: bytecodes add
 * Verdict: findings
 * Outcome: exit 0 x=2 "x = 2\n"
 * Outcome: exit 0 x=3 "x = 3\n"
 * Outcome: exit 0 x=4 "x = 4\n"
 * Lost: exit 0 x=2
 * Lost: exit 0 x=3
 * Finding: unexpected-value
 * Case: calls add
 * Verdict: verified
 * Outcome: exit 0 x=4 "x = 4\n"
 * Lost: none
 * Case: calls call
 * Verdict: findings
 * Outcome: exit 0 x=2 "x = 2\n"
 * Outcome: exit 0 x=3 "x = 3\n"
 * Outcome: exit 0 x=4 "x = 4\n"
 * Lost: exit 0 x=2
 * Lost: exit 0 x=3
 * Finding: unexpected-value
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define THREADS	   2
#define INCREMENTS 2

enum instruction { LOAD_X, ADD_ONE, CALL_F, STORE_X, JUMP_BACK };

static const enum instruction add[] = {LOAD_X, ADD_ONE, STORE_X, JUMP_BACK};
static const enum instruction call[] = {LOAD_X, CALL_F, STORE_X, JUMP_BACK};

int x;
static pthread_mutex_t interpreter_lock = PTHREAD_MUTEX_INITIALIZER;
static const enum instruction *statement = add;
static bool every_bytecode = true;

static bool may_switch(enum instruction done)
{
	return every_bytecode || done == CALL_F || done == JUMP_BACK;
}

static void offer_lock(void)
{
	pthread_mutex_unlock(&interpreter_lock);
	pthread_mutex_lock(&interpreter_lock);
}

/* Executes one instruction; returns the new top of the stack. */
static int execute(enum instruction instruction, int top)
{
	switch (instruction) {
	case LOAD_X:
		return x;
	case ADD_ONE:
	case CALL_F: /* f returns its argument and one */
		return top + 1;
	case STORE_X:
		x = top;
		return top;
	case JUMP_BACK:
		break;
	}
	return top;
}

static void *interpret(void *unused)
{
	int left = INCREMENTS;
	int top = 0;

	pthread_mutex_lock(&interpreter_lock);
	for (int pc = 0; left > 0; pc++) {
		const enum instruction instruction = statement[pc];

		top = execute(instruction, top);
		if (instruction == JUMP_BACK) {
			left--;
			pc = -1;
		}
		if (may_switch(instruction))
			offer_lock();
	}
	pthread_mutex_unlock(&interpreter_lock);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t thread[THREADS];

	if (argc > 1)
		every_bytecode = strcmp(argv[1], "bytecodes") == 0;
	if (argc > 2)
		statement = strcmp(argv[2], "call") == 0 ? call : add;
	for (int i = 0; i < THREADS; i++)
		pthread_create(&thread[i], NULL, interpret, NULL);
	for (int i = 0; i < THREADS; i++)
		pthread_join(thread[i], NULL);
	printf("x = %d\n", x);
	return 0;
}
