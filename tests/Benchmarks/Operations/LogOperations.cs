using System.Diagnostics.Metrics;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Benchmarks.Operations;

/// <summary>What the log costs a request.</summary>
internal static class LogOperations
{
    private static readonly KeyId Key = new("0123456789abcdef");

    private static readonly UpstreamCall Call = new()
    {
        Settings = new GatewaySettings(),
        Method = HttpMethod.Post,
        Address = new Uri("http://upstream/v1beta/models/gemini-2.5-flash:generateContent"),
        Model = "gemini-2.5-flash",
        ClientId = "client-0",
        Face = CallFace.Gemini,
    };

    public static IEnumerable<HotOperation> All => [new("log an attempt", LogAttempt)];

    private static Action LogAttempt()
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        var queue = new CallLogQueue(new CallLogOptions(), new CallLogMetrics(meters), TimeProvider.System);
        var result = new AttemptResult(new CallOutcome(CallOutcomeKind.Succeeded) { Latency = TimeSpan.FromSeconds(1), PromptTokens = 97, OutputTokens = 244 });
        return () =>
        {
            queue.Record(Call, Key, 1, result);
            queue.TryTake(out _);
        };
    }
}
