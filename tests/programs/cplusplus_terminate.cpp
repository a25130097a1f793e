/*
 * A thread that can still be joined is destroyed.
 *
 * Verdict: findings
 * Outcome: abort
 * Output: begins terminate called without an active exception
 * Finding: abort in=main
 */
#include <thread>

int main()
{
	std::thread thread([] {});
}
