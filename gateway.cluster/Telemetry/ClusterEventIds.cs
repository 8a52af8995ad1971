namespace GeminiBalance.Gateway.Cluster.Telemetry;

/// <summary>The numbers of a cluster gateway's log messages, 5000 to 5199. Alerts and runbooks name them: a number is never given to another message.</summary>
internal static class ClusterEventIds
{
    // 5000: silos
    public const int SilosAwaited = 5001;
    public const int SilosFound = 5002;
    public const int SilosLost = 5003;
    public const int ClientFailed = 5004;
    public const int LedgersSilent = 5005;

    // 5050: keys
    public const int RosterLoaded = 5051;
    public const int RosterChanged = 5052;
    public const int RosterUnreadable = 5053;
    public const int RosterReadableAgain = 5054;
    public const int StoredKeyDamaged = 5055;
    public const int KeyNotRevived = 5056;
    public const int AnnounceFailed = 5057;
    public const int RemovedKeysKept = 5058;
    public const int ReturnNotTold = 5059;

    // 5080: Live sessions
    public const int LiveHandlesFailed = 5081;
    public const int LiveHandlesUnreadable = 5082;
    public const int LiveHandlesDeleted = 5083;
    public const int LiveHandleDeletionFailed = 5084;

    // 5090: thought signatures
    public const int SignaturesNotShared = 5091;
    public const int SignaturesNotAsked = 5092;
    public const int SignaturesDeleted = 5093;
    public const int SignatureDeletionFailed = 5094;

    // 5100: membership
    public const int Joined = 5101;
    public const int Left = 5102;
    public const int GatewaysChanged = 5103;
    public const int JoinFailed = 5104;
    public const int RecheckNotEnsured = 5105;
    public const int Told = 5106;

    // 5150: stopping
    public const int DrainBegan = 5151;
    public const int DrainEnded = 5152;
}
