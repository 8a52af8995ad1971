using System.Net;
using GeminiBalance.Cluster.Tests.Hosts;
using GeminiBalance.Gateway.Cluster.Settings;
using GeminiBalance.Gateway.Settings;
using GeminiBalance.Gateway.Storage;
using GeminiBalance.Storage.MySql;
using Microsoft.Extensions.Logging.Abstractions;

namespace GeminiBalance.Cluster.Tests.Settings;

[Collection(SharedClusterCollection.Name)]
public sealed class StoredSettingsTests(SharedCluster cluster)
{
    [ClusterFact]
    public async Task TwoStoresOverOneDatabase_SeeEachOthersChange()
    {
        await using var database = new MySqlDatabase(MySqlAddress.Parse(cluster.ConnectionString), TimeProvider.System);
        using var box = new SecretBox(new byte[SecretBox.KeyBytes]);
        var (one, oneSource) = Open(database, box);
        var (other, otherSource) = Open(database, box);
        await one.LoadAsync(CancellationToken.None);
        await other.LoadAsync(CancellationToken.None);

        await one.WriteAsync(new Dictionary<string, string?> { ["MAX_RETRIES"] = "7", ["CUSTOM_HEADERS"] = """{"x-of-one":"secret"}""" }, CancellationToken.None);
        await one.LoadAsync(CancellationToken.None);

        Assert.False(await one.FollowAsync(CancellationToken.None));
        Assert.True(await other.FollowAsync(CancellationToken.None));
        Assert.Equal((7, "secret"), (otherSource.Current.MaxRetries, otherSource.Current.CustomHeaders["x-of-one"]));

        await other.WriteAsync(new Dictionary<string, string?> { ["MAX_RETRIES"] = null, ["CUSTOM_HEADERS"] = null }, CancellationToken.None);
        Assert.True(await one.FollowAsync(CancellationToken.None));
        Assert.Equal((3, 0), (oneSource.Current.MaxRetries, oneSource.Current.CustomHeaders.Count));
    }

    [ClusterFact]
    public async Task Put_AtOneGateway_IsInForceAtTheOther()
    {
        await using var one = await cluster.StartGatewayAsync();
        await using var other = await cluster.StartGatewayAsync();
        var mark = other.Logs.Mark();

        var (status, _) = await one.AdminAsync("PUT", "/api/settings", """{"KEEP_ALIVE_SECONDS": 42}""");
        await other.Logs.WaitAsync(LogNumbers.SettingsFollowed, mark);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(TimeSpan.FromSeconds(42), other.Services.GetRequiredService<ISettingsSource>().Current.KeepAliveInterval);
        mark = one.Logs.Mark();
        await other.AdminAsync("DELETE", "/api/settings/KEEP_ALIVE_SECONDS");
        await one.Logs.WaitAsync(LogNumbers.SettingsFollowed, mark);
        Assert.Equal(TimeSpan.FromSeconds(15), one.Services.GetRequiredService<ISettingsSource>().Current.KeepAliveInterval);
    }

    private static (SettingOverrides Overrides, SettingsSource Source) Open(MySqlDatabase database, SecretBox box)
    {
        var configuration = new ConfigurationBuilder().Build();
        var source = new SettingsSource(configuration, SettingCatalog.Standalone, SettingsReader.Read(configuration, SettingCatalog.Standalone));
        return (new SettingOverrides(new MySqlSettingsStore(database), box, source, NullLogger<SettingOverrides>.Instance), source);
    }
}
