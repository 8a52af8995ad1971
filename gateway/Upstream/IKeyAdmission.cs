using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Upstream;

/// <summary>Keeps a key from having too many long calls at a time. What it refuses is not sent, and another key is asked for.</summary>
internal interface IKeyAdmission
{
    /// <summary>The keys that can take no further call now.</summary>
    IReadOnlyCollection<KeyId> Full { get; }

    /// <returns>False when the key is full.</returns>
    bool TryEnter(KeyId key);

    /// <summary>A call that entered has ended.</summary>
    void Leave(KeyId key);
}
