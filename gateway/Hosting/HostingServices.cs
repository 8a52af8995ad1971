using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Registers what every shape of the gateway has around its pool.</summary>
internal static class HostingServices
{
    /// <summary>Needs an <see cref="IAdminToken"/> and a <see cref="SecretBox"/>.</summary>
    public static IServiceCollection AddAccessTokens(this IServiceCollection services) => services
        .AddSingleton(provider => new ClientIds(provider.GetRequiredService<SecretBox>().DeriveKey("client ids")))
        .AddSingleton<IClientTokens>(provider => new AccessTokens(
            provider.GetRequiredService<ISettingsSource>(), provider.GetRequiredService<IAdminToken>(), provider.GetRequiredService<ClientIds>()));

    /// <summary>Needs an <c>IKeyDirectory</c> and an <see cref="IProbeSettlement"/>.</summary>
    public static IServiceCollection AddKeyVerification(this IServiceCollection services) => services
        .AddSingleton<IKeyProbe, GeminiKeyProbe>()
        .AddSingleton<KeyVerifier>()
        .AddSingleton<RejectedKeyCheck>()
        .AddHostedService<DoubtedKeyCheck>();

    /// <summary>Needs an <see cref="IStartFacts"/>.</summary>
    public static IServiceCollection AddStartBanner<TFacts>(this IServiceCollection services)
        where TFacts : class, IStartFacts => services.AddSingleton<IStartFacts, TFacts>().AddHostedService<StartBanner>();
}
