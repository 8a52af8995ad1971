using System.Globalization;

namespace GeminiBalance.KeyPool.Tests.Simulation.Cluster;

/// <content>What becomes of calls.</content>
internal sealed partial class ClusterRun
{
    private static readonly TimeSpan SendWithin = KeyLedgerOptions.Default.SendWithin;

    private void Acquire(SimulatedGateway gateway)
    {
        var maxWait = random.Next(3) == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(random.Next(1, 30_000));
        Begin(gateway, new LeaseRequest
        {
            Model = Models[random.Next(Models.Length)],
            EstimatedTokens = random.Next(1, 200),
            MaxWait = maxWait,
            ClientId = random.Next(3).ToString(CultureInfo.InvariantCulture),
            Affinity = random.Next(3) == 0 ? (ulong)random.Next(4) : null,
            Pinned = random.Next(8) == 0 ? AnyKey() : null,
            Excluded = random.Next(5) == 0 ? [AnyKey()] : [],
        });
    }

    /// <summary>Calls that follow each other quickly, for which tokens are leased ahead.</summary>
    private void Rush(SimulatedGateway gateway)
    {
        for (var n = 0; n < 30; n++)
        {
            Begin(gateway, new LeaseRequest { Model = "rapid", EstimatedTokens = random.Next(1, 200), MaxWait = TimeSpan.FromMilliseconds(random.Next(500)) });
            AdvanceTo(time.GetUtcNow() + TimeSpan.FromMilliseconds(random.Next(8)));
        }
    }

    private void Begin(SimulatedGateway gateway, LeaseRequest request)
    {
        // The last ask for a call may be sent when its wait, or its patience, is over.
        var patience = request.MaxWait > options.AskPatience ? request.MaxWait : options.AskPatience;
        var source = new CancellationTokenSource();
        gateway.Waiting.Add((gateway.Pool.AcquireAsync(request, source.Token).AsTask(), time.GetUtcNow() + patience + SendWithin + TimeSpan.FromTicks(1), source));
    }

    private void Probe(SimulatedGateway gateway)
    {
        async Task<LeaseResult> LeaseAsync() => await gateway.Pool.LeaseForProbeAsync(AnyKey(), Models[0], CancellationToken.None).ConfigureAwait(false) is { } lease
            ? LeaseResult.Granted(lease)
            : LeaseResult.Denied(LeaseDenialReason.RateLimited);
        gateway.Waiting.Add((LeaseAsync(), DateTimeOffset.MaxValue, new CancellationTokenSource()));
    }

    private void Collect()
    {
        foreach (var gateway in gateways)
        {
            for (var i = gateway.Waiting.Count - 1; i >= 0; i--)
            {
                var (task, latest, source) = gateway.Waiting[i];
                if (!task.IsCompleted)
                {
                    Assert.True(latest > time.GetUtcNow(), $"A call waits without end (seed {seed}).");
                    continue;
                }

                gateway.Waiting.RemoveAt(i);
                source.Dispose();
                if (!task.IsCanceled && task.Result is { IsGranted: true, Lease: var lease })
                {
                    gateway.Network.After(TimeSpan.FromMilliseconds(random.Next(8) == 0 ? random.Next(200) : random.Next(3)), () => Send(gateway, lease));
                }
            }
        }
    }

    private void Send(SimulatedGateway gateway, KeyLease lease)
    {
        if (gateway.Network.IsCut)
        {
            return;
        }

        if (gateway.Clock.GetUtcNow() > lease.SendBefore)
        {
            gateway.Pool.Settle(lease, new CallOutcome(CallOutcomeKind.NotSent));
            return;
        }

        var isLate = random.Next(12) == 0;
        gateway.LateCalls += isLate ? 1 : 0;
        gateway.Network.After(isLate ? TimeSpan.FromMilliseconds(random.Next(2_000)) : TimeSpan.Zero, () =>
        {
            var sentAt = gateway.Clock.GetUtcNow();
            gateway.Network.After(TimeSpan.FromTicks(random.NextInt64(SendWithin.Ticks)), () => Arrive(gateway, lease, sentAt, isLate));
        });
    }

    private void Arrive(SimulatedGateway gateway, KeyLease lease, DateTimeOffset sentAt, bool isLate)
    {
        if (!books.TryGetValue((lease.Key.Id, lease.Model), out var book))
        {
            books.Add((lease.Key.Id, lease.Model), book = new UpstreamBook(TimeSpan.Zero, MidnightSkew));
        }

        Sent++;
        var call = book.Add(time.GetUtcNow(), lease.EstimatedTokens);
        arrivals.Add((lease, call));
        if (isLate || random.Next(20) > 0)
        {
            gateway.Network.After(TimeSpan.FromMilliseconds(random.Next(isLate ? 2_000 : 15_000)), () => End(gateway, lease, call, sentAt, isLate));
        }
    }

    private void End(SimulatedGateway gateway, KeyLease lease, UpstreamBook.Call call, DateTimeOffset sentAt, bool isLate)
    {
        var kind = (CallOutcomeKind)random.Next(1, 14);
        if (kind is CallOutcomeKind.NotSent || (kind is CallOutcomeKind.KeyRejected or CallOutcomeKind.KeySuspended or CallOutcomeKind.ModelNotAvailable && random.Next(3) > 0))
        {
            kind = CallOutcomeKind.Succeeded;
        }

        // Fewer tokens than thought; with more, only the upstream's next refusal could help.
        long? tokens = kind == CallOutcomeKind.Succeeded && random.Next(2) == 0 ? random.NextInt64(0, lease.EstimatedTokens + 1) : null;
        call.Tokens = tokens ?? call.Tokens;
        var delay = random.Next(2) == 0 ? TimeSpan.FromSeconds(random.Next(1, 40)) : (TimeSpan?)null;
        gateway.Pool.Settle(lease, new CallOutcome(kind) { SentAt = sentAt, PromptTokens = tokens, RetryDelay = delay });
        gateway.LateCalls -= isLate ? 1 : 0;
    }
}
