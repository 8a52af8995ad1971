using GeminiBalance.Gateway.Hosting;
using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Cluster.Hosting;

/// <summary><c>AUTH_TOKEN</c>, which every gateway of a cluster must have: one that each generated for itself would open that gateway alone.</summary>
internal sealed class ConfiguredAdminToken : IAdminToken
{
    public byte[]? HashFor(Secret? configured) => configured is null ? null : AdminToken.Hash(configured);
}
