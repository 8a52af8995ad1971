using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GeminiBalance.Storage.MySql.Tests;

/// <summary>Orleans at work on our tables.</summary>
[Collection(MariaDbSuite.Name)]
public sealed class OrleansSiloTests(MariaDbFixture server)
{
    private const int SiloStatusDead = 6;

    [MariaDbFact]
    public async Task TwoSilos_ShareMembersStatesAndReminders()
    {
        await using var database = await server.OpenAsync();
        using var one = OrleansHost.Build(database.Address);
        using var two = OrleansHost.Build(database.Address);
        await one.StartAsync();
        await two.StartAsync();
        var text = new string('é', 1_000_000); // Two megabytes: Orleans' own script takes 64 kB.

        await Grain(one, "Key").WriteAsync(text);
        await Grain(one, "key").WriteAsync("lower case");
        await Grain(two, "键").WriteAsync("unicode");
        await Grain(two, "key").RemindAsync("b");
        await Grain(one, "key").RemindAsync("a");
        await Grain(one, "key").RemindAsync("a");

        Assert.Equal(text, await Grain(two, "Key").ReadAsync());
        Assert.Equal("lower case", await Grain(two, "key").ReadAsync());
        Assert.Equal("unicode", await Grain(one, "键").ReadAsync());
        Assert.Null(await Grain(one, "other").ReadAsync());
        Assert.Equal(["a", "b"], await Grain(two, "key").ForgetRemindersAsync());
        Assert.Empty(await Grain(one, "key").ForgetRemindersAsync());

        await two.StopAsync();
        Assert.Equal("lower case", await Grain(one, "key").ReadAsync());
        await one.StopAsync();
        Assert.Equal(2, await database.ReadAsync<int>("SELECT COUNT(*) FROM OrleansMembershipTable WHERE Status = @SiloStatusDead", new { SiloStatusDead }));
    }

    [MariaDbFact]
    public async Task State_SurvivesItsSilo_AndCanBeClearedAndWrittenAgain()
    {
        await using var database = await server.OpenAsync();
        using (var first = OrleansHost.Build(database.Address))
        {
            await first.StartAsync();
            await Grain(first, "k").WriteAsync("one");
            await Grain(first, "k").WriteAsync("two");
            await first.StopAsync();
        }

        using var second = OrleansHost.Build(database.Address);
        await second.StartAsync();
        Assert.Equal("two", await Grain(second, "k").ReadAsync());

        await Grain(second, "k").ClearAsync();
        Assert.Null(await Grain(second, "k").ReadAsync());

        await Grain(second, "k").WriteAsync("three");
        Assert.Equal("three", await Grain(second, "k").ReadAsync());
        await second.StopAsync();
    }

    private static INoteGrain Grain(IHost host, string key) => host.Services.GetRequiredService<IGrainFactory>().GetGrain<INoteGrain>(key);
}
