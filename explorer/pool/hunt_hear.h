/*
 * What a child tells a search, message by message.
 */
#ifndef EXPLORER_POOL_HUNT_HEAR_H
#define EXPLORER_POOL_HUNT_HEAR_H

#include "pool/hunt.h"

/* Takes in the message that the hunt's listener has just heard, and answers it
 * where the child waits for that. Returns -1 if it makes no sense: the child is
 * then not to be listened to any more. */
int hunt_hear(struct hunt *hunt);

#endif
