// SPDX-License-Identifier: GPL-3.0-or-later
package import Database
import JobQueue

/// The tables of `DATA/kinora.sqlite`. Times are seconds since 1970, hashes hex digits; a task's times are milliseconds.
package enum StudioSchema {
    package static let migrations = [
        Migration(1, script: accounts + projects + TaskTable.schema + exports),
        // The film's length in ms, for lists; null until the project is saved again.
        Migration(2, script: "ALTER TABLE project ADD COLUMN length INTEGER;"),
    ]

    private static let accounts = """
        CREATE TABLE account (
            id TEXT PRIMARY KEY,
            client TEXT UNIQUE,
            plan TEXT NOT NULL CHECK (plan IN ('free', 'paid')),
            registered_at REAL,
            created_at REAL NOT NULL,
            -- the sums of the account's lines in credit_entry
            available INTEGER NOT NULL DEFAULT 0,
            frozen INTEGER NOT NULL DEFAULT 0 CHECK (frozen >= 0)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO account (id, plan, registered_at, created_at) VALUES ('usr_local', 'paid', unixepoch(), unixepoch());

        CREATE TABLE token (
            hash TEXT PRIMARY KEY,
            account TEXT NOT NULL REFERENCES account,
            issued_at REAL NOT NULL,
            expires_at REAL,
            -- good for this project alone
            project TEXT,
            address TEXT,
            revoked_at REAL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX token_account ON token (account, issued_at);
        CREATE INDEX token_address ON token (address, issued_at) WHERE address IS NOT NULL;
        CREATE INDEX token_expiry ON token (expires_at) WHERE expires_at IS NOT NULL;

        CREATE TABLE claim (
            hash TEXT PRIMARY KEY,
            account TEXT NOT NULL REFERENCES account,
            project TEXT NOT NULL,
            expires_at REAL NOT NULL,
            redeemed_at REAL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX claim_expiry ON claim (expires_at);

        -- only ever added to
        CREATE TABLE credit_entry (
            id INTEGER PRIMARY KEY,
            account TEXT NOT NULL REFERENCES account,
            reason TEXT NOT NULL CHECK (reason IN ('granted', 'reserved', 'settled', 'released')),
            reference TEXT NOT NULL,
            available INTEGER NOT NULL,
            frozen INTEGER NOT NULL,
            at REAL NOT NULL,
            UNIQUE (account, reason, reference)
        ) STRICT;
        CREATE INDEX credit_account ON credit_entry (account, id);
        -- a reservation ends once
        CREATE UNIQUE INDEX credit_end ON credit_entry (account, reference) WHERE reason IN ('settled', 'released');

        -- reservations that have not ended
        CREATE TABLE credit_hold (
            account TEXT NOT NULL REFERENCES account,
            reference TEXT NOT NULL,
            amount INTEGER NOT NULL CHECK (amount >= 0),
            PRIMARY KEY (account, reference)
        ) STRICT, WITHOUT ROWID;

        """

    private static let projects = """
        CREATE TABLE project (
            id TEXT PRIMARY KEY,
            account TEXT NOT NULL REFERENCES account,
            name TEXT NOT NULL,
            language TEXT,
            created_at REAL NOT NULL,
            changed_at REAL NOT NULL,
            deleted_at REAL,
            revision INTEGER NOT NULL,
            -- the numbers of the revisions that undo and redo go through, as "0-3,7", and where in them the project is
            line TEXT NOT NULL,
            position INTEGER NOT NULL,
            memory TEXT NOT NULL,
            notes TEXT NOT NULL,
            assets_named INTEGER NOT NULL,
            -- how many rows there are, the number of the last one
            media_count INTEGER NOT NULL,
            revision_last INTEGER NOT NULL,
            edit_count INTEGER NOT NULL,
            turn_last INTEGER NOT NULL,
            turn_count INTEGER NOT NULL,
            event_count INTEGER NOT NULL DEFAULT 0,
            -- the last event that was removed
            event_lost INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX project_account ON project (account, changed_at DESC);
        CREATE INDEX project_deleted ON project (deleted_at) WHERE deleted_at IS NOT NULL;

        CREATE TABLE revision (
            project TEXT NOT NULL REFERENCES project ON DELETE CASCADE,
            number INTEGER NOT NULL,
            parent INTEGER,
            name TEXT,
            -- null: draft is its JSON; else what differs from the JSON of the revision of that number
            base INTEGER,
            draft BLOB NOT NULL,
            PRIMARY KEY (project, number)
        ) STRICT;

        CREATE TABLE edit (
            project TEXT NOT NULL REFERENCES project ON DELETE CASCADE,
            number INTEGER NOT NULL,
            entry TEXT NOT NULL,
            PRIMARY KEY (project, number)
        ) STRICT;

        CREATE TABLE turn (
            project TEXT NOT NULL REFERENCES project ON DELETE CASCADE,
            number INTEGER NOT NULL,
            id TEXT NOT NULL,
            sheet TEXT NOT NULL,
            PRIMARY KEY (project, number)
        ) STRICT;

        CREATE TABLE waiting_turn (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            account TEXT NOT NULL REFERENCES account,
            project TEXT NOT NULL REFERENCES project ON DELETE CASCADE,
            said TEXT NOT NULL,
            said_at REAL NOT NULL,
            context BLOB NOT NULL
        ) STRICT;
        CREATE INDEX waiting_turn_project ON waiting_turn (project);

        CREATE TABLE asset (
            id TEXT PRIMARY KEY,
            account TEXT NOT NULL REFERENCES account,
            project TEXT NOT NULL REFERENCES project ON DELETE CASCADE,
            number INTEGER NOT NULL,
            hash TEXT NOT NULL,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            byte_count INTEGER NOT NULL,
            facts TEXT NOT NULL,
            beats TEXT
        ) STRICT;
        CREATE INDEX asset_project ON asset (project, number);
        CREATE INDEX asset_hash ON asset (hash, account);
        CREATE INDEX asset_account ON asset (account, hash);

        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project TEXT NOT NULL REFERENCES project ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('revision', 'turn', 'asset', 'export')),
            payload TEXT NOT NULL,
            at REAL NOT NULL
        ) STRICT;
        CREATE INDEX event_project ON event (project, id);

        CREATE TABLE upload (
            id TEXT PRIMARY KEY,
            account TEXT NOT NULL REFERENCES account,
            project TEXT,
            length INTEGER CHECK (length >= 0),
            offset INTEGER NOT NULL CHECK (offset >= 0 AND (length IS NULL OR offset <= length)),
            metadata TEXT NOT NULL,
            created_at REAL NOT NULL,
            expires_at REAL NOT NULL,
            asset TEXT
        ) STRICT;
        CREATE INDEX upload_expiry ON upload (expires_at);
        CREATE INDEX upload_account ON upload (account);

        """

    private static let exports = """
        CREATE TABLE export (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            account TEXT NOT NULL REFERENCES account,
            id TEXT NOT NULL,
            project TEXT NOT NULL,
            body BLOB NOT NULL,
            created_at REAL NOT NULL,
            task INTEGER NOT NULL UNIQUE REFERENCES task,
            UNIQUE (account, id)
        ) STRICT;
        CREATE INDEX export_account ON export (account, number);

        """
}
