/*
 * A race on part of a local variable, by a function that both threads call with
 * another lock held.
 *
 * Verdict: findings
 * Outcomes: 1
 * Finding: data-race in=add,add
 *     message=local "count.of[2]" of main() in add() race_details.c
 */
#include <pthread.h>

struct count {
	int all;
	int of[4];
};

static pthread_mutex_t first_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second_lock = PTHREAD_MUTEX_INITIALIZER;

static void add(int *to)
{
	*to += 1;
}

static void *one(void *count)
{
	pthread_mutex_lock(&first_lock);
	add(&((struct count *)count)->of[2]);
	pthread_mutex_unlock(&first_lock);
	return NULL;
}

static void *two(void *count)
{
	pthread_mutex_lock(&second_lock);
	add(&((struct count *)count)->of[2]);
	pthread_mutex_unlock(&second_lock);
	return NULL;
}

static void start(pthread_t *thread, void *(*function)(void *), void *argument)
{
	pthread_create(thread, NULL, function, argument);
}

int main(void)
{
	struct count count = {0};
	pthread_t threads[2];

	start(&threads[0], one, &count);
	start(&threads[1], two, &count);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return count.of[2] == 7;
}
