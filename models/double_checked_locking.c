/*
 * Double-checked locking, as it must not be written: the pointer is looked at
 * without the lock, so that the lock is taken only once. The first look races
 * with the thread that sets the pointer; whoever sees it set has no order with
 * what was written into the settings before, and may find them empty on a
 * machine or with a compiler that reorders. All the same both threads get the
 * right answer in every schedule: nothing but the race tells.
 *
 * Watch: created
 * Options: --strategy dpor
 * Verdict: findings
 * Outcome: exit 0 created=1 "level 7 and 7\n"
 * Finding: data-race variable=settings in=settings_get,settings_get at=look,set
 * Finding: data-race variable=settings in=settings_get,settings_get at=set,use
 * Finding: data-race variable=memory.level in=settings_new,use at=write,read
 */
#include <pthread.h>
#include <stdio.h>

struct settings {
	int level;
};

int created;
static struct settings *settings;
static struct settings memory;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int seen[2];

static struct settings *settings_new(void)
{
	created += 1;
	memory.level = 7; /* write */
	return &memory;
}

static struct settings *settings_get(void)
{
	if (settings == NULL) { /* look */
		pthread_mutex_lock(&lock);
		if (settings == NULL)
			settings = settings_new(); /* set */
		pthread_mutex_unlock(&lock);
	}
	return settings; /* use */
}

static void *use(void *level)
{
	*(int *)level = settings_get()->level; /* read */
	return NULL;
}

int main(void)
{
	pthread_t one;
	pthread_t two;

	pthread_create(&one, NULL, use, &seen[0]);
	pthread_create(&two, NULL, use, &seen[1]);
	pthread_join(one, NULL);
	pthread_join(two, NULL);
	printf("level %d and %d\n", seen[0], seen[1]);
	return 0;
}
