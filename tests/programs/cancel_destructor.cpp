/*
 *
 * Verdict: verified
 * Outcome: exit 0 "destroyed"
 */
#include <cstdio>
#include <mutex>
#include <pthread.h>

static std::mutex mutex;

struct guarded {
	~guarded()
	{
		std::fputs("destroyed", stdout);
	}
};

static void *work(void *unused)
{
	std::lock_guard<std::mutex> lock(mutex);
	guarded guard;

	for (;;)
		pthread_testcancel();
	return unused;
}

int main()
{
	pthread_t thread;
	void *value;

	pthread_create(&thread, nullptr, work, nullptr);
	pthread_cancel(thread);
	pthread_join(thread, &value);
	mutex.lock();
	mutex.unlock();
	return value != PTHREAD_CANCELED;
}
