/*
 * How the value of each type is shown.
 *
 * Watch: yes small byte medium large huge colour half quarter inside nothing
 * Verdict: verified
 * Outcome: exit 0 byte=200 colour=GREEN half=0.5 huge=18446744073709551615
 *     inside=&target+8 large=-5000000000 medium=-300 nothing=null quarter=0.25
 *     small=-3 yes=true
 */
#include <stddef.h>

enum colour { RED, GREEN = 5, BLUE };

_Bool yes = 1;
signed char small = -3;
unsigned char byte = 200;
short medium = -300;
long large = -5000000000;
unsigned long huge = 18446744073709551615U;
enum colour colour = GREEN;
double half = 0.5;
float quarter = 0.25f;
double infinite;
int target[4];
int *inside = &target[2];
int *nothing;

int main(void)
{
	infinite = 1e308 * 10;
	return 0;
}
