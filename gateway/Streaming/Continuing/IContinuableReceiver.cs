using GeminiBalance.Gateway.Forwarding;

namespace GeminiBalance.Gateway.Streaming;

/// <summary>Reads an answer that may be made of several calls.</summary>
internal interface IContinuableReceiver : IAnswerReceiver
{
    /// <summary>A further call follows for the rest of what has been passed on. It can be tried again until it has added to that.</summary>
    void Continue();
}
