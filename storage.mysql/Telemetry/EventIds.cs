namespace GeminiBalance.Storage.MySql;

/// <summary>The numbers of log messages. Alerts and runbooks name them: a number is never given to another message, in any part of the product.</summary>
internal static class EventIds
{
    // 3200: MySQL
    public const int SchemaStepDone = 3201;
    public const int ClusterLedgerDamaged = 3202;
}
