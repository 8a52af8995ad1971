namespace GeminiBalance.Grains.Rechecks;

/// <summary>Decides when rejected keys are checked again; a gateway does it. A reminder keeps the time, so that a restart of everything forgets nothing.</summary>
[GrainType("recheck")]
internal sealed class RecheckGrain([PersistentState("recheck", RecheckGrain.Storage)] IPersistentState<RecheckState> state, TimeProvider time)
    : Grain, IRecheckGrain, IRemindable
{
    /// <summary>The name of the grain storage.</summary>
    public const string Storage = "gemini-balance";
    private const string Reminder = "recheck";
    private static readonly TimeSpan IntervalMin = TimeSpan.FromMinutes(1);

    public async ValueTask EnsureAsync(TimeSpan interval)
    {
        var wanted = interval <= TimeSpan.Zero ? TimeSpan.Zero : interval < IntervalMin ? IntervalMin : interval;
        var reminder = await this.GetReminder(Reminder);
        if (wanted == state.State.Interval && wanted > TimeSpan.Zero == reminder is not null)
        {
            return;
        }

        if (wanted > TimeSpan.Zero)
        {
            await this.RegisterOrUpdateReminder(Reminder, wanted, wanted);
        }
        else if (reminder is not null)
        {
            await this.UnregisterReminder(reminder);
        }

        state.State.Interval = wanted;
        await state.WriteStateAsync();
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (await GrainFactory.GetGrain<IKeyDirectoryGrain>(KeyDirectory.Key).RequestRecheckAsync())
        {
            state.State.AskedAt = time.GetUtcNow();
            await state.WriteStateAsync();
        }
    }
}
