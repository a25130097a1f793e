/*
 * Where functions of the C++ library are called by addresses that stand beside
 * those of its objects, calls are seen all the same, and objects left alone.
 *
 * Flags: -fPIC -fno-plt
 * Verdict: findings
 * Outcome: exit 0 "xx"
 * Finding: data-race operations=write,write in=write_to,write_to
 */
#include <iostream>
#include <sstream>
#include <thread>

static std::ostringstream stream;

static void write_to()
{
	stream.put('x');
}

int main()
{
	std::thread other(write_to);

	write_to();
	other.join();
	std::cout << stream.str();
}
