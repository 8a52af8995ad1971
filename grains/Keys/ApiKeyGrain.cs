using GeminiBalance.Grains.Holding;
using GeminiBalance.Grains.Telemetry;
using GeminiBalance.KeyPool;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace GeminiBalance.Grains.Keys;

/// <summary>One API key. It claims its ledger when it comes to life and gives it back when it goes; everything it decides, the ledger decides.</summary>
[RandomPlacement]
internal sealed partial class ApiKeyGrain(KeyGrainServices services) : Grain, IApiKeyGrain
{
    /// <summary>How long a change waits for the store.</summary>
    private static readonly TimeSpan StoredWithin = TimeSpan.FromSeconds(10);

    private HeldKey? held;

    private HeldKey Held => held is { IsOver: false } own ? own : throw new LedgerUnavailableException("This silo gives the key up. Try again: another one holds it.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var id = new KeyId(this.GetPrimaryKeyString());
        ClaimedLedger claimed;
        try
        {
            claimed = await services.Claims.ClaimAsync(id);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw new LedgerUnavailableException($"The ledger of key {id} cannot be claimed, because the database does not answer: {failure.Message}", failure);
        }

        held = new HeldKey(id, GrainContext, new LedgerHolder(claimed, services.Ledger, services.Pulse, services.Clock.Now));
        services.Keys.Add(held);
        lock (held.Gate)
        {
            Store(held);
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (held is not { } own)
        {
            return;
        }

        services.Keys.Remove(own);
        HeldLedger last;
        lock (own.Gate)
        {
            if (own.IsOver)
            {
                return;
            }

            last = new HeldLedger(own.Id, own.Holder.Term, own.Holder.TakeSnapshot(services.Clock.Now, withWindows: true));
        }

        own.End();
        try
        {
            await services.Claims.CloseAsync(last);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The claim stays open, so the next holder counts on the worst.
            Log.CloseFailed(services.Logger, own.Id, failure.Message);
        }
    }

    public ValueTask<LedgerAnswerMessage> AskAsync(LedgerAskMessage ask)
    {
        var own = Held;
        var question = LedgerMessages.ToAsk(ask);
        LedgerAnswer answer;
        lock (own.Gate)
        {
            answer = own.Holder.Answer(question, services.Clock.Now);
            Store(own);
        }

        services.Meter.Answered(answer, question.Tokens.Count);
        return new ValueTask<LedgerAnswerMessage>(LedgerMessages.ToMessage(answer));
    }

    public ValueTask SettleAsync(LedgerSettlementsMessage settlements)
    {
        var own = Held;
        lock (own.Gate)
        {
            own.Holder.Settle(LedgerMessages.ToSettlements(settlements.Settlements), services.Clock.Now);
            Store(own);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisableAsync(string reason) => ChangeAsync(holder => holder.Disable(reason, services.Clock.Now));

    public ValueTask EnableAsync() => ChangeAsync(holder => holder.Enable());

    public ValueTask<byte[]> ReadAsync()
    {
        var own = Held;
        lock (own.Gate)
        {
            return new ValueTask<byte[]>(own.Holder.Read(services.Clock.Now).ToJson());
        }
    }

    private async ValueTask ChangeAsync(Action<LedgerHolder> change)
    {
        var own = Held;
        Task stored;
        lock (own.Gate)
        {
            change(own.Holder);
            stored = own.WhenStored();
            Store(own);
        }

        try
        {
            await stored.WaitAsync(StoredWithin, services.Time);
        }
        catch (TimeoutException failure)
        {
            throw new LedgerUnavailableException("The change is in force but not stored yet, because the database does not answer. A crash could undo it; try again when the database is back.", failure);
        }
    }

    private void Store(HeldKey own)
    {
        if (own.Holder.IsChanged)
        {
            services.Writer.Changed(own);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.CloseFailed, LogLevel.Warning, "The claim on key {Key} could not be given back: {Reason}")]
        public static partial void CloseFailed(ILogger logger, KeyId key, string reason);
    }
}
