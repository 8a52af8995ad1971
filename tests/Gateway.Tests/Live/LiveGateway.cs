using GeminiBalance.FakeGemini;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Gateway.Tests.Live;

/// <summary>A gateway with three keys before a fake of Google's Live API.</summary>
internal sealed class LiveGateway : IAsyncDisposable
{
    private LiveGateway(GatewayUnderTest gateway, FakeGeminiServer upstream)
    {
        Gateway = gateway;
        Upstream = upstream;
    }

    public GatewayUnderTest Gateway { get; }

    public FakeGeminiServer Upstream { get; }

    public RecordingKeyPool Pool => Gateway.Pool;

    public static async Task<LiveGateway> StartAsync(Func<LiveSettings, LiveSettings>? settings = null, TimeProvider? time = null)
    {
        var upstream = await FakeGeminiServer.StartAsync(new FakeGeminiOptions { Limits = default });
        var gateway = await GatewayUnderTest.StartAsync(time, [.. upstream.Options.Keys]);
        gateway.Settings.Change(current => current with { BaseUrl = new Uri(upstream.BaseUrl), Live = settings?.Invoke(current.Live) ?? current.Live });
        return new LiveGateway(gateway, upstream);
    }

    /// <summary>The kinds by which the leases were settled, in the order of the keys.</summary>
    public async Task<IReadOnlyList<(KeyId Key, CallOutcome Outcome)>> SettledAsync(int count)
    {
        await Pool.WhenSettledAsync(count);
        return [.. Pool.Settled.Select(entry => (entry.Lease.Key.Id, entry.Outcome)).OrderBy(entry => Pool.Keys.Select(key => key.Id).ToList().IndexOf(entry.Id))];
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
