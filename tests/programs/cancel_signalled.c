/*
 * The only one who waits for a condition variable is signalled and then
 * cancelled, by the same thread: the signal may have come through, or be lost
 * with the thread, which was cancelled in its wait. Where somebody else waits
 * as well, that one must have the signal: whichever is cancelled, the other
 * goes on, and nobody is left waiting.
 *
 * Watch: woken cleaned
 * Case: 1
 * Verdict: verified
 * Outcome: exit 0 cleaned=0 woken=1
 * Outcome: exit 0 cleaned=1 woken=0
 * Case: 2
 * Verdict: verified
 * Outcome: exit 0 cleaned=0 woken=2
 * Outcome: exit 0 cleaned=1 woken=1
 */
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER;
static int waiting;
static int woken;
static int cleaned;

static void clean_up(void *unused)
{
	(void)unused;
	cleaned++;
	pthread_mutex_unlock(&mutex);
}

static void *waiter(void *unused)
{
	pthread_mutex_lock(&mutex);
	pthread_cleanup_push(clean_up, NULL);
	waiting++;
	pthread_cond_signal(&arrived);
	pthread_cond_wait(&condition, &mutex);
	pthread_cleanup_pop(0);
	woken++;
	pthread_mutex_unlock(&mutex);
	return unused;
}

int main(int argc, char **argv)
{
	const int count = argc > 1 ? atoi(argv[1]) : 1;
	pthread_t threads[2];

	for (int i = 0; i < count; i++)
		pthread_create(&threads[i], NULL, waiter, NULL);
	pthread_mutex_lock(&mutex);
	while (waiting < count)
		pthread_cond_wait(&arrived, &mutex);
	pthread_cond_signal(&condition);
	pthread_mutex_unlock(&mutex);
	pthread_cancel(threads[0]);
	pthread_join(threads[0], NULL);
	if (!cleaned) {
		pthread_mutex_lock(&mutex);
		pthread_cond_signal(&condition);
		pthread_mutex_unlock(&mutex);
	}
	if (count > 1)
		pthread_join(threads[1], NULL);
	return 0;
}
