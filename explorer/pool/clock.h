/*
 * Time as the command's own limits know it; nothing that a search decides
 * depends on it.
 */
#ifndef EXPLORER_POOL_CLOCK_H
#define EXPLORER_POOL_CLOCK_H

/* Seconds since some fixed moment. */
double clock_seconds(void);

/* Sleeps that long, or until a signal comes. */
void clock_pause(double seconds);

#endif
