/*
 * An exception that leaves a thread's function, in some of the orders.
 *
 * Watch: x._M_i
 * Verdict: findings
 * Outcome: exit 0 x._M_i=1
 * Outcome: abort x._M_i=0
 * Outcome: abort x._M_i=1
 * Finding: abort in=check at=here message=an exception of type std::runtime_error was not caught
 */
#include <atomic>
#include <stdexcept>
#include <thread>

static std::atomic<int> x;

static void check()
{
	if (x == 0)
		throw std::runtime_error("too early"); /* here */
}

int main()
{
	std::thread thread(check);

	x = 1;
	thread.join();
}
