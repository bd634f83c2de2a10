// SPDX-License-Identifier: GPL-3.0-or-later
// The floor of Benchmarks/http: libmicrohttpd alone, that answers every request with the bytes of one answer.
//
//     http_floor ANSWER    ANSWER: a file with header lines, an empty line, the body. Its first line out is its port.
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct MHD_Response *answer;

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *bytes, size_t *count, void **own) {
    (void)context, (void)url, (void)method, (void)version, (void)bytes, (void)count;
    // The first call has the headers only; answered there, the connection would end.
    if (!*own) {
        *own = &answer;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, answer);
}

int main(int count, char **arguments) {
    static char text[65536];
    FILE *file = count > 1 ? fopen(arguments[1], "rb") : NULL;
    if (!file) return 1;
    size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    char *body = strstr(text, "\n\n");
    if (!body) return 1;
    *body = 0;
    body += 2;
    answer = MHD_create_response_from_buffer(size - (size_t)(body - text), body, MHD_RESPMEM_PERSISTENT);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        char *colon = strchr(line, ':');
        if (!colon) continue;
        *colon = 0;
        MHD_add_response_header(answer, line, colon + 1 + strspn(colon + 1, " "));
    }
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, handle, NULL, MHD_OPTION_THREAD_POOL_SIZE, 2u,
        MHD_OPTION_CONNECTION_LIMIT, 4096u, MHD_OPTION_END);
    const union MHD_DaemonInfo *info = daemon ? MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (!info) return 1;
    printf("%d\n", info->port);
    fflush(stdout);
    pause();
    return 0;
}
