// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

// EVP_EC_gen is a macro over a variadic function.
static inline EVP_PKEY *kinora_p256_key(void) { return EVP_EC_gen("P-256"); }

// X509V3_set_ctx fills a struct that only lives for this call. The value is in OpenSSL's own words ("critical,CA:FALSE"),
// never a stranger's. 1 when added.
static inline int kinora_x509_add_extension(X509 *certificate, int name, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, NULL, NULL, 0);
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, &context, name, value);
    if (!extension) return 0;
    int added = X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
    return added;
}

// BIO_get_mem_data is a macro over BIO_ctrl.
static inline long kinora_bio_bytes(BIO *bio, char **bytes) { return BIO_get_mem_data(bio, bytes); }
