/*
 * A thread waits for an atomic variable to change, and nobody notifies it: it
 * notices only if it looks late enough.
 *
 * Flags: -std=c++20
 * Verdict: findings
 * Outcome: exit 0
 * Outcome: deadlock
 * Finding: deadlock
 */
#include <atomic>
#include <thread>

static std::atomic<int> flag;

int main()
{
	std::thread one([] { flag = 1; });

	flag.wait(0);
	one.join();
}
