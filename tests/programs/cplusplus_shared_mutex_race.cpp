/*
 * Two that write with the lock of readers.
 *
 * Flags: -std=c++17
 * Verdict: findings
 * Outcome: exit 0
 * Finding: data-race variable=x
 */
#include <shared_mutex>
#include <thread>

static std::shared_mutex mutex;
static int x;

static void work()
{
	std::shared_lock<std::shared_mutex> lock(mutex);
	x++;
}

int main()
{
	std::thread one(work);
	std::thread other(work);

	one.join();
	other.join();
}
