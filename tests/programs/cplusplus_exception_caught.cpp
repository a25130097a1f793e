/*
 * Exceptions that are caught are nobody's business: throwing is no step.
 *
 * Verdict: verified
 * Executions: 2
 * Outcome: exit 0 "2"
 */
#include <iostream>
#include <mutex>
#include <stdexcept>
#include <thread>

static std::mutex lock;
static int caught;

static void work()
{
	try {
		throw std::logic_error("as planned");
	} catch (const std::exception &) {
		std::lock_guard<std::mutex> guard(lock);

		caught++;
	}
}

int main()
{
	std::thread one(work);
	std::thread other(work);

	one.join();
	other.join();
	std::cout << caught;
}
