using System.Net.WebSockets;
using System.Text;

namespace GeminiBalance.Gateway.Live;

/// <summary>Why a side ends a session: the code and reason of its close frame.</summary>
/// <param name="Code">https://www.iana.org/assignments/websocket/websocket.xhtml; 1005 stands for a frame without one.</param>
/// <param name="Reason">For people; may be empty.</param>
internal readonly record struct LiveClose(int Code, string Reason)
{
    /// <summary>An argument is wrong. Google uses it for bad keys too.</summary>
    public const int InvalidPayload = 1007;

    /// <summary>Not allowed, or not there.</summary>
    public const int Policy = 1008;

    public const int TooLarge = 1009;

    /// <summary>The server's fault. Google uses it for spent quotas too.</summary>
    public const int Internal = 1011;

    public const int Restart = 1012;

    public const int TryAgainLater = 1013;

    public static LiveClose GoingAway { get; } = new((int)WebSocketCloseStatus.EndpointUnavailable, "");

    /// <summary>The same, with a reason that fits a frame.</summary>
    public LiveClose Fit()
    {
        if (Encoding.UTF8.GetByteCount(Reason) <= Limits.LiveReasonBytesMax)
        {
            return this;
        }

        var length = Math.Min(Reason.Length, Limits.LiveReasonBytesMax);
        while (length > 0 && (char.IsHighSurrogate(Reason[length - 1]) || Encoding.UTF8.GetByteCount(Reason.AsSpan(0, length)) > Limits.LiveReasonBytesMax))
        {
            length--;
        }

        return this with { Reason = Reason[..length] };
    }
}
