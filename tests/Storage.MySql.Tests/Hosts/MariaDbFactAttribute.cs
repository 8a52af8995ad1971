using GeminiBalance.MariaDb;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>A test against a real server; skipped with the reason where there is none.</summary>
public sealed class MariaDbFactAttribute : FactAttribute
{
    public MariaDbFactAttribute() => Skip = MariaDbServer.MissingReason;
}
