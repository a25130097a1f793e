/*
 * Which locks were held is said of every kind, and of those without a name.
 *
 * Watch: x
 * Verdict: findings
 * Finding: data-race variable=x operations=write,write in=one,other
 */
#include <pthread.h>
#include <stdlib.h>

struct guard {
	long value;
	pthread_mutex_t lock;
};

static pthread_rwlock_t readers = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t spin;
static struct guard *guard;
static int x;

static void *one(void *unused)
{
	pthread_rwlock_rdlock(&readers);
	pthread_spin_lock(&spin);
	x = 1;
	pthread_spin_unlock(&spin);
	pthread_rwlock_unlock(&readers);
	return unused;
}

static void *other(void *unused)
{
	pthread_rwlock_rdlock(&readers);
	pthread_mutex_lock(&guard->lock);
	x = 2;
	pthread_mutex_unlock(&guard->lock);
	pthread_rwlock_unlock(&readers);
	return unused;
}

int main(void)
{
	pthread_t threads[2];

	guard = calloc(1, sizeof(*guard));
	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
	pthread_create(&threads[0], NULL, one, NULL);
	pthread_create(&threads[1], NULL, other, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return 0;
}
