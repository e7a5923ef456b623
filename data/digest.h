/* SPDX-License-Identifier: GPL-3.0-or-later */
/* digest.h - SHA-256 (libsodium), in pieces; lower-case hex. */
#ifndef SES_DIGEST_H
#define SES_DIGEST_H

#include <stddef.h>
#include <stdint.h>

enum { SES_DIGEST_BYTES = 32, SES_DIGEST_HEX = 65 };

struct ses_digest { _Alignas(16) uint8_t opaque[128]; };

void ses_digest_start(struct ses_digest *digest);
void ses_digest_add(struct ses_digest *digest, const void *data, size_t len);
void ses_digest_end(struct ses_digest *digest, char hex[SES_DIGEST_HEX]);
void ses_digest_of(const void *data, size_t len, char hex[SES_DIGEST_HEX]);

#endif
