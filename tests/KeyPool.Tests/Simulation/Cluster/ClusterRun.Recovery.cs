using GeminiBalance.TestKit;

namespace GeminiBalance.KeyPool.Tests.Simulation.Cluster;

/// <content>After all trouble.</content>
internal sealed partial class ClusterRun
{
    /// <summary>When all is well again and the last minute is over, every token is there: none was lost on the way, and each can be had.</summary>
    public void Recover()
    {
        silos.Heal();
        foreach (var gateway in gateways)
        {
            gateway.Network.Weather = Weather.Calm;
            gateway.Pool.ApplyKeys(rows.Values, []);
            gateway.Pool.SetGateways(gateway.Name, [.. gateways.Select(other => other.Name)]);
        }

        AdvanceTo(time.GetUtcNow() + TimeSpan.FromMinutes(5));
        foreach (var key in keys)
        {
            Enable(key.Id);
        }

        foreach (var project in rows.Values.Select(row => ProjectId.Of(row.Profile)).OfType<KeyId>().Distinct())
        {
            Enable(project);
        }

        // Whoever was not proven to be the only holder must wait once more.
        AdvanceTo(time.GetUtcNow() + TimeSpan.FromMinutes(3));
        var quotas = rows.Values.Select(row => ProjectId.Of(row.Profile) ?? row.Key.Id).Distinct().Count();
        var tokens = quotas * (int)limits.Default.RequestsPerMinute;
        var calls = new List<Task<LeaseResult>>();
        for (var n = 0; n <= tokens; n++)
        {
            calls.Add(gateways[n % gateways.Count].Pool.AcquireAsync(Samples.Request(10) with { Model = Models[0] }, CancellationToken.None).AsTask());

            // So far apart that no gateway keeps a token for calls to come, which others would find taken.
            AdvanceTo(time.GetUtcNow() + (3 * options.SparesWithin));
        }

        AdvanceTo(time.GetUtcNow() + TimeSpan.FromSeconds(11));
        Assert.True(calls.All(call => call.IsCompleted), $"A call waits without end after all trouble (seed {seed}).");
        Assert.True(tokens == calls.Count(call => call.Result.IsGranted), $"{calls.Count(call => call.Result.IsGranted)} of {tokens} tokens are left after all trouble (seed {seed}).{string.Join(",", calls.Select(call => call.Result.IsGranted ? call.Result.Lease!.Key.Tail.ToString() : call.Result.Denial.ToString()+call.Result.RetryAfter))}");
    }
}
