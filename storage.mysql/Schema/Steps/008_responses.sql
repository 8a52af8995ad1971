-- Answers of the Responses API that clients may come back to. Bodies are encrypted.
CREATE TABLE IF NOT EXISTS responses (
    id VARCHAR(64) NOT NULL PRIMARY KEY,
    owner VARCHAR(100) NOT NULL,
    used_at DATETIME(6) NOT NULL,
    bytes BIGINT NOT NULL,
    body LONGBLOB NOT NULL,
    KEY responses_owner (owner, used_at, bytes),
    KEY responses_used (used_at)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
