/*
 * Each thread has its own, which is destroyed when the thread ends; main's when
 * the program exits.
 *
 * Verdict: verified
 * Outcome: exit 0 "4 gone 4 gone 3 gone "
 */
#include <cstdio>
#include <thread>

struct Noisy {
	int value = 3;
	~Noisy()
	{
		std::printf("%d gone ", value);
	}
};

static thread_local Noisy noisy;

int main()
{
	noisy.value *= 1;
	for (int i = 0; i < 2; i++)
		std::thread([] { noisy.value++; }).join();
}
