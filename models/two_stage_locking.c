/*
 * A change in two stages, each under the lock of its own variable: first one
 * takes a number, then the other takes that number and one. Each variable alone
 * is protected well, and there is no data race. What belongs together is the
 * two of them, and no lock covers that: who looks between the stages sees the
 * first without the second.
 *
 * Watch: first second
 * Verdict: findings
 * Outcome: exit 0 first=1 second=2 "1 and 2\n"
 * Outcome: assertion first=1 second=0
 * Outcome: assertion first=1 second=2
 * Finding: assertion in=look at=here
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

int first;
int second;
static pthread_mutex_t first_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second_lock = PTHREAD_MUTEX_INITIALIZER;

static int first_get(void)
{
	int value;

	pthread_mutex_lock(&first_lock);
	value = first;
	pthread_mutex_unlock(&first_lock);
	return value;
}

static int second_get(void)
{
	int value;

	pthread_mutex_lock(&second_lock);
	value = second;
	pthread_mutex_unlock(&second_lock);
	return value;
}

static void *change(void *unused)
{
	int next;

	pthread_mutex_lock(&first_lock);
	first = 1;
	next = first + 1;
	pthread_mutex_unlock(&first_lock);

	pthread_mutex_lock(&second_lock);
	second = next;
	pthread_mutex_unlock(&second_lock);
	return unused;
}

static void *look(void *unused)
{
	int one = first_get();
	int two = second_get();

	assert(one == 0 || two == one + 1); /* here */
	return unused;
}

int main(void)
{
	pthread_t changing;
	pthread_t looking;

	pthread_create(&changing, NULL, change, NULL);
	pthread_create(&looking, NULL, look, NULL);
	pthread_join(changing, NULL);
	pthread_join(looking, NULL);
	printf("%d and %d\n", first, second);
	return 0;
}
