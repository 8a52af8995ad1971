namespace GeminiBalance.Gateway.Resources;

/// <summary>Registers files, caches and jobs.</summary>
internal static class ResourceServices
{
    /// <summary>What requests need, besides an <see cref="IResourceStore"/>.</summary>
    public static IServiceCollection AddResources(this IServiceCollection services) => services
        .AddSingleton<ResourceLedger>()
        .AddSingleton<ResourcePins>()
        .AddSingleton<ResourceGroups>()
        .AddSingleton<ResourceExchange>()
        .AddSingleton<ResourceCreation>()
        .AddSingleton<DownloadEndpoint>()
        .AddSingleton<ResourceListEndpoint>()
        .AddSingleton<ResourceEndpoint>()
        .AddSingleton<OpenAINotes>()
        .AddSingleton<OpenAIResources>()
        .AddSingleton<BatchDialects>()
        .AddSingleton<OpenAIUploadCall>()
        .AddSingleton<OpenAIUpload>()
        .AddSingleton<OpenAIFilesEndpoint>()
        .AddSingleton<OpenAIBatches>()
        .AddSingleton<OpenAIBatchesEndpoint>()
        .AddSingleton<UploadStart>()
        .AddSingleton<UploadContinuation>()
        .AddSingleton<UploadEndpoint>();

    /// <summary>What deletes in the background. Needs an <see cref="IResourceStore"/>.</summary>
    public static IServiceCollection AddResourceRetention(this IServiceCollection services) => services
        .AddSingleton<ResourceRetention>()
        .AddHostedService(provider => provider.GetRequiredService<ResourceRetention>());
}
