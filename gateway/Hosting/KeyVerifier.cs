using GeminiBalance.Gateway.Settings;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Hosting;

/// <summary>Asks the upstream whether it accepts a key, within the key's quota, and tells the pool.</summary>
internal sealed class KeyVerifier(IKeyDirectory directory, IProbeSettlement settlement, IKeyProbe probe, ISettingsSource settings)
{
    // Opening a connection can outlast a lease; it goes on meanwhile, so that a later lease finds it open.
    private const int LeasesMax = 24;

    /// <returns>The verdict, and the outcome's detail when the verdict is not <see cref="KeyVerification.Valid"/>.</returns>
    public async ValueTask<(KeyVerification Verdict, string? Detail)> VerifyAsync(KeyId id, CancellationToken cancellationToken)
    {
        var outcome = new CallOutcome(CallOutcomeKind.NotSent);
        for (var i = 0; i < LeasesMax && outcome.Kind == CallOutcomeKind.NotSent; i++)
        {
            if (await directory.LeaseForProbeAsync(id, settings.Current.TestModel, cancellationToken) is not { } lease)
            {
                return (await directory.FindAsync(id, cancellationToken) is null ? KeyVerification.Unknown : KeyVerification.NotNow, null);
            }

            outcome = await ProbeAsync(lease, cancellationToken);
        }

        return outcome.Kind switch
        {
            CallOutcomeKind.Succeeded => (KeyVerification.Valid, null),
            CallOutcomeKind.KeyRejected or CallOutcomeKind.KeySuspended => (KeyVerification.Invalid, outcome.Detail),
            CallOutcomeKind.NotSent => (KeyVerification.NotNow, outcome.Detail),
            _ => (KeyVerification.Unclear, outcome.Detail ?? outcome.Kind.ToString()),
        };
    }

    private async ValueTask<CallOutcome> ProbeAsync(KeyLease lease, CancellationToken cancellationToken)
    {
        // Stands when the probe throws: the call may have been sent, and nobody is to blame.
        var outcome = new CallOutcome(CallOutcomeKind.ClientLeft);
        try
        {
            return outcome = await probe.ProbeAsync(lease, cancellationToken);
        }
        finally
        {
            await settlement.SettleAsync(lease, outcome);
        }
    }
}
