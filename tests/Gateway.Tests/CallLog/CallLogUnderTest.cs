using System.Diagnostics.Metrics;
using GeminiBalance.Gateway.CallLog;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.Gateway.Upstream;
using GeminiBalance.KeyPool;
using GeminiBalance.TestKit;

namespace GeminiBalance.Gateway.Tests.CallLog;

/// <summary>Queue and writer as a process has them, with a clock, settings and a store of the test's.</summary>
internal sealed class CallLogUnderTest : IDisposable
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LogSink logs = new();
    private readonly LoggerFactory loggers;

    public CallLogUnderTest(CallLogOptions? options = null, ICallLogStore? store = null)
    {
        var bounds = options ?? new CallLogOptions();
        loggers = new LoggerFactory([logs]);
        var metrics = new CallLogMetrics(services.GetRequiredService<IMeterFactory>());
        Queue = new CallLogQueue(bounds, metrics, Time);
        Writer = new CallLogWriter(
            Queue, store ?? Store, Settings, bounds, metrics, new WriterName("test"), Time, loggers.CreateLogger<CallLogWriter>());
    }

    public ManualTimeProvider Time { get; } = new();

    public TestSettings Settings { get; } = new(new GatewaySettings());

    public MemoryCallLogStore Store { get; } = new();

    public CallLogQueue Queue { get; }

    public CallLogWriter Writer { get; }

    public IReadOnlyList<string> Logs => logs.Lines;

    /// <summary>Whether a meter is this log's, and not of another test at the same time.</summary>
    public bool Owns(Meter meter) => meter.Scope == services.GetRequiredService<IMeterFactory>();

    public static KeyId Key(int number) => new($"{number:x16}");

    public void Record(AttemptResult result, int key = 1, string model = "gemini-x", int number = 1, byte[]? body = null)
    {
        var call = new UpstreamCall
        {
            Settings = Settings.Current,
            Method = HttpMethod.Post,
            Address = new Uri("http://upstream/v1beta"),
            Body = body,
            Model = model,
            ClientId = "client-1",
            Face = CallFace.Gemini,
        };
        Queue.Record(call, Key(key), number, result);
    }

    public void Record(CallOutcomeKind kind, int key = 1, string model = "gemini-x") => Record(new AttemptResult(new CallOutcome(kind)), key, model);

    public ValueTask<bool> FlushAsync() => Writer.FlushAsync(CancellationToken.None);

    public void Dispose()
    {
        loggers.Dispose();
        services.Dispose();
    }
}
