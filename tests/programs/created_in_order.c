/*
 * Three threads that differ, made in the order of the second argument; the
 * first says what they share. ../cli/created.c runs every order. Beside locks:
 *
 * Arguments: locks 201
 * Verdict: verified
 * Outcomes: 6
 * Executions: 6
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define THREADS 3

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t barrier;
static atomic_int word;
static int value;
static int seen[THREADS];

/* Thread 0 looks, thread 1 adds, thread 2 doubles and adds. */
static int changed(size_t number, int from)
{
	return number == 0 ? from : number == 1 ? from + 1 : from * 2 + 1;
}

static void change(size_t number)
{
	seen[number] = value;
	value = changed(number, value);
}

static void locks(size_t number)
{
	pthread_mutex_lock(&mutex);
	change(number);
	pthread_mutex_unlock(&mutex);
}

/* One waits, the others tell it that there is something. */
static void conditions(size_t number)
{
	pthread_mutex_lock(&mutex);
	while (number == 0 && value == 0)
		pthread_cond_wait(&condition, &mutex);
	change(number);
	if (number == 1)
		pthread_cond_signal(&condition);
	if (number == 2)
		pthread_cond_broadcast(&condition);
	pthread_mutex_unlock(&mutex);
}

/* Who waits twice may be woken by either. */
static void signals(size_t number)
{
	pthread_mutex_lock(&mutex);
	if (number < 2 && value == 0) {
		value += (int)number;
		pthread_cond_wait(&condition, &mutex);
	}
	change(number);
	pthread_cond_signal(&condition);
	pthread_mutex_unlock(&mutex);
}

static void barriers(size_t number)
{
	if (number != 0)
		locks(number);
	seen[number] =
		pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
	if (number != 1)
		locks(number);
}

static void readers(size_t number)
{
	if (number == 2) {
		pthread_rwlock_wrlock(&rwlock);
		value++;
	} else if (number == 1) {
		if (pthread_rwlock_tryrdlock(&rwlock) != 0)
			return;
		seen[number] = value + 1;
	} else {
		pthread_rwlock_rdlock(&rwlock);
		seen[number] = value + 1;
	}
	pthread_rwlock_unlock(&rwlock);
}

static void atomics(size_t number)
{
	int expected = 0;

	if (number == 0) {
		seen[number] = atomic_load(&word);
		seen[number] = seen[number] * 8 + atomic_load(&word);
	} else if (number == 1) {
		atomic_fetch_add(&word, 1);
	} else {
		seen[number] =
			atomic_compare_exchange_strong(&word, &expected, 5);
	}
}

/* One of them ends the process, whatever the others have come to. */
static void ends(size_t number)
{
	if (number == 2)
		_Exit(atomic_load(&word));
	atomic_fetch_add(&word, (int)number + 1);
}

static const struct {
	const char *name;
	void (*run)(size_t number);
} shapes[] = {
	{"locks", locks},     {"conditions", conditions},
	{"signals", signals}, {"barriers", barriers},
	{"readers", readers}, {"atomics", atomics},
	{"ends", ends},
};

static void (*run)(size_t number);

static void *begin(void *argument)
{
	run((size_t)argument);
	return NULL;
}

int main(int argc, char **argv)
{
	const char *shape = argc > 1 ? argv[1] : "locks";
	const char *order = argc > 2 ? argv[2] : "012";
	pthread_t threads[THREADS];

	pthread_barrier_init(&barrier, NULL, THREADS);
	for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
		if (strcmp(shape, shapes[i].name) == 0)
			run = shapes[i].run;
	for (size_t i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, begin,
			       (void *)(size_t)(order[i] - '0'));
	for (size_t i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	printf("%d %d %d %d\n", seen[0], seen[1], seen[2], value);
	return 0;
}
