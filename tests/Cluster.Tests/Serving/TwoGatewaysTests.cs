using System.Net;
using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Cluster.Tests.Serving;

[Collection(SharedClusterCollection.Name)]
public sealed class TwoGatewaysTests(SharedCluster cluster)
{
    [ClusterFact]
    public async Task Chat_ThroughBoth_InBothDialects_WithTheSameKeys()
    {
        await using var first = await cluster.StartGatewayAsync();
        await using var second = await cluster.StartGatewayAsync();
        await first.Logs.WaitAsync(LogNumbers.GatewaysChanged, text: "2 gateways");
        var mark = second.Logs.Mark();
        await AddAsync(first, cluster.NewKey(), cluster.NewKey());
        await second.Logs.WaitAsync(LogNumbers.RosterChanged, mark);

        using var openAI = await first.ChatAsync();
        using var google = await second.GenerateAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (openAI.StatusCode, google.StatusCode));
        var (_, view) = await first.AdminAsync("GET", "/api/cluster");
        Assert.Equal(2, view.GetProperty("gateways").GetArrayLength());
        Assert.Equal(1, view.GetProperty("silos").GetArrayLength());
        Assert.Equal("healthy", view.GetProperty("status").GetString());
        var asks = view.GetProperty("pool").GetProperty("asks").GetInt64();
        Assert.NotEqual(0, asks);
        Assert.Equal(asks, view.GetProperty("grain_calls").GetProperty("IApiKeyGrain.AskAsync").GetInt64());
    }

    [ClusterFact]
    public async Task Key_AddedAndRemovedOnOne_ComesAndGoesOnTheOther()
    {
        await using var first = await cluster.StartGatewayAsync();
        await using var second = await cluster.StartGatewayAsync();
        var key = cluster.NewKey();
        var id = new ApiKey(key).Id;

        var mark = second.Logs.Mark();
        await AddAsync(first, key);
        await second.Logs.WaitAsync(LogNumbers.Told, mark, "Keys");
        await second.Logs.WaitAsync(LogNumbers.RosterChanged, mark, "1 new or changed");
        Assert.NotNull(second.Pool.Find(id));

        mark = second.Logs.Mark();
        Assert.Equal(HttpStatusCode.OK, (await first.AdminAsync("DELETE", $"/api/keys/{id}")).Status);
        await second.Logs.WaitAsync(LogNumbers.RosterChanged, mark, "1 removed");
        Assert.Null(second.Pool.Find(id));
    }

    [ClusterFact]
    public async Task Key_TaggedOnOne_ServesWhoNeedsTheTagOnTheOther()
    {
        await using var first = await cluster.StartGatewayAsync();
        await using var second = await cluster.StartGatewayAsync();
        var key = cluster.NewKey();
        var id = new ApiKey(key).Id;
        await AddAsync(first, key);
        await first.AdminAsync("POST", $"/api/keys/{id}/enable");
        var request = new LeaseRequest { Model = "gemini-2.5-flash", MaxWait = TimeSpan.FromSeconds(10), Needs = new KeyRequirement(KeyKind.Gemini, KeyTags.Of(id.Value)) };
        Assert.Equal(LeaseDenialReason.NoMatchingKey, (await second.Pool.AcquireAsync(request, CancellationToken.None)).Denial);

        Assert.Equal(HttpStatusCode.OK, (await first.AdminAsync("PATCH", $"/api/keys/{id}", $$"""{"tags":["{{id}}"],"weight":2.5}""")).Status);
        for (var mark = second.Logs.Mark(); second.Pool.Find(id)?.Profile.Weight != 2.5; mark = second.Logs.Mark())
        {
            await second.Logs.WaitAsync(LogNumbers.RosterChanged, mark); // The first may still be that the key is in use.
        }

        var granted = await second.Pool.AcquireAsync(request, CancellationToken.None);
        Assert.Equal(id, granted.Lease?.Key.Id);
        second.Pool.Settle(granted.Lease!, new CallOutcome(CallOutcomeKind.NotSent));
        Assert.Equal(2.5, second.Pool.Find(id)?.Profile.Weight);
        await first.AdminAsync("DELETE", $"/api/keys/{id}");
    }

    [ClusterFact]
    public async Task Key_DisabledOnOne_IsOutOfUseOnAll_UntilItIsEnabled()
    {
        await using var first = await cluster.StartGatewayAsync();
        await using var second = await cluster.StartGatewayAsync();
        var key = cluster.NewKey();
        var id = new ApiKey(key).Id;
        await AddAsync(first, key);

        Assert.Equal(HttpStatusCode.OK, (await first.AdminAsync("POST", $"/api/keys/{id}/disable", """{"reason":"resting"}""")).Status);
        var disabled = await second.Directory.FindAsync(id, CancellationToken.None);
        var listed = (await second.Directory.ListAsync(CancellationToken.None)).Single(status => status.Id == id);
        Assert.Equal((KeyState.Disabled, "resting"), (disabled?.State, disabled?.Reason));
        Assert.Equal((KeyState.Disabled, "resting"), (listed.State, listed.Reason));

        Assert.Equal(HttpStatusCode.OK, (await second.AdminAsync("POST", $"/api/keys/{id}/enable")).Status);
        Assert.Equal(KeyState.Active, (await first.Directory.FindAsync(id, CancellationToken.None))?.State);
    }

    [ClusterFact]
    public async Task Key_RemovedWhileDisabled_IsInUseWhenItIsAddedAgain()
    {
        await using var gateway = await cluster.StartGatewayAsync();
        var key = cluster.NewKey();
        var id = new ApiKey(key).Id;
        await AddAsync(gateway, key);
        await gateway.AdminAsync("POST", $"/api/keys/{id}/disable");
        await gateway.AdminAsync("DELETE", $"/api/keys/{id}");

        await AddAsync(gateway, key);

        Assert.Equal(KeyState.Active, (await gateway.Directory.FindAsync(id, CancellationToken.None))?.State);
    }

    [ClusterFact]
    public async Task Setting_ChangedOnOne_IsInForceOnTheOther()
    {
        await using var first = await cluster.StartGatewayAsync();
        await using var second = await cluster.StartGatewayAsync();

        var mark = second.Logs.Mark();
        Assert.Equal(HttpStatusCode.OK, (await first.AdminAsync("PUT", "/api/settings", """{"DEFAULT_RPM":1000}""")).Status);
        await second.Logs.WaitAsync(LogNumbers.Told, mark, "Settings");
        await second.Logs.WaitAsync(LogNumbers.SettingsFollowed, mark);
        Assert.Equal(1000, second.Pool.Limits.Default.RequestsPerMinute);

        mark = first.Logs.Mark();
        Assert.Equal(HttpStatusCode.OK, (await second.AdminAsync("DELETE", "/api/settings/DEFAULT_RPM")).Status);
        await first.Logs.WaitAsync(LogNumbers.SettingsFollowed, mark);
        Assert.Equal(0, first.Pool.Limits.Default.RequestsPerMinute);
    }

    [ClusterFact]
    public async Task Administration_OfAnUnknownKey_Is404()
    {
        await using var gateway = await cluster.StartGatewayAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await gateway.AdminAsync("POST", "/api/keys/0123456789abcdef/disable")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.AdminAsync("POST", "/api/keys/0123456789abcdef/verify")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.AdminAsync("DELETE", "/api/keys/0123456789abcdef")).Status);
    }

    private static async Task AddAsync(ClusterGateway gateway, params string[] keys)
    {
        var (status, body) = await gateway.AdminAsync("POST", "/api/keys", $$"""{"keys":["{{string.Join("\",\"", keys)}}"]}""");
        Assert.Equal((HttpStatusCode.OK, keys.Length), (status, body.GetProperty("added_count").GetInt32()));
    }
}
