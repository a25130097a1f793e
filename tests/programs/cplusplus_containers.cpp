/*
 * Containers whose links and sizes the C++ library keeps, under a lock, and gone
 * through when nobody changes them any more.
 *
 * Verdict: verified
 * Outcomes: 1
 */
#include <cstdio>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>

static std::mutex mutex;
static std::map<int, int> map;
static std::set<int> set = {5, 6, 7, 8, 9};
static std::list<int> list;
static std::unordered_map<std::string, int> table;

static void work(int number)
{
	std::lock_guard<std::mutex> lock(mutex);

	map[number] = number;
	set.erase(5 + number);
	list.push_back(number);
	list.reverse();
	list.sort();
	table[std::to_string(number)]++;
}

int main()
{
	std::thread one(work, 1);
	std::thread other(work, 2);
	int sum = 0;

	one.join();
	other.join();
	for (auto &entry : map)
		sum += entry.second;
	for (int number : set)
		sum += number;
	for (int number : list)
		sum += number;
	for (auto &entry : table)
		sum += entry.second;
	return sum != 30;
}
