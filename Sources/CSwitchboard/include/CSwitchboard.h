#ifndef C_SWITCHBOARD_H
#define C_SWITCHBOARD_H

#include <libwebsockets.h>
#include <sys/socket.h>

// What the importer drops: macros of OpenSSL and libwebsockets, and what glibc shows to GNU C only.

/// Narrows an `SSL_CTX` to TLS 1.2 and 1.3 with modern groups: no tickets, no renegotiation, no compression.
/// Returns 1 on success.
int CSwitchboard_narrow_tls(void *ssl_ctx);

/// Whether the chain and the private key can be read and belong together; 1 when they do.
int CSwitchboard_certificate_matches(const char *chain_path, const char *key_path);

/// The options of the one context: our libuv loop, UTF-8 checks, and TLS when asked for.
uint64_t CSwitchboard_context_options(int tls);

/// `accept4`, for a descriptor that neither blocks nor is inherited.
int CSwitchboard_accept(int listener, struct sockaddr_storage *peer);

/// Looks at a socket without waiting: below 0 when the peer has sent its last byte, above 0 when bytes wait, else 0.
int CSwitchboard_look(int descriptor);

#endif
