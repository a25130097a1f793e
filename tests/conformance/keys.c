/*
 * Keys: a value for each thread, destructors in rounds, and keys that are gone.
 */
#include "check.h"

#include <limits.h>
#include <pthread.h>
#include <stdint.h>

static pthread_key_t first;
static pthread_key_t second;
static int again;

static void *number(intptr_t value)
{
	return (void *)value;
}

static void say(void *value)
{
	printf("destructor: %ld\n", (long)(intptr_t)value);
}

/* Sets its own key again, so that there is another round. */
static void say_again(void *value)
{
	printf("destructor again: %ld\n", (long)(intptr_t)value);
	CHECK_VALUE(pthread_getspecific(second) == NULL);
	if (++again < 2)
		pthread_setspecific(second, number(again));
}

/* Never has enough. */
static void say_for_ever(void *value)
{
	printf("destructor for ever: %ld\n", (long)(intptr_t)value);
	pthread_setspecific(second, number((intptr_t)value + 1));
}

static void in_thread(void *(*function)(void *), void *argument)
{
	pthread_t thread;

	pthread_create(&thread, NULL, function, argument);
	pthread_join(thread, NULL);
}

static void *look_and_set(void *unused)
{
	CHECK_VALUE(pthread_getspecific(first) == NULL);
	CHECK_ERROR(pthread_setspecific(first, number(2)));
	CHECK_VALUE((intptr_t)pthread_getspecific(first));
	return unused;
}

static void *set_both(void *unused)
{
	CHECK_ERROR(pthread_setspecific(first, number(10)));
	CHECK_ERROR(pthread_setspecific(second, number(20)));
	return unused;
}

static void *set_and_exit(void *value)
{
	pthread_setspecific(second, value);
	pthread_exit(NULL);
}

static void *set_nothing(void *unused)
{
	CHECK_ERROR(pthread_setspecific(first, number(3)));
	CHECK_ERROR(pthread_setspecific(first, NULL));
	return unused;
}

static void values(void)
{
	CHECK_ERROR(pthread_key_create(&first, NULL));
	CHECK_VALUE(pthread_getspecific(first) == NULL);
	CHECK_ERROR(pthread_setspecific(first, number(1)));
	in_thread(look_and_set, NULL);
	CHECK_VALUE((intptr_t)pthread_getspecific(first));
	CHECK_ERROR(pthread_key_delete(first));
	CHECK_ERROR(pthread_key_delete(first));
	CHECK_ERROR(pthread_setspecific(first, number(1)));
	CHECK_VALUE(pthread_getspecific(first) == NULL);
}

static void destructors(void)
{
	CHECK_ERROR(pthread_key_create(&first, say));
	CHECK_ERROR(pthread_key_create(&second, say_again));
	in_thread(set_both, NULL);
	in_thread(set_nothing, NULL);
	CHECK_ERROR(pthread_key_delete(second));
	CHECK_ERROR(pthread_key_create(&second, say_for_ever));
	in_thread(set_and_exit, number(1));
	CHECK_VALUE(PTHREAD_DESTRUCTOR_ITERATIONS);
	CHECK_ERROR(pthread_key_delete(second));
	CHECK_ERROR(pthread_key_delete(first));
}

static void made_anew(void)
{
	CHECK_ERROR(pthread_key_create(&first, NULL));
	CHECK_ERROR(pthread_setspecific(first, number(5)));
	CHECK_ERROR(pthread_key_delete(first));
	CHECK_ERROR(pthread_key_create(&first, NULL));
	CHECK_VALUE(pthread_getspecific(first) == NULL);
	CHECK_ERROR(pthread_key_delete(first));
}

static int keys_until_refused(void)
{
	static pthread_key_t keys[2 * PTHREAD_KEYS_MAX];
	int count = 0;

	while (count < 2 * PTHREAD_KEYS_MAX &&
	       pthread_key_create(&keys[count], NULL) == 0)
		count++;
	CHECK_ERROR(pthread_key_create(&first, NULL));
	for (int i = 0; i < count; i++)
		pthread_key_delete(keys[i]);
	return count;
}

int main(void)
{
	values();
	destructors();
	made_anew();
	CHECK_VALUE(keys_until_refused());
	CHECK_ERROR(pthread_setspecific((pthread_key_t)-1, NULL));
	CHECK_ERROR(pthread_key_delete((pthread_key_t)-1));
	CHECK_VALUE(pthread_getspecific((pthread_key_t)-1) == NULL);
	return 0;
}
