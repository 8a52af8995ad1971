-- Single facts by name.
CREATE TABLE IF NOT EXISTS meta (
    name VARCHAR(100) NOT NULL PRIMARY KEY,
    value MEDIUMBLOB NOT NULL
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
-- A writer of a table raises its number first and so holds the row until it commits: numbers become visible in their order.
CREATE TABLE IF NOT EXISTS versions (
    name VARCHAR(100) NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
INSERT IGNORE INTO versions (name, value) VALUES ('api_keys', 0);
-- next
-- A removed key keeps its row, without its secret, so that whoever asks for changes hears of it.
CREATE TABLE IF NOT EXISTS api_keys (
    id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    secret VARBINARY(2048) NOT NULL,
    origin TINYINT NOT NULL,
    weight DOUBLE NOT NULL,
    note TEXT NOT NULL,
    added_at DATETIME(6) NOT NULL,
    version BIGINT NOT NULL,
    removed_at DATETIME(6) NULL,
    KEY by_version (version),
    KEY by_removal (removed_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
-- holder is NULL while nobody holds the claim. closed_on is the server whose clock closed_at was read from.
CREATE TABLE IF NOT EXISTS key_ledgers (
    id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    term BIGINT NOT NULL,
    holder VARCHAR(200) NULL,
    claimed_at DATETIME(6) NULL,
    claimed_on VARCHAR(255) NULL,
    ledger MEDIUMBLOB NULL,
    saved_at DATETIME(6) NULL,
    closed_at DATETIME(6) NULL,
    closed_on VARCHAR(255) NULL
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
-- When each holder asked last which claims it lost.
CREATE TABLE IF NOT EXISTS claim_holders (
    holder VARCHAR(200) NOT NULL PRIMARY KEY,
    asked_at DATETIME(6) NOT NULL,
    asked_on VARCHAR(255) NOT NULL,
    KEY by_age (asked_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
-- The claims a holder lost without giving them back.
CREATE TABLE IF NOT EXISTS claim_takeovers (
    holder VARCHAR(200) NOT NULL,
    id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    term BIGINT NOT NULL,
    taken_at DATETIME(6) NOT NULL,
    PRIMARY KEY (holder, id, term),
    KEY by_age (taken_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
