using System.Globalization;
using System.Text;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Telemetry;

namespace GeminiBalance.Gateway.Live;

/// <summary>The way out of open sessions when the process is asked to stop: first a word, then some time, then the end.</summary>
internal sealed partial class LiveDrain : IDisposable
{
    private readonly CancellationTokenSource began = new();
    private readonly CancellationTokenSource ended;
    private readonly CancellationTokenRegistration stopping;

    public LiveDrain(IHostApplicationLifetime lifetime, ISettingsSource settings, LiveSessions sessions, TimeProvider time, ILogger<LiveDrain> logger)
    {
        ended = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        stopping = lifetime.ApplicationStopping.Register(() =>
        {
            var left = settings.Current.Live.DrainTime;
            GoAway = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"goAway\":{{\"timeLeft\":\"{(long)left.TotalSeconds}s\"}}}}"));
            if (sessions.Count > 0)
            {
                Log.Began(logger, sessions.Count, left.TotalSeconds);
            }

            ended.CancelAfter(left);
            began.Cancel();
        });
    }

    /// <summary>Fires when no session is begun any more, and open ones should say goodbye.</summary>
    public CancellationToken Began => began.Token;

    /// <summary>Fires when open sessions are closed.</summary>
    public CancellationToken Ended => ended.Token;

    /// <summary>The upstream's own message for it, see https://ai.google.dev/api/live#goaway. Empty until <see cref="Began"/>.</summary>
    public ReadOnlyMemory<byte> GoAway { get; private set; }

    public void Dispose()
    {
        stopping.Dispose();
        began.Dispose();
        ended.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.LiveDrainBegan, LogLevel.Information, "Stopping: {Count} Live sessions are told and have {Seconds} s")]
        public static partial void Began(ILogger logger, int count, double seconds);
    }
}
