/*
 * Readers and a writer, each with the lock that it needs; one reader only tries.
 *
 * Verdict: verified
 * Flags: -std=c++17
 * Outcomes: 1
 */
#include <mutex>
#include <shared_mutex>
#include <thread>

static std::shared_mutex mutex;
static int x;

int main()
{
	bool right = true;
	std::thread writer([] {
		std::unique_lock<std::shared_mutex> lock(mutex);
		x++;
	});
	std::thread reader([&right] {
		std::shared_lock<std::shared_mutex> lock(mutex,
							 std::try_to_lock);
		if (lock)
			right = x < 2;
	});

	writer.join();
	reader.join();
	return !right;
}
