-- The statements Orleans reads at its start and then sends. Names of rows, parameters and columns are its contract.
CREATE TABLE IF NOT EXISTS OrleansQuery (
    QueryKey VARCHAR(64) NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
CREATE TABLE IF NOT EXISTS OrleansMembershipVersionTable (
    DeploymentId VARCHAR(150) NOT NULL PRIMARY KEY,
    Version INT NOT NULL DEFAULT 0
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
CREATE TABLE IF NOT EXISTS OrleansMembershipTable (
    DeploymentId VARCHAR(150) NOT NULL,
    Address VARCHAR(45) NOT NULL,
    Port INT NOT NULL,
    Generation INT NOT NULL,
    SiloName VARCHAR(150) NOT NULL,
    HostName VARCHAR(255) NOT NULL,
    Status INT NOT NULL,
    ProxyPort INT NULL,
    SuspectTimes TEXT NULL,
    StartTime DATETIME(6) NOT NULL,
    IAmAliveTime DATETIME(6) NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;
-- next
DROP PROCEDURE IF EXISTS OrleansInsertMember;
-- next
-- Answers 1 when the silo was entered, 0 when the table had another version or the silo was there already.
CREATE PROCEDURE OrleansInsertMember (
    IN p_deployment VARCHAR(150) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_address VARCHAR(45) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_port INT,
    IN p_generation INT,
    IN p_version INT,
    IN p_silo_name VARCHAR(150) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_host_name VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    IN p_status INT,
    IN p_proxy_port INT,
    IN p_start_time DATETIME(6),
    IN p_alive_time DATETIME(6)
)
SQL SECURITY INVOKER
BEGIN
    DECLARE is_entered INT DEFAULT 0;
    DECLARE EXIT HANDLER FOR 1062 BEGIN ROLLBACK; SELECT 0 AS IsEntered; END;
    DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;
    START TRANSACTION;
    UPDATE OrleansMembershipVersionTable SET Version = Version + 1 WHERE DeploymentId = p_deployment AND Version = p_version;
    SET is_entered = ROW_COUNT();
    IF is_entered > 0 THEN
        INSERT INTO OrleansMembershipTable
            (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
        VALUES (p_deployment, p_address, p_port, p_generation, p_silo_name, p_host_name, p_status, p_proxy_port, p_start_time, p_alive_time);
    END IF;
    COMMIT;
    SELECT is_entered AS IsEntered;
END;
-- next
-- UpdateMembershipKey changes both tables in one statement, so that a caller that dies in between leaves no transaction open.
REPLACE INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey',
    'INSERT IGNORE INTO OrleansMembershipVersionTable (DeploymentId) VALUES (@DeploymentId);
    SELECT ROW_COUNT() > 0;'),
('InsertMembershipKey',
    'CALL OrleansInsertMember(@DeploymentId, @Address, @Port, @Generation, @Version, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime);'),
('UpdateMembershipKey',
    'UPDATE OrleansMembershipVersionTable AS t
    JOIN OrleansMembershipTable AS m ON m.DeploymentId = t.DeploymentId
    SET t.Version = t.Version + 1, m.Status = @Status, m.SuspectTimes = @SuspectTimes, m.IAmAliveTime = @IAmAliveTime
    WHERE t.DeploymentId = @DeploymentId AND t.Version = @Version AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation;
    SELECT ROW_COUNT() > 0;'),
('UpdateIAmAlivetimeKey',
    'UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation;'),
('MembershipReadAllKey',
    'SELECT t.DeploymentId, t.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime
    FROM OrleansMembershipVersionTable AS t
    LEFT JOIN OrleansMembershipTable AS m ON m.DeploymentId = t.DeploymentId
    WHERE t.DeploymentId = @DeploymentId;'),
('MembershipReadRowKey',
    'SELECT t.DeploymentId, t.Version, m.Address, m.Port, m.Generation, m.SiloName, m.HostName, m.Status, m.ProxyPort, m.SuspectTimes, m.StartTime, m.IAmAliveTime
    FROM OrleansMembershipVersionTable AS t
    LEFT JOIN OrleansMembershipTable AS m
        ON m.DeploymentId = t.DeploymentId AND m.Address = @Address AND m.Port = @Port AND m.Generation = @Generation
    WHERE t.DeploymentId = @DeploymentId;'),
('GatewaysQueryKey',
    'SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable
    WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0;'),
('CleanupDefunctSiloEntriesKey',
    'DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3;'),
('DeleteMembershipTableEntriesKey',
    'DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId;
    DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId;');
