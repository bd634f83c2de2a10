// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <sqlite3.h>
#include <stdint.h>

#if SQLITE_VERSION_NUMBER < 3040000
#error "SQLite 3.40 or newer is needed: apt-get install libsqlite3-dev"
#endif

// Variadic functions cannot be called from Swift.

/// Turns one of the on-off settings of a connection (SQLITE_DBCONFIG_…) on or off; an SQLite result code.
static inline int kinora_sqlite_switch(sqlite3 *connection, int setting, int on) {
    return sqlite3_db_config(connection, setting, on, (int *)0);
}

// SQLITE_TRANSIENT is a cast of -1 to a function's address, which Swift cannot make.

/// Binds text that SQLite copies; an SQLite result code.
static inline int kinora_sqlite_bind_text(sqlite3_stmt *statement, int place, const char *text, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, place, text, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// Binds bytes that SQLite copies; an SQLite result code.
static inline int kinora_sqlite_bind_blob(sqlite3_stmt *statement, int place, const void *bytes, sqlite3_uint64 count) {
    return count == 0 ? sqlite3_bind_zeroblob(statement, place, 0)
                      : sqlite3_bind_blob64(statement, place, bytes, count, SQLITE_TRANSIENT);
}

// Extended result codes are sums in macros, which Swift does not import.

static const int kinora_sqlite_constraint_unique = SQLITE_CONSTRAINT_UNIQUE;
static const int kinora_sqlite_constraint_primarykey = SQLITE_CONSTRAINT_PRIMARYKEY;
static const int kinora_sqlite_constraint_foreignkey = SQLITE_CONSTRAINT_FOREIGNKEY;
