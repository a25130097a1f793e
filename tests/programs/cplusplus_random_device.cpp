/*
 * What the system draws at random is not the same in every execution.
 *
 * Verdict: incomplete
 * Incomplete: uncontrolled-call
 * Warning: std::random_device(), called
 */
#include <random>

int main()
{
	std::random_device device;

	(void)device();
}
