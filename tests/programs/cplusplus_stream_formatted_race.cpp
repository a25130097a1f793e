/*
 * Two threads write text and numbers to one stream of their own making.
 *
 * Verdict: findings
 * Finding: any
 */
#include <sstream>
#include <thread>

static std::ostringstream stream;

static void write_to()
{
	stream << "x" << 1;
}

int main()
{
	std::thread one(write_to);
	std::thread other(write_to);

	one.join();
	other.join();
}
