/*
 * Two threads write to one stream of their own making. What the C++ library does
 * for that is none of the program's code; the calls themselves are noted.
 *
 * Verdict: findings
 * Outcome: exit 0 "xyxy"
 * Outcome: exit 0 "xxyy"
 * Finding: data-race operations=write,write in=write_to,write_to at=x,x
 * Finding: data-race operations=write,write in=write_to,write_to at=x,y
 * Finding: data-race operations=write,write in=write_to,write_to at=y,y
 */
#include <iostream>
#include <sstream>
#include <thread>

static std::ostringstream stream;

static void write_to()
{
	stream.put('x'); /* x */
	stream.put('y'); /* y */
}

int main()
{
	std::thread one(write_to);
	std::thread other(write_to);

	one.join();
	other.join();
	std::cout << stream.str();
}
