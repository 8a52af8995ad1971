namespace GeminiBalance.KeyPool;

/// <content>Trying keys that may be out of use.</content>
public sealed partial class ClusterKeyPool
{
    /// <summary>Leases one key for a probe although it is out of use; its quota still counts. Null when it has no token now, is unknown or cannot be asked.</summary>
    public async ValueTask<KeyLease?> LeaseForProbeAsync(KeyId id, string model, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var probe = new TaskCompletionSource<KeyLease?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (var section = new Section(this))
        {
            if (!isOpen || !roster.TryFind(id, out var key) || queues.GetOrAdd(model, KeyRequirement.LeastOf(key.Profile), section.Now.UtcTicks) is not { } queue)
            {
                return null;
            }

            Send(new AskInFlight(key, queue, section.Now, time.GetUtcNow()) { Probe = probe });
        }

        return await probe.Task.ConfigureAwait(false);
    }
}
