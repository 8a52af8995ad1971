namespace GeminiBalance.Gateway.Forwarding;

/// <summary>Registers the attempt loop.</summary>
internal static class ForwardingServices
{
    public static IServiceCollection AddForwarding(this IServiceCollection services) => services
        .AddSingleton<AnswerMetrics>()
        .AddSingleton<KeyDoubts>()
        .AddSingleton<AbsentModels>()
        .AddSingleton<AttemptLoop>();
}
