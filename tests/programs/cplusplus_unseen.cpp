/*
 * A function of the C++ library of which nothing is known, called while there
 * are other threads: what it shares with them is not seen.
 *
 * Flags: -std=c++17
 * Verdict: incomplete
 * Incomplete: uncontrolled-call
 * Warning: std::filesystem::status(), called
 */
#include <filesystem>
#include <thread>

int main()
{
	std::filesystem::path path("a/b");
	std::thread one([&] { return std::filesystem::status(path); });

	one.join();
}
