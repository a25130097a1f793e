/*
 * One thread writes to a stream, another asks it for its text and its state.
 *
 * Verdict: findings
 * Finding: data-race operations=read,write in=ask,write_to at=text,write
 * Finding: data-race operations=read,write in=ask,write_to at=state,write
 */
#include <sstream>
#include <thread>

static std::ostringstream stream;

static void write_to()
{
	stream.put('x'); /* write */
}

static void ask()
{
	(void)stream.str();  /* text */
	(void)stream.good(); /* state */
}

int main()
{
	std::thread one(write_to);
	std::thread other(ask);

	one.join();
	other.join();
}
