using GeminiBalance.Gateway.Endpoints;
using GeminiBalance.Storage.MySql;

namespace GeminiBalance.Gateway.Cluster.Signatures;

/// <summary>Lets the gateways of a cluster share thought signatures.</summary>
internal static class SignatureSharing
{
    public static IServiceCollection AddSignatureSharing(this IServiceCollection services) => services
        .AddSingleton<MySqlSignatures>()
        .AddSingleton<ClusterSignatures>()
        .AddSingleton<ISharedSignatures>(provider => provider.GetRequiredService<ClusterSignatures>())
        .AddHostedService(provider => provider.GetRequiredService<ClusterSignatures>())
        .AddHostedService<SignatureRetention>();
}
