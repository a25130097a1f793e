/*
 * Locks taken in different orders where that cannot go wrong: another lock is
 * around both; one half is over before the other begins, be that by a join, a
 * flag under a lock of its own or under one of the two, or a semaphore; both
 * only read; one tries; it is the same thread. No warning.
 *
 * Options: --strategy random
 * Command: sample --runs 100
 * Verdict: none-found
 * Case: gate
 * Case: join
 * Case: flag
 * Case: own_flag
 * Case: semaphore
 * Case: readers
 * Case: try
 * Case: same
 */
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <string.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t p = PTHREAD_RWLOCK_INITIALIZER;
static pthread_rwlock_t q = PTHREAD_RWLOCK_INITIALIZER;
static sem_t done;
static const char *which;
static int shared;
static int flag;

static int is(const char *word)
{
	return strcmp(which, word) == 0;
}

static void a_then_b(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	shared++;
	if (is("own_flag"))
		flag = 1;
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void b_then_a(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a);
	shared++;
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void tell(void)
{
	pthread_mutex_lock(&gate);
	flag = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&gate);
	sem_post(&done);
}

static void *one(void *unused)
{
	if (is("gate"))
		pthread_mutex_lock(&gate);
	a_then_b();
	if (is("same"))
		b_then_a();
	if (is("gate"))
		pthread_mutex_unlock(&gate);
	if (is("flag"))
		tell();
	if (is("semaphore"))
		sem_post(&done);
	return unused;
}

static void await_flag(void)
{
	pthread_mutex_lock(&gate);
	while (!flag)
		pthread_cond_wait(&changed, &gate);
	pthread_mutex_unlock(&gate);
}

static int own_flag(void)
{
	int value;

	pthread_mutex_lock(&a);
	value = flag;
	pthread_mutex_unlock(&a);
	return value;
}

static void b_then_try_a(void)
{
	int error;

	pthread_mutex_lock(&b);
	error = pthread_mutex_trylock(&a);
	if (!error)
		pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *other(void *unused)
{
	if (is("gate"))
		pthread_mutex_lock(&gate);
	if (is("flag"))
		await_flag();
	if (is("semaphore"))
		sem_wait(&done);
	if (is("try"))
		b_then_try_a();
	else if (!is("own_flag") || own_flag())
		b_then_a();
	if (is("gate"))
		pthread_mutex_unlock(&gate);
	return unused;
}

static void *read_p_then_q(void *unused)
{
	pthread_rwlock_rdlock(&p);
	pthread_rwlock_rdlock(&q);
	pthread_rwlock_unlock(&q);
	pthread_rwlock_unlock(&p);
	return unused;
}

static void *read_q_then_p(void *unused)
{
	pthread_rwlock_rdlock(&q);
	pthread_rwlock_rdlock(&p);
	pthread_rwlock_unlock(&p);
	pthread_rwlock_unlock(&q);
	return unused;
}

int main(int argc, char **argv)
{
	pthread_t threads[2];

	which = argc > 1 ? argv[1] : "gate";
	sem_init(&done, 0, 0);
	if (is("readers")) {
		pthread_create(&threads[0], NULL, read_p_then_q, NULL);
		pthread_create(&threads[1], NULL, read_q_then_p, NULL);
	} else {
		pthread_create(&threads[0], NULL, one, NULL);
		if (is("join"))
			pthread_join(threads[0], NULL);
		pthread_create(&threads[1], NULL,
			       is("same") ? read_p_then_q : other, NULL);
	}
	if (!is("join"))
		pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return 0;
}
