/*
 * A semaphore that lets two in at once is no lock.
 *
 * Flags: -std=c++20
 * Verdict: findings
 * Outcome: exit 0
 * Finding: data-race variable=x
 */
#include <semaphore>
#include <thread>

static std::counting_semaphore<2> semaphore(2);
static int x;

static void work()
{
	semaphore.acquire();
	x++;
	semaphore.release();
}

int main()
{
	std::thread one(work);
	std::thread other(work);

	one.join();
	other.join();
}
