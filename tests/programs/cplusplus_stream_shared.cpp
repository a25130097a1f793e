/*
 * Streams that threads may write to without a race: std::cout, one of a thread's
 * own, one that a lock guards.
 *
 * Verdict: verified
 * Outcome: exit 0 "1212\n"
 * Outcome: exit 0 "1221\n"
 * Outcome: exit 0 "2112\n"
 * Outcome: exit 0 "2121\n"
 */
#include <iostream>
#include <mutex>
#include <sstream>
#include <thread>

static std::mutex mutex;
static std::ostringstream common;

static void write_to(int number)
{
	std::ostringstream own;

	own << number;
	std::cout << own.str();
	std::lock_guard<std::mutex> lock(mutex);
	common << number;
}

int main()
{
	std::thread one(write_to, 1);
	std::thread other(write_to, 2);

	one.join();
	other.join();
	std::cout << common.str() << std::endl;
}
