namespace GeminiBalance.Storage.MySql;

/// <summary>The numbers of log messages. Alerts and runbooks name them: a number is never given to another message, in any part of the product.</summary>
internal static class EventIds
{
    // 3300: MySQL
    public const int SchemaStepDone = 3301;
    public const int ClusterLedgerDamaged = 3302;
}
