namespace GeminiBalance.Grains.Telemetry;

/// <summary>The numbers of log messages of the grains: 4000 to 4199. A number is never given to another message.</summary>
internal static class EventIds
{
    public const int TookOver = 4001;
    public const int ClaimsLost = 4002;
    public const int WriteFailed = 4003;
    public const int StoreSilent = 4004;
    public const int Degraded = 4005;
    public const int Recovered = 4006;
    public const int StoodStill = 4007;
    public const int CloseFailed = 4008;
    public const int WritesAgain = 4009;
    public const int Cut = 4010;
    public const int PeersSilent = 4011;
    public const int Spread = 4012;
    public const int NotSpread = 4013;
    public const int WriteRoundFailed = 4014;
    public const int LedgerNotTaken = 4015;

    // 4100: the directory of gateways
    public const int GatewayJoined = 4101;
    public const int GatewayLeft = 4102;
    public const int RecheckAsked = 4103;
}
