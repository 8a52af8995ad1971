namespace GeminiBalance.Silo.Telemetry;

/// <summary>The numbers of log messages. Alerts and runbooks name them: a number is never given to another message.</summary>
internal static class EventIds
{
    // 6000: the process
    public const int DatabaseAwaited = 6001;
    public const int Joined = 6002;
    public const int Stopping = 6003;
    public const int Stopped = 6004;
    public const int StoppedLate = 6005;
    public const int Ended = 6006;
    public const int GoneAwaited = 6007;

    // 6050: other members
    public const int MemberJoined = 6051;
    public const int MemberLeaving = 6052;
    public const int MemberLeft = 6053;
    public const int MemberEvicted = 6054;
    public const int MemberSuspected = 6055;
}
