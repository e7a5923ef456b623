/* SPDX-License-Identifier: GPL-3.0-or-later */
/* digest.c - SHA-256 by libsodium; the only file that sees <sodium.h>. */
#include "data/digest.h"

#include <sodium.h>
#include <string.h>

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct ses_digest), "state fits");
_Static_assert(_Alignof(crypto_hash_sha256_state) <= _Alignof(struct ses_digest), "state is aligned");
_Static_assert(crypto_hash_sha256_BYTES == SES_DIGEST_BYTES, "32 bytes");

void ses_digest_start(struct ses_digest *digest)
{
	crypto_hash_sha256_init((crypto_hash_sha256_state *)(void *)digest->opaque);
}

void ses_digest_add(struct ses_digest *digest, const void *data, size_t len)
{
	if (len)
		crypto_hash_sha256_update((crypto_hash_sha256_state *)(void *)digest->opaque, data, len);
}

void ses_digest_end(struct ses_digest *digest, char hex[SES_DIGEST_HEX])
{
	unsigned char out[SES_DIGEST_BYTES];

	crypto_hash_sha256_final((crypto_hash_sha256_state *)(void *)digest->opaque, out);
	sodium_bin2hex(hex, SES_DIGEST_HEX, out, sizeof(out));
}

void ses_digest_of(const void *data, size_t len, char hex[SES_DIGEST_HEX])
{
	struct ses_digest digest;

	ses_digest_start(&digest);
	ses_digest_add(&digest, data, len);
	ses_digest_end(&digest, hex);
}
