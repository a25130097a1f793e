/*
 * A barrier that one thread comes to twice and the other once.
 *
 * Flags: -std=c++20
 * Options: --strategy dpor
 * Verdict: findings
 * Outcome: deadlock
 * Finding: deadlock
 */
#include <barrier>
#include <thread>

static std::barrier barrier(2);

int main()
{
	std::thread one([] {
		barrier.arrive_and_wait();
		barrier.arrive_and_wait();
	});
	std::thread other([] { barrier.arrive_and_wait(); });

	one.join();
	other.join();
}
