/*
 * Two threads append to one std::string: its member functions are compiled into
 * the program, where their accesses are seen, though the C++ library has them
 * ready-made.
 *
 * Verdict: findings
 * Finding: any
 * Outcome: exit 0
 * Outcome: exit 1
 */
#include <string>
#include <thread>

static std::string text;

static void add()
{
	text += "x";
}

int main()
{
	std::thread one(add);
	std::thread other(add);

	one.join();
	other.join();
	return text.size() != 2;
}
