extension Migration {
    // Ids are text (ULIDs), times are milliseconds since 1970 UTC, money is minor units and ISO 4217. `n` and `gid` are
    // row numbers that never leave the database, except `gid` as the position in the log.
    static let first = Migration(
        number: 1,
        name: "people, conversations, the log",
        sql: """
            CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

            CREATE TABLE rep (
                id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, email_key TEXT NOT NULL UNIQUE,
                role TEXT NOT NULL CHECK (role IN ('rep', 'supervisor', 'admin')),
                addresses TEXT NOT NULL, chats_at_once INTEGER NOT NULL, language TEXT, active INTEGER NOT NULL,
                intent TEXT NOT NULL CHECK (intent IN ('online', 'away', 'busy')), password TEXT
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE session (
                hash TEXT PRIMARY KEY, rep TEXT NOT NULL REFERENCES rep (id),
                created_at INTEGER NOT NULL, last_seen INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX session_rep ON session (rep);

            CREATE TABLE organisation (id TEXT PRIMARY KEY, name TEXT NOT NULL, name_key TEXT NOT NULL)
                STRICT, WITHOUT ROWID;
            CREATE INDEX organisation_name ON organisation (name_key, id);

            -- canon is the person that this record stands for, derived from the live merge edges.
            CREATE TABLE person (
                id TEXT PRIMARY KEY, canon TEXT NOT NULL, name TEXT NOT NULL, name_key TEXT NOT NULL, title TEXT,
                organisation TEXT REFERENCES organisation (id), lifecycle TEXT NOT NULL, owner TEXT, language TEXT,
                region TEXT, created_at INTEGER NOT NULL, revision INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX person_canon ON person (canon);
            CREATE INDEX person_name ON person (name_key, id, canon);

            CREATE TABLE identity (
                n INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('phone', 'email', 'visitor', 'ext')),
                issuer TEXT NOT NULL, value TEXT NOT NULL, base TEXT, suffix TEXT, UNIQUE (kind, issuer, value)
            ) STRICT;
            CREATE INDEX identity_base ON identity (base) WHERE base IS NOT NULL;
            CREATE INDEX identity_suffix ON identity (suffix) WHERE suffix IS NOT NULL;

            -- A claim never owns, a shared number belongs to nobody alone, and no identity has two owners.
            CREATE TABLE identity_link (
                identity INTEGER NOT NULL REFERENCES identity (n), person TEXT NOT NULL REFERENCES person (id),
                assurance INTEGER NOT NULL CHECK (assurance BETWEEN 0 AND 3),
                exclusive INTEGER NOT NULL CHECK (exclusive IN (0, 1)),
                shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
                first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL, retracted_at INTEGER,
                PRIMARY KEY (identity, person), CHECK (exclusive = 0 OR (assurance >= 2 AND shared = 0))
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX identity_link_person ON identity_link (person);
            CREATE UNIQUE INDEX identity_owner ON identity_link (identity) WHERE exclusive = 1 AND retracted_at IS NULL;

            CREATE TABLE remembered (
                identity INTEGER PRIMARY KEY REFERENCES identity (n), person TEXT NOT NULL REFERENCES person (id),
                until INTEGER NOT NULL
            ) STRICT;

            CREATE TABLE merge_edge (
                id TEXT PRIMARY KEY, loser TEXT NOT NULL REFERENCES person (id),
                winner TEXT NOT NULL REFERENCES person (id), by TEXT NOT NULL, reason TEXT NOT NULL,
                at INTEGER NOT NULL, undone_at INTEGER, undone_by TEXT, CHECK (loser <> winner)
            ) STRICT, WITHOUT ROWID;
            CREATE UNIQUE INDEX merge_live ON merge_edge (loser) WHERE undone_at IS NULL;
            CREATE INDEX merge_winner ON merge_edge (winner);

            CREATE TABLE deal (
                id TEXT PRIMARY KEY, person TEXT NOT NULL REFERENCES person (id), title TEXT NOT NULL,
                stage TEXT NOT NULL, outcome TEXT NOT NULL CHECK (outcome IN ('open', 'won', 'lost')),
                amount INTEGER, currency TEXT, owner TEXT, expected_close TEXT, created_at INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;
            CREATE INDEX deal_person ON deal (person, outcome);

            CREATE TABLE visitor (
                id TEXT PRIMARY KEY, inbox TEXT NOT NULL, language TEXT,
                first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE page_view (
                visitor TEXT NOT NULL REFERENCES visitor (id), n INTEGER NOT NULL, at INTEGER NOT NULL,
                url TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (visitor, n)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE conversation (
                n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, channel TEXT NOT NULL CHECK (channel IN ('chat', 'call')),
                inbox TEXT NOT NULL, opened_at INTEGER NOT NULL,
                revision INTEGER NOT NULL, seq INTEGER NOT NULL, vseq INTEGER NOT NULL,
                last_kind TEXT, last_side TEXT, last_text TEXT, last_at INTEGER, waiting_since INTEGER,
                state TEXT NOT NULL CHECK (state IN ('queued', 'offered', 'active', 'wrapup', 'closed')),
                owner TEXT, offer TEXT, audience TEXT NOT NULL, since INTEGER NOT NULL, queued_at INTEGER NOT NULL,
                ended_at INTEGER, done_at INTEGER, visitor TEXT,
                identity_kind TEXT, identity_issuer TEXT, identity_value TEXT, number_shown TEXT,
                party TEXT NOT NULL, person TEXT, assurance INTEGER, confidence INTEGER, language TEXT, claims TEXT,
                disposition TEXT, rating INTEGER, rating_comment TEXT, declined TEXT,
                call TEXT, call_direction TEXT, call_outcome TEXT, answer_wait INTEGER, last_gid INTEGER NOT NULL,
                visitor_received INTEGER NOT NULL, visitor_read INTEGER NOT NULL,
                staff_received INTEGER NOT NULL, staff_read INTEGER NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX conversation_open_chat ON conversation (visitor, inbox)
                WHERE channel = 'chat' AND state IN ('queued', 'offered', 'active') AND visitor IS NOT NULL;
            CREATE INDEX conversation_visitor ON conversation (visitor, inbox, opened_at, id)
                WHERE visitor IS NOT NULL;
            CREATE INDEX conversation_person ON conversation (person, opened_at, id) WHERE person IS NOT NULL;
            CREATE INDEX conversation_identity ON conversation (identity_value, opened_at, id)
                WHERE identity_value IS NOT NULL;
            CREATE INDEX conversation_live ON conversation (opened_at, id) WHERE state <> 'closed';
            CREATE INDEX conversation_queue ON conversation (queued_at, id) WHERE state IN ('queued', 'offered');
            CREATE INDEX conversation_done ON conversation (done_at, id) WHERE done_at IS NOT NULL;
            CREATE INDEX conversation_opened ON conversation (opened_at, id);

            -- Everyone who ever had it or was asked to take it.
            CREATE TABLE participant (
                conversation INTEGER NOT NULL REFERENCES conversation (n), rep TEXT NOT NULL,
                PRIMARY KEY (conversation, rep)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE event (
                gid INTEGER PRIMARY KEY AUTOINCREMENT, conversation INTEGER NOT NULL REFERENCES conversation (n),
                seq INTEGER NOT NULL, vseq INTEGER, author TEXT NOT NULL, cid TEXT, at INTEGER NOT NULL,
                kind TEXT NOT NULL, body TEXT NOT NULL, audience TEXT NOT NULL
            ) STRICT;
            CREATE UNIQUE INDEX event_seq ON event (conversation, seq);
            CREATE UNIQUE INDEX event_vseq ON event (conversation, vseq) WHERE vseq IS NOT NULL;
            CREATE UNIQUE INDEX event_cid ON event (author, cid) WHERE cid IS NOT NULL;
            CREATE TRIGGER event_stays BEFORE UPDATE ON event
                BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
            CREATE TRIGGER event_remains BEFORE DELETE ON event
                BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

            CREATE TABLE delivery (
                n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, carrier TEXT NOT NULL, account TEXT NOT NULL,
                key TEXT NOT NULL, received_at INTEGER NOT NULL, content_type TEXT NOT NULL, query TEXT NOT NULL,
                body BLOB NOT NULL, state TEXT NOT NULL, note TEXT, settled_at INTEGER,
                UNIQUE (carrier, account, key)
            ) STRICT;
            CREATE INDEX delivery_state ON delivery (state, n);

            CREATE TABLE call_event (
                n INTEGER PRIMARY KEY, conversation INTEGER NOT NULL REFERENCES conversation (n), event TEXT NOT NULL
            ) STRICT;
            CREATE INDEX call_event_conversation ON call_event (conversation, n);

            CREATE TABLE call_alias (
                carrier TEXT NOT NULL, account TEXT NOT NULL, call TEXT NOT NULL,
                conversation INTEGER NOT NULL REFERENCES conversation (n), PRIMARY KEY (carrier, account, call)
            ) STRICT, WITHOUT ROWID;
            """
    )
}
