/*
 * A thread that waits until it is asked to stop: what the library then does by
 * futex, and by reference counts, goes by how many threads there are.
 *
 * Flags: -std=c++20
 * Options: --strategy dpor
 * Verdict: verified
 * Outcome: exit 0 "stopped\n"
 */
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <stop_token>
#include <thread>

static std::mutex mutex;
static std::condition_variable_any condition;
static bool ready;

static void wait_for_it(std::stop_token token)
{
	std::unique_lock lock(mutex);

	condition.wait(lock, token, [] { return ready; });
	std::puts(ready ? "ready" : "stopped");
}

int main()
{
	std::jthread thread(wait_for_it);

	return 0;
}
