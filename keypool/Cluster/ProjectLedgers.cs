namespace GeminiBalance.KeyPool;

/// <summary>
/// Asks the ledgers a key stands under: its own for what is wrong with it, and, when its project is known, the project's for tokens. The key's own is asked
/// first and counts along, so that it alone decides under which project a call is granted, and leaving the project gives nothing back.
/// </summary>
internal sealed class ProjectLedgers(IKeyLedgers ledgers, TimeSpan sendWithin)
{
    /// <summary>No holder's term: what a call spent is the granting ledger's to correct.</summary>
    private const long NoTerm = -1;

    public Task<LedgerAnswer> AskAsync(KeyId key, LedgerAsk ask) => ask.Project is { } project ? AskBothAsync(key, project, ask) : ledgers.AskAsync(key, ask);

    public void Settle(KeyId key, KeyId? project, IReadOnlyList<LedgerSettlement> settlements)
    {
        if (project is not { } shared)
        {
            ledgers.Settle(key, settlements);
            return;
        }

        ledgers.Settle(shared, ForProject(settlements));
        if (ForKey(settlements) is { Count: > 0 } own)
        {
            ledgers.Settle(key, own);
        }
    }

    /// <summary>A call that a ledger did not grant and should count: it says nothing of the key.</summary>
    public static LedgerSettlement CountedOnly(LedgerSettlement settlement) => settlement with
    {
        Term = NoTerm,
        Outcome = new CallOutcome(CallOutcomeKind.RequestRejected) { PromptTokens = settlement.Outcome.PromptTokens },
    };

    private async Task<LedgerAnswer> AskBothAsync(KeyId key, KeyId project, LedgerAsk ask)
    {
        var settlements = ForProject(ask.Settlements);
        var own = await ledgers.AskAsync(key, ask with { Settlements = ForKey(ask.Settlements) }).ConfigureAwait(false);
        if (own.Grants.Count == 0 && own.Denial != KeyDenialReason.None)
        {
            if (settlements.Count > 0)
            {
                ledgers.Settle(project, settlements);
            }

            return own;
        }

        var counted = new LedgerAsk(ask.Model, ask.Limits, [.. ask.Tokens.Take(own.Grants.Count)], ask.IsProbe, settlements);
        var shared = await ledgers.AskAsync(project, counted).ConfigureAwait(false);
        GiveBack(key, ask.Model, own, shared.Grants.Count);
        return shared.Denial == KeyDenialReason.None
            ? shared with { WeightFactor = own.WeightFactor, Denial = own.Denial, NextIn = own.NextIn, FreeIn = own.FreeIn }
            : shared with { WeightFactor = own.WeightFactor };
    }

    /// <summary>What the project did not grant was not spent of the key's day either.</summary>
    private void GiveBack(KeyId key, string model, LedgerAnswer own, int used)
    {
        if (own.Grants.Count > used)
        {
            ledgers.Settle(
                key,
                [.. own.Grants.Skip(used).Select(grant => new LedgerSettlement(model, own.Term, grant.Stamp, grant.ChargedTokens, new CallOutcome(CallOutcomeKind.NotSent), null))]);
        }
    }

    private static IReadOnlyList<LedgerSettlement> ForProject(IReadOnlyList<LedgerSettlement> settlements) =>
        [.. settlements.Select(settlement => settlement with { Outcome = ProjectOutcomes.ForProject(settlement.Outcome) })];

    // What was not sent stays counted in the key's own ledger: its stamp there is not known any more.
    private IReadOnlyList<LedgerSettlement> ForKey(IReadOnlyList<LedgerSettlement> settlements) =>
    [
        .. settlements.Where(settlement => ProjectOutcomes.TellsOfKey(settlement.Outcome) || settlement.SentAfter > sendWithin)
            .Select(settlement => settlement with { Term = NoTerm, Outcome = ProjectOutcomes.ForKey(settlement.Outcome) }),
    ];
}
