using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Live;

/// <summary>What a session has told so far: tokens to settle, handles to remember. Only the side that reads the upstream writes it.</summary>
internal sealed class LiveTally(ILiveHandles handles, KeyId key)
{
    public long? PromptTokens { get; private set; }

    public long? OutputTokens { get; private set; }

    /// <summary>Looks at a message before the client gets it, so that its handle is known when the client comes back with it.</summary>
    public void Add(ReadOnlySpan<byte> message)
    {
        var facts = LiveFacts.Read(message);
        PromptTokens = facts.PromptTokens is { } prompt ? (PromptTokens ?? 0) + prompt : PromptTokens;
        OutputTokens = facts.OutputTokens is { } output ? (OutputTokens ?? 0) + output : OutputTokens;
        if (facts.Handle is { } handle)
        {
            handles.Keep(handle, key);
        }
    }
}
