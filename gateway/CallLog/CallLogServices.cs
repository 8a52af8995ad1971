namespace GeminiBalance.Gateway.CallLog;

/// <summary>Registers the call log.</summary>
internal static class CallLogServices
{
    /// <summary>What requests need.</summary>
    public static IServiceCollection AddCallLogQueue(this IServiceCollection services) => services
        .AddSingleton(new CallLogOptions())
        .AddSingleton<CallLogMetrics>()
        .AddSingleton<CallLogQueue>();

    /// <summary>What writes and deletes in the background. Needs an <see cref="ICallLogStore"/>.</summary>
    public static IServiceCollection AddCallLogWriter(this IServiceCollection services) => services
        .AddSingleton(_ => WriterName.Random())
        .AddSingleton<CallLogWriter>()
        .AddHostedService<CallLogHost>()
        .AddSingleton<CallLogRetention>()
        .AddHostedService(provider => provider.GetRequiredService<CallLogRetention>());
}
