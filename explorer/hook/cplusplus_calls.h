/*
 * What the C++ library's own functions access, by their mangled names: each
 * call is noted as an access to what it is about (noted_calls.h). There is none
 * for functions that threads may call as they like. Of a function that nothing
 * is known of, a call while there are other threads makes the answer
 * incomplete.
 */
#ifndef EXPLORER_HOOK_CPLUSPLUS_CALLS_H
#define EXPLORER_HOOK_CPLUSPLUS_CALLS_H

#include "hook/noted_calls.h"

/* What is known of the function of that name; its `note` is NULL for what is
 * the library's own business. */
struct noted_call cplusplus_call_known(const char *symbol);

/* An object is changed, whose first word every change goes by. */
call_note cplusplus_note_object;
/* A function of a stream. */
call_note cplusplus_note_stream;

/* Finds what tells the standard streams from others. */
void cplusplus_find_streams(void);

/* The functions of containers and others, whose names say nothing of what they
 * do; NULL behind the last. */
extern const struct noted_call cplusplus_containers[];

#endif
