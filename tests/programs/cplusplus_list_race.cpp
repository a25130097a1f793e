/*
 * One thread walks a std::list from its end, another adds to its front. With one
 * element in it they meet at that.
 *
 * Verdict: findings
 * Finding: data-race operations=read,write
 */
#include <list>
#include <thread>

static std::list<int> numbers = {1};

int main()
{
	auto last = std::prev(numbers.end());
	std::thread one([] { numbers.push_front(2); });
	auto before = std::prev(last);

	one.join();
	return before == last;
}
