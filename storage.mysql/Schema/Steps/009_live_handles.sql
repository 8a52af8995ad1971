-- Which key issued a handle for resuming a Live session. hash: 16 bytes of the handle's SHA-256.
CREATE TABLE IF NOT EXISTS live_handles (
    hash BINARY(16) NOT NULL PRIMARY KEY,
    key_id CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    kept_until DATETIME(6) NOT NULL,
    INDEX live_handles_kept_until (kept_until)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin
