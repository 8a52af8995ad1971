namespace GeminiBalance.Gateway.Telemetry;

/// <summary>The numbers of log messages. Alerts and runbooks name them: a number is never given to another message.</summary>
internal static class EventIds
{
    // 1000: requests of clients
    public const int RequestCrashed = 1001;
    public const int ClientRejected = 1002;

    // 1100: attempts
    public const int AttemptFailed = 1101;
    public const int UpstreamUnreachable = 1102;
    public const int ClientLeft = 1103;
    public const int AnswerContinued = 1104;

    // 1300: pictures
    public const int PictureNotKept = 1301;

    // 1500: sessions of the Live API
    public const int LiveSessionEnded = 1501;
    public const int LiveDrainBegan = 1502;

    // 1150: proxies
    public const int ProxyDown = 1151;
    public const int ProxyUp = 1152;

    // 3000: storage and settings
    public const int StoredKeyDamaged = 3001;
    public const int StoredLedgerDamaged = 3002;
    public const int SettingsNote = 3003;
    public const int StoreFailed = 3004;
    public const int StoredSettingDamaged = 3005;
    public const int SettingsFollowed = 3006;
    public const int SettingsFollowFailed = 3007;
    public const int SettingsChanged = 3008;
    public const int AdminDatabaseFailed = 3009;

    // 3200: the call log
    public const int CallLogWriteFailed = 3201;
    public const int CallLogWritten = 3202;
    public const int CallLogAbandoned = 3203;
    public const int CallLogDeleted = 3204;
    public const int CallLogDeletionFailed = 3205;
    public const int CallLogTextFailed = 3206;

    // 3400: stored responses
    public const int ResponseNotKept = 3401;
    public const int ResponsesUnreadable = 3402;
    public const int ResponsesDeleted = 3403;
    public const int ResponseDeletionFailed = 3404;
    public const int BackgroundResponseBroken = 3405;
    public const int BackgroundStoreFailed = 3406;

    // 3300: files, caches and jobs
    public const int ResourceStoreFailed = 3301;
    public const int ResourcesForgotten = 3302;
    public const int ResourceDeletionFailed = 3303;

    // 3100: keys
    public const int RejectedKeysChecked = 3101;
    public const int RejectedKeyCheckFailed = 3102;
    public const int DoubtedKeyRefused = 3103;
    public const int DoubtedKeyCheckFailed = 3104;
}
