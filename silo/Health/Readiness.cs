namespace GeminiBalance.Silo.Health;

/// <summary>Whether the silo does its work, in words and as a status code.</summary>
/// <param name="Word"><c>healthy</c>, <c>degraded</c> or <c>unhealthy</c>.</param>
/// <param name="Reason">For people; empty when all is well.</param>
internal sealed record Readiness(string Word, string Reason)
{
    public int StatusCode => Word == "unhealthy" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;

    /// <summary>Judges. Pure.</summary>
    /// <param name="status">This silo's own status in the cluster.</param>
    /// <param name="isStopping">Whether the process was told to end.</param>
    /// <param name="mayGrant">Whether ledgers claimed here may grant.</param>
    /// <param name="isDegraded">Whether they do so only because nobody can reach the database.</param>
    public static Readiness Of(SiloStatus status, bool isStopping, bool mayGrant, bool isDegraded) =>
        isStopping ? new("unhealthy", "stopping: keys are handed over")
        : status != SiloStatus.Active ? new("unhealthy", $"not a member yet: {status}")
        : !mayGrant ? new("unhealthy", "the database has not lately confirmed the claims held here: no keys are given out")
        : isDegraded ? new("degraded", "the database cannot be reached: keys claimed before stay in use, others cannot be claimed")
        : new("healthy", "");
}
