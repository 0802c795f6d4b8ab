import GRDB

/// The tables, and the steps from each version of them to the next.
///
/// The history holds the state *before* each change. The state after it is that before the object's next change, or the stored object itself;
/// so each state is written once as itself and once when it is replaced.
enum StorageSchema {
    /// "MRTL" in the header of the file, by which it is recognized (<https://www.sqlite.org/pragma.html#pragma_application_id>).
    static let applicationID = 0x4D52_544C

    /// Step `n` brings schema version `n` to `n + 1`. Released steps never change; a new layout is a new step.
    static let steps: [@Sendable (Database) throws -> Void] = [
        { database in
            try database.execute(
                sql: """
                    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
                    CREATE TABLE objects (
                        id INTEGER PRIMARY KEY,
                        "group" TEXT NOT NULL, plural TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
                        uid TEXT NOT NULL, version INTEGER NOT NULL, json BLOB NOT NULL,
                        UNIQUE ("group", plural, namespace, name)
                    );
                    CREATE TABLE changes (
                        version INTEGER PRIMARY KEY, time INTEGER NOT NULL,
                        "group" TEXT NOT NULL, plural TEXT NOT NULL, namespace TEXT NOT NULL, name TEXT NOT NULL,
                        type TEXT NOT NULL CHECK (type IN ('ADDED', 'MODIFIED', 'DELETED')),
                        previous_version INTEGER, previous BLOB
                    );
                    INSERT INTO meta VALUES ('version', '0'), ('compacted', '0');
                    """)
        }
    ]

    /// Brings the database to the newest version, each step in a transaction of its own.
    ///
    /// - Parameter steps: other ones in tests of an older or newer Martlet.
    static func migrate(_ queue: DatabaseQueue, path: String, steps: [@Sendable (Database) throws -> Void] = steps) throws {
        let (applicationID, found, isEmpty) = try queue.read { database in
            (
                try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0,
                try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0,
                try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") == 0
            )
        }
        guard applicationID == Self.applicationID || isEmpty else { throw StorageError.notOurs(path: path) }
        guard found <= steps.count else { throw StorageError.newerSchema(path: path, found: found, supported: steps.count) }
        for version in max(found, 0)..<steps.count {
            try queue.write { database in
                try steps[version](database)
                try database.execute(sql: "PRAGMA application_id = \(Self.applicationID); PRAGMA user_version = \(version + 1)")
            }
        }
    }
}
