/*
 * The ceiling of a mutex that has one, and of one that has none.
 *
 * Watch: wrong
 * Verdict: verified
 * Outcome: exit 0 wrong=0
 */
#include <errno.h>
#include <pthread.h>

static pthread_mutex_t none = PTHREAD_MUTEX_INITIALIZER;
static int wrong;

static void expect(int truth)
{
	wrong = wrong * 2 + !truth;
}

int main(void)
{
	pthread_mutexattr_t protect;
	pthread_mutex_t mutex;
	int ceiling = 0;

	expect(pthread_mutex_getprioceiling(&none, &ceiling) == EINVAL);
	expect(pthread_mutex_setprioceiling(&none, 3, &ceiling) == EINVAL);
	pthread_mutexattr_init(&protect);
	expect(pthread_mutexattr_setprotocol(&protect, PTHREAD_PRIO_PROTECT) ==
	       0);
	expect(pthread_mutexattr_setprioceiling(&protect, 5) == 0);
	expect(pthread_mutex_init(&mutex, &protect) == 0);
	expect(pthread_mutex_getprioceiling(&mutex, &ceiling) == 0);
	expect(ceiling == 5);
	expect(pthread_mutex_setprioceiling(&mutex, 7, &ceiling) == 0);
	expect(ceiling == 5);
	expect(pthread_mutex_getprioceiling(&mutex, &ceiling) == 0);
	expect(ceiling == 7);
	expect(pthread_mutex_setprioceiling(&mutex, 1000, NULL) == EINVAL);
	expect(pthread_mutex_destroy(&mutex) == 0);
	return 0;
}
