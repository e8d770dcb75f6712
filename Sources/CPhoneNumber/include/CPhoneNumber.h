// libphonenumber behind a C face: its own headers are C++ and bring protobuf along.
#ifndef C_PHONE_NUMBER_H
#define C_PHONE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// What libphonenumber calls PhoneNumberType, in its order.
typedef struct {
    char e164[24];
    char national[24];   // national significant number, leading zeros kept
    char region[8];      // ISO 3166 alpha-2, "001" for numbers of no country, "ZZ" for none
    char extension[24];
    int32_t country_code;
    int32_t type;
    bool is_valid;
    bool is_possible;    // a full number of the right length, which the rules may not know (yet)
} sb_phone_number;

// Reads text as dialled in a region. False if it is no number at all. No call here logs, throws or keeps a pointer;
// all of them may be called from any thread.
bool sb_phone_parse(const char *text, const char *region, sb_phone_number *number);

// Writes an E.164 number for people, zero-terminated. False if it is no number or does not fit.
bool sb_phone_format(const char *e164, bool national, char *text, size_t capacity);

// Whether these digits are a short code of the region, such as an emergency number.
bool sb_phone_is_short_code(const char *digits, const char *region);

// A digest of the rules in use: other rules give other answers, and mostly another digest.
uint32_t sb_phone_rules_digest(void);

#ifdef __cplusplus
}
#endif

#endif
