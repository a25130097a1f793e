/*
 * A barrier with a step of its own at the end of each phase.
 *
 * Flags: -std=c++20
 * Options: --strategy dpor
 * Verdict: verified
 * Outcomes: 1
 */
#include <barrier>
#include <thread>

static int phases;
static std::barrier barrier(2, []() noexcept { phases++; });
static int x;

int main()
{
	int seen = 0;
	std::thread one([] {
		x = 1;
		barrier.arrive_and_wait();
	});
	std::thread other([&seen] {
		barrier.arrive_and_wait();
		seen = x;
	});

	one.join();
	other.join();
	return seen + phases != 2;
}
