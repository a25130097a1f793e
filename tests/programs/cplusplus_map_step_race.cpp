/*
 * One thread goes through a std::map, another takes something out of it.
 *
 * Verdict: findings
 * Finding: any
 */
#include <map>
#include <thread>

static std::map<int, int> numbers = {{1, 1}, {2, 2}, {3, 3}};

int main()
{
	auto at = numbers.begin();
	std::thread one([] { numbers.erase(3); });

	++at;
	one.join();
	return at->second != 2;
}
