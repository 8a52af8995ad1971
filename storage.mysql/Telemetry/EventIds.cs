namespace GeminiBalance.Storage.MySql;

/// <summary>The numbers of log messages. Alerts and runbooks name them: a number is never given to another message, in any part of the product.</summary>
internal static class EventIds
{
    // 3900: MySQL
    public const int SchemaStepDone = 3901;
    public const int ClusterLedgerDamaged = 3902;
}
