/*
 * What is to be called when a stop is requested is called once, or not at all
 * where it has been taken back before.
 *
 * Flags: -std=c++20
 * Options: --strategy dpor
 * Verdict: verified
 * Outcome: exit 0 "0"
 * Outcome: exit 0 "1"
 */
#include <atomic>
#include <cstdio>
#include <stop_token>
#include <thread>

static std::atomic<int> calls;

int main()
{
	std::stop_source source;
	std::jthread one([token = source.get_token()] {
		std::stop_callback callback(token, [] { calls++; });
	});

	source.request_stop();
	one.join();
	std::printf("%d", calls.load());
}
