-- Settings that administrators have written. Secret values are encrypted.
CREATE TABLE IF NOT EXISTS settings (
    name VARCHAR(100) NOT NULL PRIMARY KEY,
    value MEDIUMBLOB NOT NULL,
    is_encrypted BOOLEAN NOT NULL,
    changed_at DATETIME(6) NOT NULL
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
INSERT IGNORE INTO versions (name, value) VALUES ('settings', 0);
