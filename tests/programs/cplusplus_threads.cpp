/*
 * Threads of C++ with a mutex and an atomic.
 *
 * Watch: x
 * Verdict: verified
 * Outcome: exit 0 x=3 "3 3"
 */
#include <atomic>
#include <iostream>
#include <mutex>
#include <thread>
#include <vector>

static int x;
static std::mutex lock;
static std::atomic<int> sum;

static void add(int number)
{
	std::lock_guard<std::mutex> guard(lock);

	x += number;
	sum += number;
}

int main()
{
	std::vector<std::thread> threads;

	for (int i = 1; i <= 2; i++)
		threads.emplace_back(add, i);
	for (auto &thread : threads)
		thread.join();
	std::cout << x << " " << sum;
}
