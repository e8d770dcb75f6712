#ifndef C_SWITCHBOARD_H
#define C_SWITCHBOARD_H

#include <libwebsockets.h>

/// `LWS_PRE` is a computed macro, which the importer drops.
extern const int CSwitchboard_LWS_PRE;

#endif
