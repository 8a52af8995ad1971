namespace GeminiBalance.Gateway.Live;

/// <summary>Who ended a session that had begun.</summary>
internal enum LiveEnd
{
    /// <summary>The client, with a close frame or without.</summary>
    Client = 1,

    /// <summary>The upstream, with a close frame.</summary>
    Upstream = 2,

    /// <summary>The upstream's connection broke.</summary>
    Broken = 3,

    /// <summary>Nobody said anything for too long.</summary>
    Idle = 4,

    /// <summary>This process stops.</summary>
    Drained = 5,

    /// <summary>A message was larger than this gateway takes.</summary>
    TooLarge = 6,
}
