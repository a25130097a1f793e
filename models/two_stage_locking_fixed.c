/*
 * A change in two stages that nobody sees half done: the first lock is held
 * until the second is, and whoever looks takes them in the same order, and lets
 * go of none before it has both (two-phase locking, Eswaran and others, 1976).
 *
 * Watch: first second
 * Verdict: verified
 * Outcome: exit 0 first=1 second=2 "1 and 2\n"
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

int first;
int second;
static pthread_mutex_t first_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second_lock = PTHREAD_MUTEX_INITIALIZER;

static void *change(void *unused)
{
	int next;

	pthread_mutex_lock(&first_lock);
	first = 1;
	next = first + 1;

	pthread_mutex_lock(&second_lock);
	pthread_mutex_unlock(&first_lock);
	second = next;
	pthread_mutex_unlock(&second_lock);
	return unused;
}

static void *look(void *unused)
{
	int one;
	int two;

	pthread_mutex_lock(&first_lock);
	one = first;
	pthread_mutex_lock(&second_lock);
	pthread_mutex_unlock(&first_lock);
	two = second;
	pthread_mutex_unlock(&second_lock);

	assert(one == 0 || two == one + 1);
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
