/*
 * What is to be done once is tried again where it failed with an exception.
 *
 * Verdict: verified
 * Outcomes: 1
 */
#include <mutex>
#include <stdexcept>
#include <thread>

static std::once_flag once;
static int tries;
static int x;

static void work()
{
	try {
		std::call_once(once, [] {
			if (tries++ == 0)
				throw std::runtime_error("not yet");
			x = 1;
		});
	} catch (const std::exception &) {
	}
}

int main()
{
	std::thread one(work);
	std::thread other(work);

	one.join();
	other.join();
	return x != 1;
}
