using System.Net;
using GeminiBalance.Silo.Membership;

namespace GeminiBalance.Silo.Tests.Hosts;

/// <summary>Says of every member what the test wants.</summary>
internal sealed class ScriptedProbe : IMemberProbe
{
    public bool IsThere { get; set; } = true;

    public Task<bool> IsThereAsync(IPEndPoint endpoint, CancellationToken cancellationToken) => Task.FromResult(IsThere);
}
