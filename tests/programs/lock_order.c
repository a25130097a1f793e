/*
 * Locks taken in different orders by threads that do not come across each
 * other, as none is left while it could go on. That it went well is chance,
 * which is worth a warning.
 *
 * Options: --preemptions 0
 * Verdict: incomplete
 * Incomplete: bound
 * Outcomes: 1
 *
 * Case: mutexes
 * Warning: lock-order inversion: T1 takes lock b in one() lock_order.c:47 while
 *     it holds lock a, taken in one() lock_order.c:46; T2 takes lock a in
 *     other() lock_order.c:57 while it holds lock b, taken in other()
 *     lock_order.c:56
 *
 * Case: rwlocks
 * Warning: T1 takes rwlock q in one_rw() lock_order.c:67 while it holds rwlock
 *     p, taken in one_rw() lock_order.c:66; T2 takes rwlock p in other_rw()
 *
 * Case: spins
 * Warning: T1 takes spin lock t in one_spin() lock_order.c:85 while it holds
 *     spin lock s, taken in one_spin() lock_order.c:84; T2 takes spin lock s
 *
 * Case: three
 * Warning: T1 takes lock b in ring() lock_order.c:103 while it holds lock a,
 *     taken in ring() lock_order.c:102; T2 takes lock c in ring()
 *     lock_order.c:103 while it holds lock b, taken in ring()
 *     lock_order.c:102; T3 takes lock a
 */
#include <pthread.h>
#include <stdint.h>
#include <string.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t p = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t q = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t s;
static pthread_spinlock_t t;
static int shared;

static void *one(void *unused)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	shared++;
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return unused;
}

static void *other(void *unused)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a);
	shared++;
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return unused;
}

static void *one_rw(void *unused)
{
	pthread_rwlock_rdlock(&p);
	pthread_rwlock_wrlock(&q);
	pthread_rwlock_unlock(&q);
	pthread_rwlock_unlock(&p);
	return unused;
}

static void *other_rw(void *unused)
{
	pthread_rwlock_rdlock(&q);
	pthread_rwlock_wrlock(&p);
	pthread_rwlock_unlock(&p);
	pthread_rwlock_unlock(&q);
	return unused;
}

static void *one_spin(void *unused)
{
	pthread_spin_lock(&s);
	pthread_spin_lock(&t);
	pthread_spin_unlock(&t);
	pthread_spin_unlock(&s);
	return unused;
}

static void *other_spin(void *unused)
{
	pthread_spin_lock(&t);
	pthread_spin_lock(&s);
	pthread_spin_unlock(&s);
	pthread_spin_unlock(&t);
	return unused;
}

static void *ring(void *first)
{
	pthread_mutex_lock(first == &a ? &a : first == &b ? &b : &c);
	pthread_mutex_lock(first == &a ? &b : first == &b ? &c : &a);
	shared++;
	pthread_mutex_unlock(first == &a ? &b : first == &b ? &c : &a);
	pthread_mutex_unlock(first == &a ? &a : first == &b ? &b : &c);
	return NULL;
}

static void run(void *(*first)(void *), void *(*second)(void *))
{
	pthread_t threads[2];

	pthread_create(&threads[0], NULL, first, NULL);
	pthread_create(&threads[1], NULL, second, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
}

static void run_ring(void)
{
	pthread_mutex_t *const locks[] = {&a, &b, &c};
	pthread_t threads[3];

	for (int i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, ring, locks[i]);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
}

int main(int argc, char **argv)
{
	const char *which = argc > 1 ? argv[1] : "mutexes";

	pthread_spin_init(&s, PTHREAD_PROCESS_PRIVATE);
	pthread_spin_init(&t, PTHREAD_PROCESS_PRIVATE);
	if (strcmp(which, "mutexes") == 0)
		run(one, other);
	else if (strcmp(which, "rwlocks") == 0)
		run(one_rw, other_rw);
	else if (strcmp(which, "spins") == 0)
		run(one_spin, other_spin);
	else
		run_ring();
	return 0;
}
