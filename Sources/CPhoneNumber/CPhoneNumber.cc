#include "CPhoneNumber.h"

#include <cstdlib>
#include <cstring>
#include <set>
#include <string>

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

namespace {

// The library writes what it cannot read to standard output unless told otherwise: numbers do not belong in a log.
PhoneNumberUtil &util() {
    static PhoneNumberUtil *instance = [] {
        auto *util = PhoneNumberUtil::GetInstance();
        util->SetLogger(new NullLogger());
        return util;
    }();
    return *instance;
}

const ShortNumberInfo &shortNumbers() {
    static const ShortNumberInfo *instance = new ShortNumberInfo();
    return *instance;
}

bool copy(const std::string &from, char *to, size_t capacity) {
    if (from.size() >= capacity) return false;
    std::memcpy(to, from.c_str(), from.size() + 1);
    return true;
}

bool parse(const char *text, const char *region, PhoneNumber *number) {
    return util().Parse(text, region, number) == PhoneNumberUtil::NO_PARSING_ERROR;
}

// FNV-1a, 32 bits.
void mix(uint32_t &digest, const std::string &text) {
    for (unsigned char byte : text) digest = (digest ^ byte) * 16777619u;
    digest = (digest ^ 0xffu) * 16777619u;
}

}  // namespace

bool sb_phone_parse(const char *text, const char *region, sb_phone_number *out) try {
    PhoneNumber number;
    if (!parse(text, region, &number)) return false;
    std::string e164, national, home;
    util().Format(number, PhoneNumberUtil::E164, &e164);
    util().GetNationalSignificantNumber(number, &national);
    util().GetRegionCodeForNumber(number, &home);
    std::memset(out, 0, sizeof *out);
    out->country_code = number.country_code();
    out->type = util().GetNumberType(number);
    out->is_valid = util().IsValidNumber(number);
    out->is_possible = util().IsPossibleNumberWithReason(number) == PhoneNumberUtil::IS_POSSIBLE;
    return copy(e164, out->e164, sizeof out->e164) && copy(national, out->national, sizeof out->national)
        && copy(home, out->region, sizeof out->region)
        && copy(number.extension(), out->extension, sizeof out->extension);
} catch (...) {
    return false;
}

bool sb_phone_format(const char *e164, bool national, char *text, size_t capacity) try {
    PhoneNumber number;
    if (!parse(e164, "ZZ", &number)) return false;
    std::string formatted;
    util().Format(number, national ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL, &formatted);
    return copy(formatted, text, capacity);
} catch (...) {
    return false;
}

bool sb_phone_is_short_code(const char *digits, const char *region) try {
    const int country = util().GetCountryCodeForRegion(region);
    if (country == 0 || std::strlen(digits) > 8) return false;
    PhoneNumber number;
    number.set_country_code(country);
    number.set_national_number(std::strtoull(digits, nullptr, 10));
    if (digits[0] == '0') {
        number.set_italian_leading_zero(true);
        number.set_number_of_leading_zeros(static_cast<int>(std::strspn(digits, "0")));
    }
    return shortNumbers().IsValidShortNumberForRegion(number, region)
        || shortNumbers().IsEmergencyNumber(digits, region);
} catch (...) {
    return false;
}

uint32_t sb_phone_rules_digest(void) try {
    uint32_t digest = 2166136261u;
    std::set<std::string> regions;
    util().GetSupportedRegions(&regions);
    for (const auto &region : regions) {
        mix(digest, region);
        std::set<PhoneNumberUtil::PhoneNumberType> types;
        util().GetSupportedTypesForRegion(region, &types);
        for (auto type : types) {
            PhoneNumber example;
            std::string text;
            if (!util().GetExampleNumberForType(region, type, &example)) continue;
            util().Format(example, PhoneNumberUtil::INTERNATIONAL, &text);
            mix(digest, text);
        }
    }
    return digest;
} catch (...) {
    return 0;
}
