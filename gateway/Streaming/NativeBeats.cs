using GeminiBalance.Gateway.Settings;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Signs of life on the Gemini face before the answer of an ordinary stream.</summary>
internal sealed class NativeBeats
{
    private readonly NativeHeartbeat client;
    private readonly EarlyBeats beats;

    private NativeBeats(HttpContext context, TimeSpan interval, TimeProvider time)
    {
        client = new NativeHeartbeat(context, isArray: false);
        beats = new EarlyBeats(client.BeatAsync, interval, time);
    }

    /// <summary>Whether the client has been given a status by one.</summary>
    public bool HasStarted => client.HasStarted;

    /// <summary>Null where none are asked for, and for streams in an array: what the upstream writes there begins the array itself.</summary>
    public static NativeBeats? Begin(HttpContext context, GatewaySettings settings, bool asArray, TimeProvider time)
    {
        if (asArray || !settings.Streams.BeatsBeforeAnswer || settings.KeepAliveInterval <= TimeSpan.Zero)
        {
            return null;
        }

        var begun = new NativeBeats(context, settings.KeepAliveInterval, time);
        begun.beats.Begin();
        return begun;
    }

    public ValueTask EndAsync() => beats.EndAsync();
}
