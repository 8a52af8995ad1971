using GeminiBalance.MariaDb;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>Tests against a real server; skipped with the reason where there is none.</summary>
public sealed class MariaDbTheoryAttribute : TheoryAttribute
{
    public MariaDbTheoryAttribute() => Skip = MariaDbServer.MissingReason;
}
