/*
 * A thread that is asked to stop only after both have done the same.
 *
 * Flags: -std=c++20
 * Verdict: findings
 * Outcome: exit 0
 * Finding: data-race variable=x
 */
#include <thread>

static int x;

int main()
{
	std::jthread one([](std::stop_token token) {
		if (!token.stop_requested())
			x++;
	});

	x++;
	one.request_stop();
}
