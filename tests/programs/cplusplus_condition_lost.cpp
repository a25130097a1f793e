/*
 * The flag is looked at before the lock is held: the signal may come in
 * between.
 *
 * Verdict: findings
 * Outcome: exit 0
 * Outcome: deadlock
 * Finding: deadlock
 */
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

static std::mutex lock;
static std::condition_variable changed;
static std::atomic<bool> ready;

int main()
{
	std::thread setter([] {
		ready = true;
		changed.notify_one();
	});

	if (!ready) {
		std::unique_lock<std::mutex> guard(lock);

		changed.wait(guard);
	}
	setter.join();
}
