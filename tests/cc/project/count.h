/* What the library of this project offers. */
#ifndef COUNT_H
#define COUNT_H

extern int x;

void increment(void);

#endif
