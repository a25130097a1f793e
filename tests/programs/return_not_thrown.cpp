/*
 * An exception leaves functions whose local variables others have used, or use
 * still, as destructors join them.
 *
 * Verdict: verified
 * Outcome: exit 0
 */
#include <stdexcept>
#include <thread>

struct joins {
	std::thread thread;

	~joins()
	{
		thread.join();
	}
};

static void inner()
{
	int local = 1;
	joins joined{std::thread([&local] { local++; })};

	throw std::runtime_error("left");
}

static int outer()
{
	int local = 2;
	joins joined{std::thread([&local] { local++; })};

	inner();
	return local;
}

int main()
{
	try {
		return outer();
	} catch (const std::runtime_error &) {
		return 0;
	}
}
