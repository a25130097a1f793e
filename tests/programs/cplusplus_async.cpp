/*
 * A future and a promise, std::call_once.
 *
 * Verdict: verified
 * Outcome: exit 0 "42 7 1"
 */
#include <future>
#include <iostream>
#include <mutex>
#include <thread>

static std::once_flag flag;
static int calls;

static int compute()
{
	std::call_once(flag, [] { calls++; });
	return 42;
}

int main()
{
	std::promise<int> promise;
	std::future<int> kept = promise.get_future();
	std::future<int> future = std::async(std::launch::async, compute);
	int first = future.get();
	int second;

	std::call_once(flag, [] { calls++; });
	promise.set_value(7);
	second = kept.get();
	std::cout << first << " " << second << " " << calls;
}
