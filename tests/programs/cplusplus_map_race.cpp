/*
 * One thread looks into a std::map, another adds to it: nothing of what is
 * compiled into the program writes to what the first one reads, since the C++
 * library links the nodes.
 *
 * Verdict: findings
 * Outcome: exit 0 "0"
 * Outcome: exit 0 "1"
 * Finding: data-race operations=read,write variable=numbers._M_t._M_impl._M_header._M_parent
 * Finding: data-race operations=read,write
 * Finding: data-race operations=read,write
 */
#include <cstdio>
#include <map>
#include <thread>

static std::map<int, int> numbers;

int main()
{
	std::thread one([] { numbers.emplace(1, 1); });
	bool found = numbers.find(1) != numbers.end();

	one.join();
	std::printf("%d", found);
}
