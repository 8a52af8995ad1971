using GeminiBalance.MariaDb;

namespace GeminiBalance.Silo.Tests.Hosts;

/// <summary>Needs a database server; skipped with the reason where there is none.</summary>
internal sealed class MariaDbFactAttribute : FactAttribute
{
    public MariaDbFactAttribute() => Skip = MariaDbServer.MissingReason;
}
