namespace GeminiBalance.Gateway.Streaming;

/// <summary>An answer that had begun cannot be ended truthfully: its connection is closed without an end mark.</summary>
internal sealed class StreamInterruptedException : Exception
{
    public StreamInterruptedException()
        : base("The answer broke off after it had begun; the connection is closed without an end mark.")
    {
    }
}
