/*
 * A thread waits for an atomic variable to change, and is notified.
 *
 * Flags: -std=c++20
 * Verdict: verified
 * Outcomes: 1
 */
#include <atomic>
#include <thread>

static std::atomic<int> flag;
static int x;

int main()
{
	std::thread one([] {
		x = 1;
		flag = 1;
		flag.notify_one();
	});

	flag.wait(0);
	int seen = x;
	one.join();
	return seen != 1;
}
