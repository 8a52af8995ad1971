namespace GeminiBalance.KeyPool;

/// <content>Start and stop.</content>
public sealed partial class LocalKeyPool
{
    /// <summary>Opens the store, takes over its keys and ledgers, and begins to grant.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var validUntil = time.GetUtcNow() + options.ClaimValidity;
        var stored = await store.OpenAsync(ClaimToStore(validUntil), cancellationToken);
        using (var section = new Section(this))
        {
            isOpen = true;
            claimUntil = validUntil;
            renewAt = (validUntil - options.ClaimValidity + options.ClaimRenewal).UtcTicks;
            foreach (var row in stored.Keys)
            {
                var key = NewKey(row.Key, row.Profile);
                key.Ledger.Restore(row.Ledger, stored.OpenClaimUntil, section.Now);
                if (roster.TryAdd(key) && stored.OpenClaimUntil is not null)
                {
                    MarkDirty(key, isUrgent: true, section.Now);
                }
            }

            RestoreProjects(stored, section.Now);
            ScheduleCheckpoint(new DateTimeOffset(renewAt, TimeSpan.Zero), section.Now);
        }
    }

    /// <summary>Grants no more, answers the calls that wait, and closes the store with the exact state. Safe to call twice.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task? running;
        using (new Section(this))
        {
            if (!isOpen)
            {
                return;
            }

            isOpen = false;
            running = isWriting ? writeEnded?.Task : null;
            while (waiting.Any() is { } waiter)
            {
                waiter.Result = LeaseResult.Denied(LeaseDenialReason.StoreUnavailable);
                waiting.Remove(waiter);
                completed.Add(waiter);
            }
        }

        await checkpointTimer.DisposeAsync();
        await wakeTimer.DisposeAsync();
        if (running is not null)
        {
            await running.WaitAsync(cancellationToken);
        }

        try
        {
            await store.CloseAsync(TakeLastCheckpoint(), cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The claim stays open, so the next start counts on the worst.
            options.StoreFailed?.Invoke(exception);
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private PoolCheckpoint TakeLastCheckpoint()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var changed = roster.All.Where(key => key.IsDirty || key.Ledger.HasOpenWindows(now))
                .Select(key => key.Ledger.TakeSnapshot(now, withWindows: true));
            return new PoolCheckpoint([.. changed, .. projects.Values.Select(project => project.Ledger.TakeSnapshot(now, withWindows: true))], now);
        }
    }

    private LocalKey NewKey(ApiKey key, KeyProfile profile) => new(key, profile, new KeyLedger(key.Id, options.Ledger, profile.Weight));
}
