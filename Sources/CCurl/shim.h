// SPDX-License-Identifier: GPL-3.0-or-later
// libcurl's setters are variadic macros: one function for each type of value.
#pragma once
#include <curl/curl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

static inline CURLcode kinora_curl_number(CURL *curl, CURLoption option, long value) {
    return curl_easy_setopt(curl, option, value);
}
static inline CURLcode kinora_curl_size(CURL *curl, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(curl, option, value);
}
static inline CURLcode kinora_curl_text(CURL *curl, CURLoption option, const char *value) {
    return curl_easy_setopt(curl, option, value);
}
static inline CURLcode kinora_curl_pointer(CURL *curl, CURLoption option, const void *value) {
    return curl_easy_setopt(curl, option, value);
}
typedef size_t (*kinora_curl_transfer)(char *bytes, size_t size, size_t count, void *context);
static inline CURLcode kinora_curl_callback(CURL *curl, CURLoption option, kinora_curl_transfer callback) {
    return curl_easy_setopt(curl, option, callback);
}
typedef int (*kinora_curl_seek)(void *context, curl_off_t offset, int origin);
static inline CURLcode kinora_curl_on_seek(CURL *curl, kinora_curl_seek callback) {
    return curl_easy_setopt(curl, CURLOPT_SEEKFUNCTION, callback);
}
// Asked for a socket to the address that a name came to; -1 refuses it.
typedef curl_socket_t (*kinora_curl_open)(void *context, curlsocktype purpose, struct curl_sockaddr *address);
static inline CURLcode kinora_curl_on_open(CURL *curl, kinora_curl_open callback) {
    return curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, callback);
}
// The address itself: of an address of either kind its bytes in network order, or 0 bytes.
static inline int kinora_curl_address(const struct curl_sockaddr *address, unsigned char bytes[16]) {
    if (address->family == AF_INET) {
        memcpy(bytes, &((const struct sockaddr_in *)&address->addr)->sin_addr, 4);
        return 4;
    }
    if (address->family == AF_INET6) {
        memcpy(bytes, &((const struct sockaddr_in6 *)&address->addr)->sin6_addr, 16);
        return 16;
    }
    return 0;
}
static inline curl_socket_t kinora_curl_socket(const struct curl_sockaddr *address) {
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}
static inline long kinora_curl_status(CURL *curl) {
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return status;
}
// The finished transfer and its result, or NULL: CURLMsg holds a union.
static inline CURL *kinora_curl_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}
// Macros with values outside of int.
static const size_t kinora_curl_pause = CURL_WRITEFUNC_PAUSE;
static const size_t kinora_curl_read_abort = CURL_READFUNC_ABORT;
