/*
 * A promise waits and wakes in its own heap block, by the futex system call.
 *
 * Verdict: verified
 * Outcome: exit 3
 */
#include <future>
#include <thread>

int main()
{
	std::promise<int> promise;
	std::future<int> future = promise.get_future();
	std::thread thread([&promise] { promise.set_value(3); });
	int value = future.get();

	thread.join();
	return value;
}
