/*
 * The same, where somebody says that no two threads have to do with it; and
 * where there is no other thread.
 *
 * Options: --trust std::filesystem::status
 * Flags: -std=c++17
 * Verdict: verified
 */
#include <filesystem>
#include <thread>

int main()
{
	std::filesystem::path path("a/b");
	auto before = std::filesystem::weakly_canonical(path);
	std::thread one([&] { return std::filesystem::status(path); });

	one.join();
	return path == before;
}
