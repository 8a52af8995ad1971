-- RowKey is a hash of everything that names a state, so that it fits a primary key and two first writes cannot both succeed.
CREATE TABLE IF NOT EXISTS OrleansStorage (
    RowKey BINARY(32) NOT NULL PRIMARY KEY,
    ServiceId VARCHAR(150) NOT NULL,
    GrainTypeString VARCHAR(512) NOT NULL,
    GrainIdN0 BIGINT NOT NULL,
    GrainIdN1 BIGINT NOT NULL,
    GrainIdExtensionString VARCHAR(512) NULL,
    PayloadBinary MEDIUMBLOB NULL,
    ModifiedOn DATETIME(6) NOT NULL,
    Version INT NOT NULL
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
DROP PROCEDURE IF EXISTS OrleansWriteState;
-- next
-- Answers the new version, or what was given when that is not the stored one; Orleans then sees a conflict. Either way is one statement, without a transaction.
CREATE PROCEDURE OrleansWriteState (
    IN p_service VARCHAR(150) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_type VARCHAR(512) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_n0 BIGINT,
    IN p_n1 BIGINT,
    IN p_extension VARCHAR(512) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_version INT,
    IN p_payload MEDIUMBLOB
)
SQL SECURITY INVOKER
BEGIN
    DECLARE row_key BINARY(32) DEFAULT UNHEX(SHA2(CONCAT_WS(X'00', p_service, p_type, p_n0, p_n1, COALESCE(CONCAT('=', p_extension), '-')), 256));
    DECLARE new_version INT DEFAULT 1;
    DECLARE CONTINUE HANDLER FOR 1062 SET new_version = NULL;
    IF p_version IS NULL THEN
        INSERT INTO OrleansStorage (RowKey, ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, PayloadBinary, ModifiedOn, Version)
        VALUES (row_key, p_service, p_type, p_n0, p_n1, p_extension, p_payload, UTC_TIMESTAMP(6), 1);
    ELSE
        UPDATE OrleansStorage SET PayloadBinary = p_payload, ModifiedOn = UTC_TIMESTAMP(6), Version = Version + 1
        WHERE RowKey = row_key AND Version = p_version;
        SET new_version = p_version + IF(ROW_COUNT() > 0, 1, 0);
    END IF;
    SELECT new_version AS NewGrainStateVersion;
END;
-- next
REPLACE INTO OrleansQuery (QueryKey, QueryText) VALUES
('WriteToStorageKey',
    'CALL OrleansWriteState(@ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, @GrainIdExtensionString, @GrainStateVersion, @PayloadBinary);'),
('ReadFromStorageKey',
    'SELECT PayloadBinary, Version FROM OrleansStorage
    WHERE RowKey = UNHEX(SHA2(CONCAT_WS(X''00'', @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, COALESCE(CONCAT(''='', @GrainIdExtensionString), ''-'')), 256));'),
('ClearStorageKey',
    'UPDATE OrleansStorage SET PayloadBinary = NULL, ModifiedOn = UTC_TIMESTAMP(6), Version = Version + 1
    WHERE RowKey = UNHEX(SHA2(CONCAT_WS(X''00'', @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, COALESCE(CONCAT(''='', @GrainIdExtensionString), ''-'')), 256))
        AND Version = @GrainStateVersion;
    SELECT @GrainStateVersion + IF(ROW_COUNT() > 0, 1, 0) AS NewGrainStateVersion;'),
('DeleteStorageKey',
    'DELETE FROM OrleansStorage
    WHERE RowKey = UNHEX(SHA2(CONCAT_WS(X''00'', @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, COALESCE(CONCAT(''='', @GrainIdExtensionString), ''-'')), 256))
        AND Version = @GrainStateVersion;
    SELECT @GrainStateVersion + IF(ROW_COUNT() > 0, 1, 0) AS NewGrainStateVersion;');
