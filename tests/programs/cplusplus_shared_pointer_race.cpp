/*
 * One pointer of two threads: what it points to is counted atomically, the
 * pointer itself is not atomic.
 *
 * Verdict: findings
 * Finding: any
 */
#include <memory>
#include <thread>

static std::shared_ptr<int> pointer = std::make_shared<int>(3);

int main()
{
	std::thread one([] { auto copy = pointer; });

	pointer.reset();
	one.join();
}
