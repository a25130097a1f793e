/*
 * Two threads append to one std::string under a lock.
 *
 * Verdict: verified
 * Outcome: exit 0 "a word and a word and "
 */
#include <cstdio>
#include <mutex>
#include <string>
#include <thread>

static std::mutex mutex;
static std::string text;

static void add()
{
	std::lock_guard<std::mutex> lock(mutex);

	text.append("a word").append(" and ");
}

int main()
{
	std::thread one(add);
	std::thread other(add);

	one.join();
	other.join();
	std::printf("%s", text.c_str());
}
