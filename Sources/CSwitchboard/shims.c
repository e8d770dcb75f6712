#include "CSwitchboard.h"

const int CSwitchboard_LWS_PRE = LWS_PRE;
