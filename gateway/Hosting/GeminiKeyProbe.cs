using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Forwarding;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Probes a key with one generated token.</summary>
internal sealed class GeminiKeyProbe(GeminiClient upstream, CallLogQueue log, ISettingsSource settings) : IKeyProbe
{
    private static readonly TimeSpan TimeOutMax = TimeSpan.FromSeconds(30);

    private static readonly ReadOnlyMemory<byte> Body =
        """{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"generationConfig":{"maxOutputTokens":1}}"""u8.ToArray();

    public async ValueTask<CallOutcome> ProbeAsync(KeyLease lease, CancellationToken cancellationToken)
    {
        var current = settings.Current;
        var call = new UpstreamCall
        {
            Settings = current with { TimeOut = current.TimeOut < TimeOutMax ? current.TimeOut : TimeOutMax },
            Method = HttpMethod.Post,
            Address = UpstreamAddress.Of(lease.Kind == KeyKind.Vertex ? current.Vertex.BaseUrl : current.BaseUrl, $"models/{lease.Model}:generateContent"),
            Body = Body,
            ContentType = "application/json",
            Model = lease.Model,
            ClientId = "probe",
            Face = CallFace.Probe,
        };
        var result = await upstream.SendAsync(call, lease, attempt: 1, Drain.Instance, cancellationToken);
        log.Record(call, lease.Key.Id, number: 1, result);
        return result.Outcome;
    }

    /// <summary>A status of success is all a probe asks for; the answer is read so that the connection can be used again.</summary>
    private sealed class Drain : IAnswerReceiver
    {
        private const int AnswerBytesMax = 64 * 1024;

        public static Drain Instance { get; } = new();

        public bool HasCommitted => false;

        public async ValueTask<CallOutcome> ReceiveAsync(UpstreamAnswer answer)
        {
            var buffer = new byte[4096];
            for (var total = 0; total < AnswerBytesMax;)
            {
                var count = await answer.ReadAsync(buffer);
                if (count <= 0)
                {
                    return new CallOutcome(count == 0 ? CallOutcomeKind.Succeeded : answer.Failure);
                }

                total += count;
            }

            return new CallOutcome(CallOutcomeKind.Succeeded);
        }
    }
}
