// SPDX-License-Identifier: GPL-3.0-or-later
// libmicrohttpd, and the Linux calls its façade needs that Swift's Glibc module leaves out.
#pragma once
#include <errno.h>
#include <microhttpd.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

// Paths stay as they came: %2F is not a slash before the routes have looked.
static inline size_t kinora_mhd_keep_escapes(void *context, struct MHD_Connection *connection, char *text) {
    (void)context;
    (void)connection;
    return strlen(text);
}

// What MHD_start_daemon takes as variadic options, with types.
struct kinora_mhd_setup {
    int listener;
    unsigned int threads;
    unsigned int connections;
    unsigned int idle_seconds;
    size_t connection_bytes;
    // PEM, ending in a NUL, valid until the daemon is stopped; NULL for plain HTTP.
    const char *certificate;
    const char *key;
    void *context;
    MHD_AcceptPolicyCallback client;
    MHD_AccessHandlerCallback access;
    MHD_RequestCompletedCallback completed;
    MHD_NotifyConnectionCallback connection;
    void *(*target)(void *context, const char *target, struct MHD_Connection *connection);
};

static inline struct MHD_Daemon *kinora_mhd_start(const struct kinora_mhd_setup *setup) {
    struct MHD_OptionItem options[] = {
        {MHD_OPTION_LISTEN_SOCKET, setup->listener, NULL},
        {MHD_OPTION_CONNECTION_LIMIT, (intptr_t)setup->connections, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)setup->idle_seconds, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, (intptr_t)setup->connection_bytes, NULL},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, NULL},
        {MHD_OPTION_NOTIFY_COMPLETED, (intptr_t)setup->completed, setup->context},
        {MHD_OPTION_NOTIFY_CONNECTION, (intptr_t)setup->connection, setup->context},
        {MHD_OPTION_URI_LOG_CALLBACK, (intptr_t)setup->target, setup->context},
        {MHD_OPTION_UNESCAPE_CALLBACK, (intptr_t)&kinora_mhd_keep_escapes, NULL},
        {MHD_OPTION_END, 0, NULL}, {MHD_OPTION_END, 0, NULL}, {MHD_OPTION_END, 0, NULL}, {MHD_OPTION_END, 0, NULL},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem *more = options + sizeof options / sizeof *options - 5;
    // A pool of one is refused: that is the daemon's own thread.
    if (setup->threads > 1)
        *more++ = (struct MHD_OptionItem){MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)setup->threads, NULL};
    unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    if (setup->key) {
        flags |= MHD_USE_TLS;
        *more++ = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)setup->certificate};
        *more++ = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)setup->key};
        *more++ = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0,
                                          (void *)(uintptr_t) "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"};
    }
    return MHD_start_daemon(flags, 0, setup->client, setup->context,
                            setup->access, setup->context, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

// MHD_get_connection_info is variadic.
static inline int kinora_mhd_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}
static inline void *kinora_mhd_link(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}
static inline const struct sockaddr *kinora_mhd_peer(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : NULL;
}
static inline size_t kinora_mhd_header_bytes(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}

// MHD_set_response_options is variadic. The answer is not chunked and ends with the connection.
static inline void kinora_mhd_end_with_connection(struct MHD_Response *response) {
    MHD_set_response_options(response, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
}

// MHD_SIZE_UNKNOWN is a macro with a cast.
static const uint64_t kinora_mhd_size_unknown = UINT64_MAX;

// epoll_event holds a union and is packed on some machines.
static inline int kinora_epoll_change(int set, int operation, int descriptor, uint32_t events, uint64_t name) {
    struct epoll_event event;
    event.events = events;
    event.data.u64 = name;
    return epoll_ctl(set, operation, descriptor, &event);
}
// How many of `names` were filled; -1 and errno otherwise. At most 64.
static inline int kinora_epoll_wait(int set, uint64_t *names, int count, int milliseconds) {
    struct epoll_event events[64];
    int found = epoll_wait(set, events, count < 64 ? count : 64, milliseconds);
    for (int i = 0; i < found; i++) names[i] = events[i].data.u64;
    return found;
}
// EPOLLRDHUP, EPOLLHUP and EPOLLERR come once.
static const uint32_t kinora_epoll_hang_up = (uint32_t)EPOLLRDHUP | (uint32_t)EPOLLONESHOT;
static const uint32_t kinora_epoll_in = (uint32_t)EPOLLIN | (uint32_t)EPOLLRDHUP;

// ioctl is variadic.
static inline int kinora_unread_bytes(int descriptor) {
    int bytes = 0;
    return ioctl(descriptor, FIONREAD, &bytes) == 0 ? bytes : 0;
}
