namespace GeminiBalance.Gateway.Live;

internal enum LiveFrameKind
{
    /// <summary>A whole message.</summary>
    Message = 1,

    /// <summary>The side has said that it ends the session.</summary>
    Closed = 2,

    /// <summary>The connection is gone without a word.</summary>
    Broken = 3,

    /// <summary>A message is larger than <see cref="Limits.LiveMessageBytesMax"/>.</summary>
    TooLarge = 4,
}
