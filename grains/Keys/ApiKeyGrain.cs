using GeminiBalance.Grains.Holding;
using GeminiBalance.KeyPool;
using Orleans.Concurrency;
using Orleans.Placement;

namespace GeminiBalance.Grains.Keys;

/// <summary>One API key. It claims its ledger when it comes to life and gives it back when it goes; everything it decides, the ledger decides.</summary>
[GrainType("apikey")]
[PreferLocalPlacement] // A gateway asks one silo for a key; were the key on another, each ask would take one more hop.
[Reentrant] // A change that waits for the store must not keep asks waiting. No turn leaves anything half done.
internal sealed partial class ApiKeyGrain(KeyGrainServices services) : Grain, IApiKeyGrain
{
    private const int IdLength = 16;
    private HeldKey? held;

    // A grain without a ledger failed to come to life, and gets no calls.
    private HeldKey Held => held!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var id = new KeyId(this.GetPrimaryKeyString());
        if (id.Value.Length != IdLength || !id.Value.Skip(ProjectId.Is(id) ? 1 : 0).All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException($"'{id}' is no id of a key, which is {IdLength} lower-case hexadecimal digits, nor of a project.");
        }

        services.Arrivals.Begin();
        try
        {
            await BeginAsync(id, cancellationToken);
        }
        finally
        {
            services.Arrivals.End();
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (held is null)
        {
            return;
        }

        services.Keys.Remove(held);
        await services.GiveBackAsync(held, cancellationToken);
    }

    public ValueTask<LedgerAnswerMessage> AskAsync(LedgerAskMessage ask)
    {
        var question = LedgerMessages.ToAsk(ask);
        var answer = Held.Answer(question);
        if (Held.WantedMove is { } move)
        {
            return AnswerMovedAsync(question with { Settlements = [] }, move);
        }

        services.Meter.Answered(answer, question.Tokens.Count);
        return new ValueTask<LedgerAnswerMessage>(LedgerMessages.ToMessage(answer));
    }

    public ValueTask SettleAsync(LedgerSettlementsMessage settlements)
    {
        Held.Settle(LedgerMessages.ToSettlements(settlements.Settlements));
        return ValueTask.CompletedTask;
    }

    public ValueTask DisableAsync(string reason) => ChangeAsync((holder, now) => holder.Disable(reason, now));

    public ValueTask EnableAsync() => ChangeAsync((holder, _) => holder.Enable());

    public ValueTask<byte[]> ReadAsync() => new(Held.Read().ToJson());

    private async Task BeginAsync(KeyId id, CancellationToken cancellationToken)
    {
        ThrowIfLeaving(id);
        var claimed = await ClaimAsync(id);
        var now = services.Clock.Read();
        held = new HeldKey(id, GrainContext, new LedgerHolder(claimed, services.Ledger, services.Pulse, now.Now), now.Shift, services);
        if (!services.Keys.TryAdd(held))
        {
            throw new LedgerUnavailableException($"The claim of key {id} was lost while it was taken. Try again.");
        }

        if (services.Pulse.IsLeaving || cancellationToken.IsCancellationRequested)
        {
            // The hand-over may have been past it; and of a start that was given up nobody tells the grain the end.
            services.Keys.Remove(held);
            await services.GiveBackAsync(held, CancellationToken.None);
            ThrowIfLeaving(id);
            cancellationToken.ThrowIfCancellationRequested();
        }

        held.Begin();
    }

    private void ThrowIfLeaving(KeyId id)
    {
        if (services.Pulse.IsLeaving)
        {
            throw new LedgerUnavailableException($"This silo is about to leave, and takes key {id} no more. Try again: another one does.");
        }
    }

    private async ValueTask ChangeAsync(Action<LedgerHolder, DateTimeOffset> change)
    {
        try
        {
            await Held.Change(change).WaitAsync(services.Options.StoredWithin, services.Time);
        }
        catch (TimeoutException failure)
        {
            throw new LedgerUnavailableException("The change is in force but not stored yet, because the database does not answer. A crash could undo it; try again when the database is back.", failure);
        }
    }

    private async Task<ClaimedLedger> ClaimAsync(KeyId id)
    {
        try
        {
            return await services.Claims.ClaimAsync(id);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException and not LedgerUnavailableException)
        {
            var why = failure is OperationCanceledException ? "It did not answer in time." : failure.Message;
            throw new LedgerUnavailableException($"The ledger of key {id} cannot be claimed in the database. {why}", failure);
        }
    }
}
