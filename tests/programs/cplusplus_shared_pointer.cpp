/*
 * Two pointers to one object, each of a thread's own: their common count is
 * atomic, whoever is the last frees it.
 *
 * Verdict: verified
 * Outcomes: 1
 */
#include <memory>
#include <thread>

int main()
{
	auto pointer = std::make_shared<int>(3);
	std::thread one([copy = pointer]() mutable { copy.reset(); });
	int seen = *pointer;

	pointer.reset();
	one.join();
	return seen != 3;
}
