/*
 * A semaphore that nobody releases.
 *
 * Flags: -std=c++20
 * Verdict: findings
 * Outcome: deadlock
 * Finding: deadlock
 */
#include <semaphore>
#include <thread>

static std::binary_semaphore semaphore(0);

int main()
{
	std::thread one([] { semaphore.acquire(); });

	one.join();
}
