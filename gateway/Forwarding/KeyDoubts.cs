using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Forwarding;

/// <summary>Keys that the upstream has refused in words that fit the request as well, until they are verified. Each is in once.</summary>
internal sealed class KeyDoubts
{
    private readonly Lock gate = new();
    private HashSet<KeyId> doubted = [];
    private TaskCompletionSource came = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(params IReadOnlyCollection<KeyId> ids)
    {
        if (ids.Count == 0)
        {
            return;
        }

        lock (gate)
        {
            doubted.UnionWith(ids);
            came.TrySetResult();
        }
    }

    /// <summary>Waits until there are some, and takes them all.</summary>
    public async Task<IReadOnlyCollection<KeyId>> TakeAsync(CancellationToken cancellationToken)
    {
        Task any;
        lock (gate)
        {
            any = came.Task;
        }

        await any.WaitAsync(cancellationToken);
        lock (gate)
        {
            came = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var taken = doubted;
            doubted = [];
            return taken;
        }
    }
}
