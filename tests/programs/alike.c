/*
 * Threads that run the same function on the same argument, and what may tell
 * them apart after all. (tests/cli/symmetry.c)
 *
 * Arguments: counts
 * Watch: x
 * Verdict: findings
 * Outcomes: 3
 * Finding: any
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MANY 33

int x;
static int seen;
static int *place;
static _Atomic bool open_gate;
static pthread_t thread[MANY];
static pthread_t first;
static pthread_t *ids; /* on main's stack */
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t barrier;
static pthread_spinlock_t spin_lock;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;

static void *counts(void *unused)
{
	x += 1;
	x += 1;
	return unused;
}

static void *locks(void *unused)
{
	pthread_mutex_lock(&mutex);
	seen++;
	x = 2 * x + seen;
	pthread_mutex_unlock(&mutex);
	return unused;
}

static void *waits(void *unused)
{
	pthread_mutex_lock(&mutex);
	if (++seen == 2)
		pthread_cond_signal(&condition);
	else
		while (seen < 2)
			pthread_cond_wait(&condition, &mutex);
	x = 2 * x + 1;
	pthread_mutex_unlock(&mutex);
	return unused;
}

static void *asks(void *unused)
{
	pthread_mutex_lock(&mutex);
	if (!seen++)
		first = pthread_self();
	pthread_mutex_unlock(&mutex);
	if (pthread_equal(first, thread[0]))
		x += 1;
	return unused;
}

static void *prints(void *unused)
{
	int own = 0;

	x += 1;
	printf("%d\n", (void *)&own == unused);
	printf("%p\n", unused);
	return unused;
}

static void *looks(void *unused)
{
	x += thread[0] != 0;
	return unused;
}

static void *looks_at_mains(void *unused)
{
	x += *ids != 0;
	return unused;
}

/* The first one shows the others a place on its stack, until all have seen it.
 */
static void *publishes(void *unused)
{
	int own = 1;

	pthread_mutex_lock(&mutex);
	if (!place)
		place = &own;
	pthread_mutex_unlock(&mutex);
	own = 5;
	pthread_mutex_lock(&mutex);
	x += *place;
	pthread_mutex_unlock(&mutex);
	pthread_barrier_wait(&barrier);
	return unused;
}

static void *allocates(void *unused)
{
	int *block = malloc(sizeof(*block));

	*block = 1;
	x += *block;
	free(block);
	return unused;
}

static void *keeps(void *unused)
{
	int **list = malloc(sizeof(*list));

	*list = malloc(sizeof(**list));
	**list = 1;
	x += **list;
	**list = x;
	x += **list;
	return unused;
}

static void *returns(void *unused)
{
	(void)unused;
	x += 1;
	return (void *)(long)x;
}

static void *reads(void *unused)
{
	pthread_rwlock_rdlock(&lock);
	seen = x;
	pthread_rwlock_unlock(&lock);
	pthread_rwlock_wrlock(&lock);
	x += 1 + seen;
	pthread_rwlock_unlock(&lock);
	return unused;
}

static void *spins_for_lock(void *unused)
{
	pthread_spin_lock(&spin_lock);
	seen++;
	x = 2 * x + seen;
	pthread_spin_unlock(&spin_lock);
	return unused;
}

static void begin(void)
{
	x = 5 * x + 1;
}

static void *does_once(void *unused)
{
	x += 1;
	pthread_once(&once, begin);
	return unused;
}

static void *times(void *unused)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	x += now.tv_sec > 0;
	return unused;
}

static void *creates(void *unused)
{
	pthread_t child;

	pthread_create(&child, NULL, counts, NULL);
	pthread_join(child, NULL);
	return unused;
}

static void *spins(void *unused)
{
	while (!open_gate)
		x = 0;
	return unused;
}

static void *idles(void *unused)
{
	return unused;
}

static const struct {
	const char *name;
	void *(*start)(void *);
	int count;
} cases[] = {
	{"counts", counts, 2},
	{"locks", locks, 3},
	{"waits", waits, 2},
	{"asks", asks, 2},
	{"prints", prints, 2},
	{"looks", looks, 2},
	{"looks-at-mains", looks_at_mains, 2},
	{"publishes", publishes, 2},
	{"allocates", allocates, 2},
	{"spin-locks", spins_for_lock, 3},
	{"once", does_once, 2},
	{"times", times, 2},
	{"keeps", keeps, 2},
	{"returns", returns, 2},
	{"reads", reads, 2},
	{"creates", creates, 2},
	{"spins", spins, 2},
	{"many", idles, MANY},
	{"joins", counts, 2},
	{"detaches", counts, 2},
};

/* All of them, one after the other; or with something in between. */
static void join(const char *name, int count)
{
	for (int i = 0; i < count; i++) {
		if (i == 1 && strcmp(name, "joins") == 0)
			seen = x;
		if (i == 0 && strcmp(name, "detaches") == 0) {
			pthread_detach(thread[0]);
			seen = x;
			continue;
		}
		pthread_join(thread[i], NULL);
	}
}

int main(int argc, char **argv)
{
	pthread_t own = 0;
	size_t i = 0;

	while (argc > 1 && strcmp(cases[i].name, argv[1]) != 0)
		i++;
	ids = &own;
	pthread_barrier_init(&barrier, NULL, 2);
	pthread_spin_init(&spin_lock, PTHREAD_PROCESS_PRIVATE);
	for (int n = 0; n < cases[i].count; n++)
		pthread_create(&thread[n], NULL, cases[i].start, NULL);
	own = thread[0];
	if (cases[i].start == spins)
		open_gate = true;
	join(cases[i].name, cases[i].count);
	return seen;
}
