/*
 * Functions that are left in other ways than by their end, or have memory on
 * their stacks that comes and goes, while others use what is still there:
 * alloca(), an array of variable length, a comparison called back by the
 * library, a jump, cancellation with a handler that uses a local variable.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <alloca.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <stdlib.h>

static jmp_buf back;
static sem_t never;
static atomic_int cleaned;

static void *add(void *number)
{
	int *at = number;

	*at += 1;
	return NULL;
}

static int compare(const void *left, const void *right)
{
	const int *a = left;
	const int *b = right;

	return *a - *b;
}

static void leap(void)
{
	int numbers[64] = {3, 2, 1};

	qsort(numbers, 64, sizeof(*numbers), compare);
	longjmp(back, 1);
}

static void clean(void *number)
{
	int *at = number;

	cleaned = ++*at;
}

static void *wait_for_ever(void *unused)
{
	int local = 6;

	pthread_cleanup_push(clean, &local);
	sem_wait(&never);
	pthread_cleanup_pop(1);
	return unused;
}

static int borrow(int length)
{
	pthread_t threads[2];
	int *lent = alloca(100 * sizeof(*lent));
	int array[length];

	*lent = 1;
	array[0] = 2;
	pthread_create(&threads[0], NULL, add, lent);
	pthread_create(&threads[1], NULL, add, array);
	if (setjmp(back) == 0)
		leap();
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return *lent + array[0];
}

int main(void)
{
	pthread_t thread;
	int sum = borrow(40);

	sem_init(&never, 0, 0);
	pthread_create(&thread, NULL, wait_for_ever, NULL);
	pthread_cancel(thread);
	pthread_join(thread, NULL);
	return sum != 5;
}
