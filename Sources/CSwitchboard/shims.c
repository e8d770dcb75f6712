#define _GNU_SOURCE
#include "CSwitchboard.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>

int CSwitchboard_narrow_tls(void *ssl_ctx) {
    SSL_CTX *ctx = ssl_ctx;
    SSL_CTX_set_options(ctx, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET |
                                 SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_num_tickets(ctx, 0); // NO_TICKET alone leaves TLS 1.3 sending stateful ones
    return SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set1_groups_list(ctx, "X25519:P-256:P-384") == 1;
}

int CSwitchboard_certificate_matches(const char *chain_path, const char *key_path) {
    SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
    if (!ctx) return 0;
    int matches = SSL_CTX_use_certificate_chain_file(ctx, chain_path) == 1 &&
                  SSL_CTX_use_PrivateKey_file(ctx, key_path, SSL_FILETYPE_PEM) == 1 &&
                  SSL_CTX_check_private_key(ctx) == 1;
    SSL_CTX_free(ctx);
    ERR_clear_error(); // a later SSL call on this thread must not find our failure in the queue
    return matches;
}

uint64_t CSwitchboard_context_options(int tls) {
    return LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_VALIDATE_UTF8 |
           (tls ? LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT : 0);
}

int CSwitchboard_accept(int listener, struct sockaddr_storage *peer) {
    socklen_t length = sizeof *peer;
    return accept4(listener, (struct sockaddr *)peer, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int CSwitchboard_look(int descriptor) {
    struct pollfd probe = {.fd = descriptor, .events = POLLIN | POLLRDHUP};
    if (poll(&probe, 1, 0) <= 0) return 0;
    return probe.revents & (POLLRDHUP | POLLHUP | POLLERR) ? -1 : 1;
}
