/*
 * What a native run tells the command: the watched values when it ends.
 */
#ifndef EXPLORER_HOOK_NATIVE_REPORT_H
#define EXPLORER_HOOK_NATIVE_REPORT_H

/* Opens the channel and takes the job that says what is watched. */
void native_report_open(const char *channel);

/* The process is about to exit with `status`: sends the values. Does nothing
 * the second time, or without a channel. */
void native_report(int status);

#endif
