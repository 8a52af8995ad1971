using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Live;

/// <summary>Which key issued what a client can come back with: the handle of a session to resume. Only that key's project knows it.</summary>
internal interface ILiveHandles
{
    /// <summary>Remembers a handle. Never waits and never fails: a handle that is forgotten costs its session, nothing else.</summary>
    void Keep(string handle, KeyId key);

    /// <returns>Null when the handle is not known.</returns>
    ValueTask<KeyId?> FindAsync(string handle, CancellationToken cancellationToken);
}
