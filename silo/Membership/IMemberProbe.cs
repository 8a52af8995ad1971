using System.Net;

namespace GeminiBalance.Silo.Membership;

/// <summary>Looks whether somebody listens where a member should be.</summary>
internal interface IMemberProbe
{
    Task<bool> IsThereAsync(IPEndPoint endpoint, CancellationToken cancellationToken);
}
