/*
 * A latch that is counted down twice where three are expected: whoever waits
 * does so for ever.
 *
 * Flags: -std=c++20
 * Verdict: findings
 * Outcome: deadlock
 * Finding: deadlock
 */
#include <latch>
#include <thread>

static std::latch latch(3);

int main()
{
	std::thread one([] { latch.count_down(); });
	std::thread other([] { latch.arrive_and_wait(); });

	one.join();
	other.join();
}
