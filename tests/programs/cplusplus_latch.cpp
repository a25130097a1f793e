/*
 * A latch: what was written before counting it down is seen behind it.
 *
 * Flags: -std=c++20
 * Options: --strategy dpor
 * Verdict: verified
 * Outcomes: 1
 */
#include <latch>
#include <thread>

static std::latch latch(2);
static int x, y;

int main()
{
	int seen = 0;
	std::thread one([] {
		x = 1;
		latch.count_down();
	});
	std::thread other([&seen] {
		y = 1;
		latch.arrive_and_wait();
		seen = x;
	});

	latch.wait();
	int sum = x + y;
	one.join();
	other.join();
	return sum + seen != 3;
}
